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
        /// The site, as it did before.
        case external
    }

    /// The oldest nginx the output must run on.
    package var version: Located<SoftwareVersion>?
    package var serverNames: [Located<HostName>]
    package var metadata: Located<Metadata>?
    package var acme: Located<ACME>?
    /// Where `out/nginx` stands on the machine of nginx.
    package var includeDir: Located<IncludeFolder>?
    /// Hosts whose root belongs to another deployment.
    package var guestOn: [Located<HostName>]
    package var siteHeaders: SiteHeaders?
    /// Who tells the addresses of upstreams that have names, again and again; without one nginx asks the system, at its
    /// start.
    package var resolver: Located<ResolverAddress>?
    package var tls: Located<TLS>?
    /// What stands before nginx, and names the addresses of people.
    package var realIP: RealIPSection?
    package var span: Span

    /// True where a location can add headers to those of the site: `add_header_inherit merge`, nginx 1.29.3. Before,
    /// one
    /// `add_header` in a location is the end of all that it would inherit.
    package var mergesHeaders: Bool { version?.value ?? Default.version >= SoftwareVersion(1, 29, 3) }
}

extension NginxTarget {
    package enum Default {
        package static let version = SoftwareVersion(1, 22)
        package static let metadata = Metadata.static
        package static let acme = ACME.external
        /// Each deployment has its own, whatever else stands on the machine.
        package static func includeDir(of deployment: String) -> String { "/etc/nginx/connectorgen/\(deployment)" }
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
            "acme", .choice(ACME.self), .standard(Default.acme),
            "Who answers /.well-known/acme-challenge/: `external` the site, as before; `inherit` a location for it that rules "
                + "of the site about names with a dot do not reach.",
            example: "inherit"),
        Key(
            "include_dir", .includeFolder, .standard(Default.includeDir(of: "NAME")),
            "Where the folder nginx/ of the output stands for nginx: its locations include files from there.",
            example: "/etc/nginx/connectorgen/NAME"),
        Key(
            "guest_on", .list(.host), .optional("none"),
            "Hosts of these connectors whose root belongs to another deployment: what a host has once (documents at its root, "
                + "answers to names that nobody serves) is left to that one.", example: "[mcp.example.com]"),
        Key(
            "site_headers", .siteHeaders, .optional("none"),
            "Headers that the site puts on all answers, or the file of `add_header` lines that has them: before nginx 1.29.3 our "
                + "locations would lose them. The endpoints and pages of the sign-in take what their own policy leaves open.",
            example: "{ Strict-Transport-Security: max-age=31536000 }"),
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
            version: $1, serverNames: $2 ?? [], metadata: $3, acme: $4, includeDir: $5, guestOn: $6 ?? [],
            siteHeaders: $7, resolver: $8, tls: $9, realIP: $10, span: $0.span)
    }
}
