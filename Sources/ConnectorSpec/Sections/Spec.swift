package import Diagnostics

/// The spec, version 1, as it was written: typed, located, without any default filled in.
///
/// A member that may be left out is optional here; what stands for it is decided in `ConnectorPlan`,
/// the one place that derives.
package struct Spec: Sendable {
    package var name: Located<Name>
    package var issuer: IssuerSection
    package var connectors: [ConnectorSection]
    package var clients: [ClientSection]
    package var trustedHosts: [Located<HostPattern>]
    package var targets: TargetsSection
    /// The whole document.
    package var span: Span
}

/// `issuer:`, who issues tokens, and how clients become known to it.
package struct IssuerSection: Sendable {
    package enum Mode: String, Sendable, CaseIterable { case upstream, local, companion }
    package enum Lane: String, Sendable, CaseIterable { case predefined, cimd, dcr }
    package enum DynamicRegistration: String, Sendable, CaseIterable {
        case dynamic
        case staticClient = "static-client"
        case off
    }

    package var url: Located<IssuerURL>
    package var mode: Located<Mode>
    /// Where `connectorgen-auth` listens for nginx; default `127.0.0.1:8719`.
    package var listen: Located<ListenAddress>?
    /// Where it answers verification, health and metrics; default `127.0.0.1:8720`.
    package var privateListen: Located<ListenAddress>?
    package var login: LoginSection?
    /// `users: { file: PATH }`: local logins, lines of `name:argon2id-hash`.
    package var users: Located<SecretReference>?
    package var registration: [Located<Lane>]?
    package var dcr: Located<DynamicRegistration>?
    package var store: Located<StoreLocation>?
    /// True where `store` is written, also when it could not be read.
    package var hasStore: Bool
    package var tokens: TokensSection?
    /// Serve a complete OIDC discovery document too; default off.
    package var openid: Located<Bool>?
    /// `alias`: the AS document at the host's root as well, for clients that look nowhere else; default off.
    package var rootMetadata: Located<RootMetadata>?
    /// Serve `/authorize`, `/token`, `/register` at the origin, unadvertised, where the paths are free; default true.
    package var originFallbacks: Located<Bool>?
    /// Endpoint paths other than `<issuer path>/<name>`, as full paths on the issuer's host.
    package var endpoints: [EndpointName: Located<RoutePath>]
    package var span: Span

    package enum RootMetadata: String, Sendable, CaseIterable { case off, alias }
}

/// The endpoints of the authorization server, by the names that the spec gives them.
package enum EndpointName: String, Sendable, CaseIterable {
    case authorize, token, register, revoke, introspect, userinfo, jwks, consent, login, callback
}

/// `issuer.login:`, the provider where people prove who they are (mode `upstream`).
package struct LoginSection: Sendable {
    package enum Provider: String, Sendable, CaseIterable { case oidc, auth0, supabase, keycloak, google, entra }

    package var provider: Located<Provider>
    package var issuer: Located<IssuerURL>
    package var clientID: Located<ClientID>
    package var clientSecret: Located<SecretReference>?
    package var scopes: [Located<ScopeToken>]?
    /// Auth0's `audience` and the like: extra parameters of the authorization request.
    package var parameters: [(name: Located<String>, value: Located<String>)]
    package var span: Span
}

/// `issuer.store:`, where the server keeps grants.
package enum StoreLocation: Hashable, Sendable {
    case sqlite(path: String)
    case postgres(SecretReference)
}

/// `issuer.tokens:`.
package struct TokensSection: Sendable {
    package enum Format: String, Sendable, CaseIterable { case opaque, jwt }

    package var format: Located<Format>?
    /// Default 1 hour.
    package var accessLifetime: Located<TimeSpan>?
    /// Default 30 days, from last use.
    package var refreshLifetime: Located<TimeSpan>?
    package var span: Span
}

