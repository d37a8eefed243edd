import ConfigLanguages
import ConnectorPlan
import ConnectorSpec
import OAuthModel

/// How services read the env files, and the secrets that no env file holds.
extension Runbook {
    static let secretsHeading = "Secrets of the services"

    func deployStep(of file: EnvironmentFile) -> String {
        let put = "Put \(code("env/\(file.fileName)")) in its place"
        if case .env(let dialect) = file.dialect {
            return "\(put), \(dialect.loading(file.fileName, code: code)), and restart its service."
        }
        let secrets =
            file.secretsFileName == nil ? "" : " with the secrets that it needs (\(Self.secretsHeading), below)"
        return "\(put), and have PM2 start or reload what it names\(secrets): \(code(startOrReload(file)))."
    }

    /// The file's own values win over those of the shell that calls, which PM2 takes with `--update-env` alone.
    private func startOrReload(_ file: EnvironmentFile) -> String {
        let update = file.secretsFileName == nil ? "" : " --update-env"
        return "pm2 startOrReload \(file.fileName)\(update) && pm2 save"
    }

    func secretsOfServices(_ page: inout MarkdownPage) {
        let files = plan.environment.filter { $0.secretsFileName != nil }
        guard !files.isEmpty else { return }
        page.heading(2, Self.secretsHeading)
        page.line(
            "Unless it was built with `--secrets`, an env file here holds none: a repository would keep them. Each service"
        )
        page.line(
            "reads a second file beside it, with a line `NAME=value` for each, mode 0600. No build touches that file.")
        for file in files {
            guard let name = file.secretsFileName else { continue }
            page.heading(3, "\(code(name)), beside \(code(file.fileName))", from: file.origins)
            for variable in file.secretVariables {
                page.from(variable.origins) { page in
                    guard case .secret(let reference) = variable.value else { return }
                    page.item("\(code(variable.name)): from \(code(reference.description))")
                }
            }
            page.line()
            let loading = reading(file, name)
            page.block(loading.language, loading.lines, from: file.origins)
            if file.dialect == .pm2 {
                page.line()
                page.line(
                    "`pm2 save` writes what the app was started with to `~/.pm2/dump.pm2`, secrets included: `chmod 600` it."
                )
            }
        }
    }

    /// What makes a service read both files.
    private func reading(_ file: EnvironmentFile, _ secrets: String) -> EnvLoading {
        switch file.dialect {
        case .env(let dialect): return dialect.loading([file.fileName, secrets], in: "/etc/connectorgen")
        case .pm2:
            let exported = EnvDialect.shell.loading([secrets], in: ".")
            return EnvLoading(language: exported.language, lines: exported.lines + [startOrReload(file)])
        }
    }
}
