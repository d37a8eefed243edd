package import Diagnostics
package import WebSyntax

/// `targets.nginx.real_ip:`, what stands before nginx and says who calls.
package struct RealIPSection: Sendable {
    /// Whose word is taken: the addresses of what connects to nginx. Anybody else's header changes nothing.
    package var from: [Located<AddressRange>]
    package var header: Located<HeaderName>?
    package var span: Span
}

extension RealIPSection {
    package enum Default {
        package static let header = "X-Forwarded-For"
    }

    static let keys = SectionKeys<Self>(
        "targets.nginx.real_ip", "What stands before nginx and says who calls: a balancer, Cloudflare, a tunnel.",
        Key(
            "from", .list(.addressRange),
            "The addresses that connect to nginx, and whose word is taken; of a list of addresses in the header the last that "
                + "is none of them is who calls.",
            example: "[10.0.0.0/8]"),
        Key(
            "header", .headerName, .standard(Default.header),
            "The header that it sets: `X-Forwarded-For` of balancers, `CF-Connecting-IP` of Cloudflare and its tunnels.",
            example: "CF-Connecting-IP")
    ) { RealIPSection(from: $1, header: $2, span: $0.span) }
}
