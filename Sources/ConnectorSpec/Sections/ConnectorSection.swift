package import Diagnostics
package import OAuthModel
package import WebSyntax

/// One entry of `connectors:`, a protected resource and the MCP server behind it.
package struct ConnectorSection: Sendable {
    package enum RootPRM: String, Sendable, CaseIterable { case origin, resource, off }
    package enum Verification: String, Sendable, CaseIterable { case edge, application }
    package enum HostHeader: String, Sendable, CaseIterable { case `public`, upstream }
    package enum CORSOwner: String, Sendable, CaseIterable {
        case application
        /// What stands in front of the server.
        case edge = "nginx"
        case off
    }

    package var name: Located<Name>
    package var publicURL: Located<PublicURL>
    /// Default: the public URL. An origin is possible (origin-wide resource).
    package var resource: Located<PublicURL>?
    /// The advertised `mcp.client_id`; rule CG301 speaks about everything but a value.
    package var clientID: Written<ClientID>
    package var upstream: Located<UpstreamURL>
    /// What the MCP server reads in `Host`: the host of the public URL, or that of `upstream`.
    package var hostHeader: Located<HostHeader>?
    package var scopes: [Located<ScopeToken>]
    package var aliases: [Located<RoutePath>]
    /// Further hosts that serve this connector under the same path, each a resource of its own.
    package var aliasHosts: [Located<HostName>]
    package var legacyAliases: [LegacyAliasSection]
    package var rootPRM: Located<RootPRM>?
    /// `edge`: nginx asks `connectorgen-auth` before each request (`auth_request`); `application`: the MCP server checks the token.
    package var verify: Located<Verification>?
    package var allowedOrigins: [Located<WebOrigin>]
    package var cors: Located<CORSOwner>?
    package var serviceTokens: [ServiceTokenSection]
    /// What `/.well-known/openai-apps-challenge` answers, when OpenAI verifies the domain.
    package var openAIAppsChallenge: Located<ProofText>?
    package var rateLimit: Located<RateLimit>?
    package var maxBody: Located<ByteSize>?
    package var readTimeout: Located<TimeSpan>?
    package var span: Span
}
