package import ConfigLanguages

/// What a deployed file is.
package enum DeployedFileKind: Hashable, Sendable {
    /// An env file; nil where nothing says who reads it.
    case env(EnvDialect?)
    /// An example to copy, `.env.example`: names that count, values that do not.
    case envExample
    case compose
    case kubernetes
    case unit
    case dockerfile
    case pm2
    /// `NAME: value` lines, as `pm2 env ID` prints them.
    case pm2Process
    /// `/proc/PID/environ`.
    case process
    /// A realm of Keycloak as JSON.
    case realm

    /// The words that may stand behind `FILE:`, besides the dialects of env files.
    private static let words: [(word: String, kind: DeployedFileKind)] = [
        ("pm2", .pm2), ("pm2-env", .pm2Process), ("environ", .process), ("compose-yaml", .compose),
        ("kubernetes", .kubernetes), ("systemd-unit", .unit), ("dockerfile", .dockerfile), ("example", .envExample),
        ("keycloak-realm", .realm),
    ]

    package init?(word: String) {
        if let dialect = EnvDialect(rawValue: word) {
            self = .env(dialect)
        } else if let kind = Self.words.first(where: { $0.word == word })?.kind {
            self = kind
        } else {
            return nil
        }
    }

    package static let allWords = EnvDialect.allCases.map(\.rawValue) + words.map(\.word)

    /// By the name of the file; nil for YAML and JSON, which have to be looked into, and for other files that are not
    /// known by their names.
    package static func named(_ path: String) -> DeployedFileKind? {
        let parts = path.split(separator: "/")
        let name = parts.last.map { $0.lowercased() } ?? ""
        let folder = parts.dropLast().last.map(String.init) ?? ""
        func ends(_ endings: String...) -> Bool { endings.contains { name.hasSuffix($0) } }
        if name.hasPrefix("dockerfile") || name.hasPrefix("containerfile") || ends(".dockerfile") { return .dockerfile }
        if ends(".service") || folder.hasSuffix(".service.d") && ends(".conf") { return .unit }
        if ends(".config.js", ".config.cjs", ".config.mjs") || name.hasPrefix("ecosystem.") && ends("js") {
            return .pm2
        }
        if ends(".pm2-env") || name == "pm2-env.txt" { return .pm2Process }
        if name == "environ" { return .process }
        if name.contains("env"), ends(".example", ".sample", ".template", ".dist") { return .envExample }
        if ends(".docker.env") { return .env(.dockerRaw) }
        if ends(".sh.env", ".envrc") { return .env(.shell) }
        if name == ".env" || name.hasPrefix(".env.") || ends(".env", "-env", ".environment") { return .env(nil) }
        return nil
    }
}
