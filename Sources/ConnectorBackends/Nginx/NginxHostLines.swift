import ConfigLanguages
import ConnectorPlan

/// The lines that all proxied locations of one host share.
struct NginxHostLines {
    /// `Host` for upstreams: what the spec says and not what the client wrote.
    let authority: NginxArgument
    /// What the upstream learns of the request's outside besides. Set, never appended: the spec names no proxies in front
    /// of nginx.
    let proxied: NginxLines

    init(_ host: HostPlan) throws(Unrepresentable) {
        authority = try .literal(host.authority)
        let values: [(NginxArgument, NginxArgument)] = [
            ("X-Forwarded-Host", authority),
            ("X-Forwarded-Proto", try .literal(host.scheme)),
            ("X-Forwarded-Port", .number(host.port)),
            ("X-Forwarded-For", .variable(.remoteAddress)),
            ("X-Real-IP", .variable(.remoteAddress)),
            ("Connection", ""),
        ]
        proxied = NginxPrinter.lines(
            depth: 1,
            [NginxDirective("proxy_http_version", ["1.1"])]
                + values.map { NginxDirective("proxy_set_header", [$0.0, $0.1]) }
                + [
                    // The upstream knows the public URLs, and nginx is not to make up others.
                    NginxDirective("proxy_redirect", ["off"]),
                    NginxDirective("absolute_redirect", ["off"]),
                    NginxDirective("port_in_redirect", ["off"]),
                ])
    }
}
