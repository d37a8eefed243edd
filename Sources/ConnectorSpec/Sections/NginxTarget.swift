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

    /// The oldest nginx the output must run on.
    package var version: Located<SoftwareVersion>?
    package var serverNames: [Located<HostName>]
    package var metadata: Located<Metadata>?
    package var acme: Located<ACME>?
    /// Where `out/nginx` stands on the machine of nginx.
    package var includeDir: Located<IncludeFolder>?
    package var span: Span
}

extension NginxTarget {
    package enum Default {
        package static let version = SoftwareVersion(1, 22)
        package static let metadata = Metadata.static
        package static let acme = ACME.inherit
        package static let includeDir = "/etc/nginx/connectorgen"
    }

    static let keys = SectionKeys<Self>(
        "targets.nginx", "nginx location blocks, one file per host.",
        Key(
            "version", .softwareVersion, .standard(Default.version), "The oldest nginx the output must run on.",
            example: "\"1.22\""),
        Key(
            "server_names", .list(.host), .optional("the hosts of the connectors, and of an issuer that is ours"),
            "Hosts that this nginx serves.", example: "[mcp.example.com]"),
        Key(
            "metadata", .choice(Metadata.self), .standard(Default.metadata),
            "`static`: nginx answers metadata documents itself; `proxied`: the server does.", example: "static"),
        Key(
            "acme", .choice(ACME.self), .standard(Default.acme), "Who answers /.well-known/acme-challenge/.",
            example: "external"),
        Key(
            "include_dir", .includeFolder, .standard(Default.includeDir),
            "Where the folder nginx/ of the output stands for nginx: its locations include files from there.",
            example: "/etc/nginx/connectorgen")
    ) {
        NginxTarget(version: $1, serverNames: $2 ?? [], metadata: $3, acme: $4, includeDir: $5, span: $0.span)
    }
}
