package import ConnectorSpec
package import Diagnostics
import WebSyntax

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
    package var origins: [Span]
}
