import ConfigLanguages
import ConnectorPlan
import ConnectorSpec
import WebSyntax

/// What the proxied locations of one host say of it.
struct NginxHostLines {
    /// Who is told.
    enum Audience: Int {
        /// connectorgen-auth, another authorization server, and all where no redirect needs a way to the public URL.
        case server
        /// An MCP server that reads the public host.
        case application
        /// An MCP server that reads a host of its own.
        case ownHost
    }

    static func audience(of resource: ResourcePlan) -> Audience {
        resource.hostHeader == .public ? .application : .ownHost
    }

    /// `Host` for upstreams: what the spec says and not what the client wrote.
    let host: NginxDirective
    /// What the upstream learns of the request's outside besides. Set, never appended: what stands in front of nginx is
    /// believed by ``caller`` alone.
    let proxied: [NginxDirective]
    /// Where an application sends a client on to its own URL in plain HTTP, as one does that sees no TLS, the client is
    /// sent to the public URL; empty where that is plain HTTP itself.
    let redirects: [NginxDirective]
    /// By whom the address of who calls is believed; empty where that is whoever connects. It holds from before the
    /// limits of the location (both are of the phase before access, where nginx asks its modules in the reverse of
    /// their order).
    let caller: [NginxDirective]
    /// Who tells the addresses of servers with names, where a location has to know; empty where none does.
    let resolver: [NginxDirective]
    /// `https://host[:port]/`
    private let root: NginxArgument

    init(_ host: HostPlan, _ nginx: NginxPlan) throws(Unrepresentable) {
        caller = try nginx.realIP.map(Self.caller) ?? []
        resolver = try Self.resolver(nginx)
        let authority = try NginxArgument.literal(host.authority)
        self.host = NginxDirective("proxy_set_header", ["Host", authority])
        root = try .literal("\(host.scheme)://\(host.authority)/")
        redirects =
            host.scheme == "http"
            ? [] : [NginxDirective("proxy_redirect", [try .literal("http://\(host.authority)/"), root])]
        let values: [(NginxArgument, NginxArgument)] = [
            ("X-Forwarded-Host", authority),
            ("X-Forwarded-Proto", try .literal(host.scheme)),
            ("X-Forwarded-Port", .number(host.port)),
            ("X-Forwarded-For", .variable(.remoteAddress)),
            ("X-Real-IP", .variable(.remoteAddress)),
            ("Connection", ""),
        ]
        proxied =
            [NginxDirective("proxy_http_version", ["1.1"])]
            + values.map { NginxDirective("proxy_set_header", [$0.0, $0.1]) }
            + [
                // nginx makes up no URL of its own.
                NginxDirective("absolute_redirect", ["off"]), NginxDirective("port_in_redirect", ["off"]),
            ]
    }

    /// What a location says that leads to a server by its name; empty where nginx knows the address by itself.
    static func resolver(_ nginx: NginxPlan) throws(Unrepresentable) -> [NginxDirective] {
        guard nginx.looksUpPerRequest, let resolver = nginx.resolver else { return [] }
        return [
            NginxDirective("resolver", [try .literal(resolver.value.text), "valid=10s"]),
            NginxDirective("resolver_timeout", ["5s"]),
        ]
    }

    private static func caller(_ section: RealIPSection) throws(Unrepresentable) -> [NginxDirective] {
        let header = section.header?.value.text ?? RealIPSection.Default.header
        return try section.from.map { range throws(Unrepresentable) in
            NginxDirective("set_real_ip_from", [try .literal(range.value.text)])
        } + [
            NginxDirective("real_ip_header", [try .literal(header)]),
            // The last address that is none of those: what a client writes itself stands before it.
            NginxDirective("real_ip_recursive", ["on"]),
        ]
    }

    /// The redirects of an MCP server, `/mcp` to `/mcp/` above all, name what it believes to be its own address: the
    /// public host without TLS (`redirects`), or the address that nginx calls it by. Others go through as they are.
    func redirect(from upstream: UpstreamURL) throws(Unrepresentable) -> NginxDirective {
        let own = "\(upstream.isTLS ? "https" : "http")://\(upstream.authority)/"
        return NginxDirective("proxy_redirect", [try .literal(own), root])
    }
}
