package import OAuthModel

/// One entry of an inline `variables:` map.
package struct VariableEntry: Sendable {
    package enum Value: Hashable, Sendable {
        /// `NAME: text`
        case literal(String)
        /// `NAME: { from: issuer.url }`, a key of the plan
        case plan(String)
        /// `NAME: { env: OTHER }` or `NAME: { file: PATH }`
        case secret(SecretReference)
    }

    package var name: Located<EnvironmentName>
    package var value: Located<Value>
}
