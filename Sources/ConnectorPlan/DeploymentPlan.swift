package import ConnectorSpec
package import Diagnostics
package import RuntimeConfig

/// A deployment, resolved: every URL, document, route, variable and Keycloak step, each joined once.
///
/// Everything that is rendered is rendered from here, so that two outputs cannot disagree. Each part
/// names the spans of the spec it came from (`origins`, the most telling first); `explain` and the
/// provenance map are made of them.
package struct DeploymentPlan: Sendable {
    package var name: String
    /// The spec's file name without folders, for banners.
    package var sourceName: String
    package var issuer: IssuerPlan
    /// In spec order; each connector is followed by the resources of its aliases.
    package var resources: [ResourcePlan]
    package var clients: [ClientPlan]
    /// Redirect URIs and patterns that registration allows, of all enabled profiles and predefined clients.
    package var redirects: [RedirectRule]
    package var trustedHosts: [TrustedHost]
    package var documents: [MetadataDocument]
    package var nginx: NginxPlan?
    package var environment: [EnvironmentFile]
    package var keycloak: KeycloakPlan?
    /// What `connectorgen-auth` reads.
    package var runtime: RuntimeConfig
    /// What it was made from; `explain` tells by it what was written and what was left to a default.
    package var spec: Spec
}

/// The issuer and its endpoints as absolute URLs, ready for comparison byte by byte.
package struct IssuerPlan: Sendable {
    /// Exactly as the spec has it.
    package var url: String
    package var mode: IssuerSection.Mode
    /// True when `connectorgen-auth` issues the tokens: modes `upstream` and `local`.
    package var isBundled: Bool
    package var host: String
    /// `""` or `/mcp`.
    package var path: String
    package var lanes: [IssuerSection.Lane]
    package var dcr: IssuerSection.DynamicRegistration
    /// Absolute URLs of what is served and advertised, by endpoint; of the external issuer in mode `companion` where they are known.
    package var endpoints: [EndpointName: String]
    /// The same as paths on the issuer's host.
    package var endpointPaths: [EndpointName: String]
    /// Where clients look for the AS document, in their order (RFC 8414 §3.1, OIDC Discovery §4): root, inserted, appended.
    package var discoveryURLs: [String]
    /// `127.0.0.1:8719` or `unix:/run/connectorgen/auth.sock`.
    package var listen: String
    package var privateListen: String
    package var scopesSupported: [String]
    package var origins: [Span]
}

/// One protected resource: a connector, or an alias of one with a URL of its own.
package struct ResourcePlan: Sendable {
    package var connector: String
    /// True for path aliases and alias hosts.
    package var isAlias: Bool
    /// What users paste; the URL of the transport.
    package var publicURL: String
    /// RFC 9728 `resource`, RFC 8707 `resource`, `aud`: the same bytes.
    package var resource: String
    package var audience: String
    package var host: String
    /// Path of the transport: `/mcp`, or `/`.
    package var path: String
    /// `https://host[:port]`
    package var origin: String
    /// Path-inserted RFC 9728 URL, which challenges name.
    package var metadataURL: String
    /// Further spellings of the one canonical resource that the server accepts: the origin that the root document names.
    package var spellings: [String]
    package var clientID: String?
    /// What the metadata and the challenge name; never `offline_access`.
    package var scopes: [String]
    package var upstream: UpstreamURL
    /// The nginx name of `upstream` in `NginxPlan.upstreams`.
    package var upstreamName: String
    package var verification: ConnectorSection.Verification
    /// The internal location that `auth_request` asks for this resource; of one host, each its own.
    package var verificationPath: String
    package var corsOwner: ConnectorSection.CORSOwner
    package var allowedOrigins: [String]
    package var rateLimit: RateLimit?
    /// The name of the zone in `NginxPlan.limits`, when there is a rate limit.
    package var limitZone: String?
    /// Bytes.
    package var maxBody: Int
    /// Seconds.
    package var readTimeout: Int
    package var legacyAliases: [LegacyAlias]
    package var origins: [Span]
}

/// An endpoint path that is served and never advertised.
package struct LegacyAlias: Sendable {
    package var path: String
    package var endpoint: EndpointName
    package var sunset: CalendarDate
    package var defaultClient: String?
    package var origins: [Span]
}

