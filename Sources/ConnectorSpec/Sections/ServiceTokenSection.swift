package import Diagnostics
package import OAuthModel
import WebSyntax

/// An entry of `service_tokens:`, the bearer token of a program of one's own, which signs in nowhere.
package struct ServiceTokenSection: Sendable {
    package enum Token: Hashable, Sendable {
        case digest(SHA256Digest)
        case secret(SecretReference)
    }

    package var label: Located<Name>
    package var token: Located<Token>
    /// Whom the MCP server takes it for; default the label.
    package var subject: Located<String>?
    /// Default all of the connector's.
    package var scopes: [Located<ScopeToken>]?
    package var span: Span
}

extension ServiceTokenSection {
    static let keys = SectionKeys<Self>(
        "connectors.NAME.service_tokens[]",
        "The bearer token of a program of your own: it never expires, and is good for this connector alone.",
        Key("label", .name, "Names it in logs; one of each in a deployment.", example: "bridge"),
        Key("token", .serviceToken, "How the server recognises it.", example: "{ env: BRIDGE_TOKEN }"),
        Key("subject", .plain, .optional("the label"), "Whom the MCP server takes it for.", example: "service-bridge"),
        Key(
            "scopes", .list(.scope), .optional("all of the connector's"), "What it may do.", example: "[mcp.tools]")
    ) { ServiceTokenSection(label: $1, token: $2, subject: $3, scopes: $4, span: $0.span) }
}

extension ServiceTokenSection.Token {
    static let keys = SectionKeys<Located<Self>>(
        "connectors.NAME.service_tokens[].token",
        "A digest of the token, or where the token is found; never the token itself. Exactly one of the keys.",
        Key(
            "sha256", .unquotedDigest, .conditional("or `env` or `file`"), "Its SHA-256.",
            example: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
        Key(
            "env", .environmentName, .conditional("or `sha256` or `file`"), "The variable that holds it.",
            example: "BRIDGE_TOKEN"),
        Key(
            "file", .filePath, .conditional("or `sha256` or `env`"), "The file that holds it, mode 0600.",
            example: "/etc/connectorgen/bridge-token")
    ) { _, digest, name, path in
        digest.map { Located(.digest($0.value), at: $0.span) }
            ?? SecretReference.located(name, path).map { Located(.secret($0.value), at: $0.span) }
    }
}