/// One entry of `connectors:`, a protected resource and the MCP server behind it.
package struct ConnectorSection: Sendable {
    package enum RootPRM: String, Sendable, CaseIterable { case origin, resource, off }
    package enum Verification: String, Sendable, CaseIterable { case edge, application }
    package enum CORSOwner: String, Sendable, CaseIterable { case application, nginx, off }

    package var name: Located<Name>
    package var publicURL: Located<PublicURL>
    /// Default: the public URL. An origin is possible (origin-wide resource).
    package var resource: Located<PublicURL>?
    /// The advertised `mcp.client_id`; rule CG301 speaks about everything but a value.
    package var clientID: Written<ClientID>
    package var upstream: Located<UpstreamURL>
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
    package var rateLimit: Located<RateLimit>?
    package var maxBody: Located<ByteSize>?
    package var readTimeout: Located<TimeSpan>?
    package var span: Span
}

/// An old endpoint family, `<path>/authorize`, `<path>/token`, `<path>/register`: served, never advertised.
package struct LegacyAliasSection: Sendable {
    package var path: Located<RoutePath>
    package var sunset: Located<CalendarDate>
    /// Stands in for a missing `client_id`; default the connector's.
    package var defaultClient: Located<ClientID>?
    package var span: Span
}

/// One entry of `clients:`, a profile of the catalogue by name, or a predefined client.
package struct ClientSection: Sendable {
    package enum Status: String, Sendable, CaseIterable {
        case active
        /// Still accepted, no longer advertised.
        case legacy
        /// Known and refused; listed so that drift reports can explain it.
        case ignored
    }
    package enum AuthMethod: String, Sendable, CaseIterable {
        case none
        case clientSecretPost = "client_secret_post"
        case clientSecretBasic = "client_secret_basic"
        case privateKeyJWT = "private_key_jwt"
    }

    /// The catalogue's name of the profile, `chatgpt`.
    package var profile: Located<String>?
    package var id: Located<ClientID>?
    package var label: Located<String>?
    package var owner: Located<String>?
    package var status: Located<Status>?
    package var redirectURIs: [Located<RedirectURI>]
    package var authMethod: Located<AuthMethod>?
    package var secret: Located<SecretReference>?
    /// True where `secret` is written, also when it could not be read.
    package var hasSecret: Bool
    package var span: Span
}

/// `targets:`, what is generated.
package struct TargetsSection: Sendable {
    package var nginx: NginxTarget?
    package var env: [EnvTarget]
    package var keycloak: KeycloakTarget?
    package var span: Span?
}

package struct NginxTarget: Sendable {
    package enum Metadata: String, Sendable, CaseIterable { case `static`, proxied }
    package enum ACME: String, Sendable, CaseIterable {
        /// An empty `^~ /.well-known/acme-challenge/` that the server's own root answers.
        case inherit
        /// The vhost has its own location for it.
        case external
    }

    /// The oldest nginx the output must run on; default 1.22.
    package var version: Located<SoftwareVersion>?
    package var serverNames: [Located<HostName>]
    package var vhost: Located<String>?
    package var metadata: Located<Metadata>?
    package var acme: Located<ACME>?
    package var span: Span
}

package struct EnvTarget: Sendable {
    package enum Dialect: String, Sendable, CaseIterable {
        case systemd, compose
        case dockerRaw = "docker-raw"
        case node, dotenv
        case pythonDotenv = "python-dotenv"
        case shell, portable, pm2
    }

    package var file: Located<OutputFileName>
    package var dialect: Located<Dialect>
    /// The catalogue's name of a vocabulary: `dexter`, `farm`, `oauth-proxy`, `connectorgen`.
    package var vocabulary: Located<String>?
    package var variables: [VariableEntry]
    /// Which connector the variables speak of; may be left out when there is one.
    package var connector: Located<Name>?
    /// PM2: the name of the app.
    package var app: Located<String>?
    package var span: Span
}

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

package struct KeycloakTarget: Sendable {
    package enum DefaultScope: String, Sendable, CaseIterable { case permanent, temporary, optional }

    package var realm: Located<Name>
    package var server: Located<PublicURL>
    package var version: Located<SoftwareVersion>
    /// How the audience reaches registered clients; default `optional`.
    package var defaultScope: Located<DefaultScope>?
    /// The realm that the administrator signs in to; default `realm`.
    package var adminRealm: Located<Name>?
    /// Service account of the scripts; default `connectorgen`.
    package var adminClient: Located<ClientID>?
    package var tolerateAllScopes: Located<Bool>?
    package var span: Span
}
