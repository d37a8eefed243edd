package import ConnectorSpec
package import Diagnostics

/// One env file, in one dialect.
package struct EnvironmentFile: Sendable {
    package var fileName: String
    package var dialect: EnvTarget.Dialect
    /// PM2: the app's name.
    package var app: String?
    package var variables: [EnvironmentVariable]
    package var origins: [Span]
}

package struct EnvironmentVariable: Sendable {
    package enum Value: Hashable, Sendable {
        case text(String)
        case secret(SecretReference)
    }

    package var name: String
    package var value: Value
    /// The plan key it is filled from, `issuer.url`; nil for literals.
    package var planKey: String?
    package var origins: [Span]
}
