/// Where a secret is found: `{ env: NAME }` or `{ file: /absolute/path }`; never the secret itself.
package enum SecretReference: Hashable, Sendable {
    case environment(EnvironmentName)
    case file(String)
}

extension SecretReference: CustomStringConvertible {
    /// `env NAME` or `file PATH`; the key under which a value for it is handed over.
    package var description: String {
        switch self {
        case .environment(let name): "env \(name.text)"
        case .file(let path): "file \(path)"
        }
    }
}
