package import ConnectorSpec
package import Diagnostics
import WebSyntax

/// How nginx is to serve the edge: what `targets.nginx` says, with its defaults.
package struct NginxPlan: Sendable {
    package var version: SoftwareVersion
    package var metadata: NginxTarget.Metadata
    /// Where the folder `nginx/` of the output stands, absolute or relative to the folder of `nginx.conf`.
    package var includeFolder: String
    /// Where it is written; empty when it is the default.
    package var includeOrigins: [Span]
    package var origins: [Span]
}
