package import ConnectorSpec
package import Diagnostics

/// What nginx serves, per host.
package struct NginxPlan: Sendable {
    package var version: SoftwareVersion
    package var metadata: NginxTarget.Metadata
    package var acme: NginxTarget.ACME
    /// Where the folder `nginx/` of the output stands, absolute or relative to the folder of `nginx.conf`.
    package var includeFolder: String
    /// Where it is written; empty when it is the default.
    package var includeOrigins: [Span]
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
