/// Where a secret is found: `{ env: NAME }` or `{ file: /absolute/path }`; never the secret itself.
package enum SecretReference: Hashable, Sendable {
    case environment(EnvironmentName)
    case file(String)
}
