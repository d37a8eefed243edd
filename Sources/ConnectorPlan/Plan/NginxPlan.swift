package import ConnectorSpec
package import Diagnostics
package import WebSyntax

/// How nginx is to serve the edge: what `targets.nginx` says, with its defaults.
package struct NginxPlan: Sendable {
    package var version: SoftwareVersion
    /// True where a location can add headers to those of the site.
    package var mergesHeaders: Bool
    package var metadata: NginxTarget.Metadata
    /// Where the folder `nginx/` of the output stands, absolute or relative to the folder of `nginx.conf`.
    package var includeFolder: String
    /// Where it is written; empty when it is the default.
    package var includeOrigins: [Span]
    /// What the site says on all its answers, where the spec tells.
    package var siteHeaders: SiteHeaders?
    /// Who tells the addresses of upstreams that have names; nil where nginx asks the system, once.
    package var resolver: Located<ResolverAddress>?
    package var tls: NginxTarget.TLS
    /// What stands before nginx and says who calls; nil where whoever connects does.
    package var realIP: RealIPSection?
    package var origins: [Span]

    /// From here on nginx looks the names of a group of servers up again by itself.
    private static let resolvingGroups = SoftwareVersion(1, 27, 3)

    /// True where a group can be told to look the names of its servers up again.
    package var resolvesGroups: Bool { resolver != nil && version >= Self.resolvingGroups }
    /// True where only a variable in `proxy_pass` makes nginx look a name up again.
    package var looksUpPerRequest: Bool { resolver != nil && version < Self.resolvingGroups }
}
