package import ConnectorSpec
package import Diagnostics
package import OAuthModel

/// One env file, in one dialect.
package struct EnvironmentFile: Sendable {
    package var fileName: String
    package var dialect: EnvTarget.Dialect
    /// Set for the dialect of PM2 alone.
    package var pm2: PM2App?
    package var variables: [EnvironmentVariable]
    /// The operator's own file with the secrets among the variables, beside this one; nil when there are none.
    package var secretsFileName: String?
    package var origins: [Span]

    /// Variables whose values are not written here.
    package var secretVariables: [EnvironmentVariable] {
        variables.filter { if case .secret = $0.value { true } else { false } }
    }
}

/// What PM2 starts with the variables of a file.
package struct PM2App: Hashable, Sendable {
    package var name: String
    package var script: String
    package var workingDirectory: String?
    package var interpreter: String?
    /// Where these are written.
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
