/// Every kind of output, by the name that `build --only` gives it.
package enum BackendRegistry {
    /// In the order in which they are rendered; artifacts are sorted afterwards.
    package static let all: [any Backend] = [
        EnvironmentBackend(),
        NginxBackend(),
        KeycloakBackend(),
        RuntimeBackend(),
        RunbookBackend(),
    ]

    package static var names: [String] { all.map { type(of: $0).name } }

    /// Which backend a path of the output belongs to; nil for the lock and the map, which belong to the whole.
    package static func owner(of path: String) -> String? {
        names.first { path.hasPrefix($0 + "/") || path == $0 + ".md" }
    }
}
