/// Who reads an environment file. An `.env` file is not one language: more than half of all unusual
/// lines mean different things to these readers, so a dialect is always named and never guessed. A further dialect is a
/// file under `Dialects`, a case, and a line of ``rules``.
package enum EnvDialect: String, Sendable, CaseIterable {
    /// `EnvironmentFile=` of a systemd unit.
    case systemd
    /// Compose `env_file:` in its default format, and the project's `.env`.
    case compose
    /// `docker run --env-file`, and Compose `env_file:` with `format: raw`.
    case dockerRaw = "docker-raw"
    /// `node --env-file`, `process.loadEnvFile()`.
    case node
    /// dotenv 17 for JavaScript.
    case dotenv
    /// python-dotenv 1.2.
    case pythonDotenv = "python-dotenv"
    /// `set -a; . FILE` under a POSIX shell.
    case shell
    /// What all of them but `docker-raw` read alike.
    case portable

    /// How messages call it: `env (systemd)`.
    package var displayName: String { "\(EnvLanguage.displayName) (\(rawValue))" }

    var rules: any EnvDialectRules.Type {
        switch self {
        case .systemd: SystemdDialect.self
        case .compose: ComposeDialect.self
        case .dockerRaw: DockerRawDialect.self
        case .node: NodeDialect.self
        case .dotenv: DotenvDialect.self
        case .pythonDotenv: PythonDotenvDialect.self
        case .shell: ShellDialect.self
        case .portable: PortableDialect.self
        }
    }

    /// Comment lines that every file of the dialect begins with, without `#`.
    package var directives: [String] { rules.directives }

    /// How a service gets a file, as half a sentence of Markdown; `code` marks what is typed as it stands.
    package func loading(_ file: String, code: (String) -> String) -> String { rules.loading(file, code: code) }

    /// What makes a service read all these files of one folder, the later ones over the earlier.
    package func loading(_ files: [String], in folder: String) -> EnvLoading { rules.loading(files, in: folder) }
}
