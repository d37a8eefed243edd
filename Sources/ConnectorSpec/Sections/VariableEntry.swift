package import OAuthModel
import WebSyntax

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

extension VariableEntry.Value {
    static let keys = SectionKeys<Located<Self>>(
        "targets.env[].variables.NAME", "Where a variable's value comes from. Exactly one of the keys.",
        Key(
            "from", .plain, .conditional("or `env` or `file`"), "A key of the plan, as `explain SPEC:KEY` has them.",
            example: "issuer.url"),
        Key(
            "env", .environmentName, .conditional("or `from` or `file`"), "The variable that holds it.",
            example: "MCP_JWT_SECRET"),
        Key(
            "file", .filePath, .conditional("or `from` or `env`"), "The file that holds it.",
            example: "/etc/connectorgen/jwt-secret")
    ) { _, key, name, path in
        key.map { Located(.plan($0.value), at: $0.span) }
            ?? SecretReference.located(name, path).map { Located(.secret($0.value), at: $0.span) }
    }
}
