/// Who reads an environment file. An `.env` file is not one language: more than half of all unusual
/// lines mean different things to these readers, so a dialect is always named and never guessed.
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

    /// The reader fills in variables where a value says `$NAME` or `${NAME}`.
    package var interpolates: Bool {
        switch self {
        case .compose, .pythonDotenv, .shell: true
        case .systemd, .dockerRaw, .node, .dotenv, .portable: false
        }
    }
}