/// A client that is known before it comes: a profile of the catalogue, or a predefined id.
package struct ClientPlan: Sendable {
    package var id: String?
    package var profile: String?
    package var label: String
    package var status: ClientSection.Status
    package var authMethod: ClientSection.AuthMethod
    package var secret: SecretReference?
    package var redirects: [RedirectRule]
    /// CIMD document URLs of the profile.
    package var metadataDocuments: [String]
    /// The lanes by which it can get in here, best first; empty is an error.
    package var lanes: [IssuerSection.Lane]
    package var origins: [Span]
}

package struct RedirectRule: Hashable, Sendable {
    package var uri: String
    package var match: RedirectMatch
    /// Whose it is: a profile's or a client's name.
    package var client: String
    package var origins: [Span]
}

package struct TrustedHost: Hashable, Sendable {
    package var pattern: String
    /// `spec`, or the profile that brings it.
    package var source: String
    package var origins: [Span]
}

/// A metadata document at one URL, with the body for that URL.
package struct MetadataDocument: Sendable {
    package enum Kind: String, Sendable { case protectedResource, authorizationServer, openIDConfiguration }

    package var kind: Kind
    package var host: String
    package var path: String
    /// Compact JSON.
    package var body: String
    /// Strong entity tag with its quotes, of the body's SHA-256.
    package var etag: String
    package var reason: String
    package var origins: [Span]
}

/// What nginx serves, per host.
package struct NginxPlan: Sendable {
    package var version: SoftwareVersion
    package var metadata: NginxTarget.Metadata
    package var acme: NginxTarget.ACME
    package var hosts: [HostPlan]
    /// Named groups of addresses, each address once; `authUpstream` and `authPrivateUpstream` come first.
    package var upstreams: [UpstreamPlan]
    /// The nginx name of the public listener of `connectorgen-auth`: endpoints, proxied documents.
    package var authUpstream: String
    /// The nginx name of its private listener: verification.
    package var authPrivateUpstream: String
    package var limits: [RateLimitZone]
    package var origins: [Span]
}

package struct HostPlan: Sendable {
    package var serverName: String
    /// `https` or, on loopback, `http`.
    package var scheme: String
    /// Host and, where it is written, port: what upstreams see as `Host`.
    package var authority: String
    /// The port that people use, written or the scheme's own.
    package var port: Int
    /// In output order; no two match the same.
    package var routes: [Route]
}

/// A URL space of one host and what answers it.
package struct Route: Sendable {
    package enum Match: Hashable, Sendable {
        /// `location = PATH`
        case exact(String)
        /// `location ^~ PATH`, PATH ending in a slash
        case subtree(String)
    }

    package enum Action: Sendable {
        /// Index into `DeploymentPlan.documents`.
        case document(Int)
        /// Index into `DeploymentPlan.resources`.
        case transport(Int)
        /// The internal location that `auth_request` asks for a resource.
        case verification(Int)
        /// An endpoint of `connectorgen-auth`, and the path it is served under there.
        case endpoint(EndpointName, upstreamPath: String)
        case legacyAlias(EndpointName, upstreamPath: String, sunset: CalendarDate)
        /// A document of an external issuer under another path (keycloak.md §8); the upstream by its nginx name.
        case external(upstream: String, upstreamPath: String)
        case acmeChallenge
        /// 404 with a JSON body.
        case notFound
    }

    package var match: Match
    package var action: Action
    /// Why it is there, for the comment above it.
    package var reason: String
    package var origins: [Span]
}

package struct UpstreamPlan: Sendable {
    /// nginx name: `dexter_auth`, `dexter_mcp`.
    package var name: String
    package var address: UpstreamURL.Address
    /// True when nginx speaks TLS to it.
    package var isTLS: Bool
    package var origins: [Span]
}

package struct RateLimitZone: Sendable {
    package var name: String
    package var limit: RateLimit
    package var origins: [Span]
}

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

/// What has to be true in a Keycloak realm; the order of the members is the order of the steps.
package struct KeycloakPlan: Sendable {
    package struct AudienceScope: Sendable {
        package var name: String
        package var audience: String
        package var connector: String
        package var origins: [Span]
    }

    package struct StaticClient: Sendable {
        package var clientID: String
        package var label: String
        package var redirects: [String]
        package var scopes: [String]
        package var authMethod: ClientSection.AuthMethod
        package var origins: [Span]
    }

    package var realm: String
    package var adminRealm: String
    package var adminClient: String
    package var server: String
    package var version: SoftwareVersion
    package var scopes: [AudienceScope]
    package var defaultScope: KeycloakTarget.DefaultScope
    package var trustedHosts: [String]
    package var staticClients: [StaticClient]
    package var tolerateAllScopes: Bool
    package var origins: [Span]
}
