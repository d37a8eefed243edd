package import Diagnostics
package import WebSyntax

/// `targets.nginx:`, location blocks for one nginx.
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
    package var metadata: Located<Metadata>?
    package var acme: Located<ACME>?
    /// Where `out/nginx` stands on the machine of nginx; default `/etc/nginx/connectorgen`.
    package var includeDir: Located<IncludeFolder>?
    package var span: Span
}
