package import Diagnostics
package import OAuthModel

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
