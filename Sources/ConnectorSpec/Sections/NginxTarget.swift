package import Diagnostics
package import WebSyntax

/// `targets.nginx:`, location blocks for one nginx.
package struct NginxTarget: Sendable {
    package enum Metadata: String, Sendable, CaseIterable { case `static`, proxied }
    package enum TLS: String, Sendable, CaseIterable {
        /// nginx has the certificates.
        case here
        /// A balancer or a tunnel before nginx has them, and speaks plain HTTP to it.
        case terminated
    }
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
    /// Who tells the addresses of upstreams that have names, again and again; without one nginx asks the system, at its start.
    package var resolver: Located<ResolverAddress>?
    package var tls: Located<TLS>?
    /// What stands before nginx, and names the addresses of people.
    package var realIP: RealIPSection?
    package var span: Span
}

extension NginxTarget {
    package enum Default {
        package static let version = SoftwareVersion(1, 22)
        package static let metadata = Metadata.static
        package static let acme = ACME.inherit
        package static let includeDir = "/etc/nginx/connectorgen"
        package static let tls = TLS.here
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
            example: "/etc/nginx/connectorgen"),
        Key(
            "resolver", .resolverAddress, .optional("none: names are looked up once, when nginx starts"),
            "The name server for upstreams with names, so that nginx starts while a container is away and finds it again "
                + "under another address. Docker has it at 127.0.0.11.", example: "127.0.0.11"),
        Key(
            "tls", .choice(TLS.self), .standard(Default.tls),
            "`terminated`: a balancer or a tunnel before nginx has the certificates, and speaks plain HTTP to it.",
            example: "terminated"),
        Key(
            "real_ip", .section(RealIPSection.keys), .optional("none: whoever connects to nginx is who calls"),
            "What stands before nginx (a balancer, Cloudflare, a tunnel) and says in a header who calls, so that limits count "
                + "people.", example: "{ from: [10.0.0.0/8], header: X-Forwarded-For }")
    ) {
        NginxTarget(
            version: $1, serverNames: $2 ?? [], metadata: $3, acme: $4, includeDir: $5, resolver: $6, tls: $7,
            realIP: $8,
            span: $0.span)
    }
}
