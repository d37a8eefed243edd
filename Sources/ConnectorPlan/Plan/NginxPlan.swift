package import ConnectorSpec
import ContentDigest
package import Diagnostics
package import WebSyntax

/// How nginx is to serve the edge: what `targets.nginx` says, with its defaults.
package struct NginxPlan: Sendable {
    package var version: SoftwareVersion
    /// True where a location can add headers to those of the site.
    package var mergesHeaders: Bool
    package var metadata: NginxTarget.Metadata
    /// Where the folder `nginx/` of the output stands, absolute or relative to the folder of `nginx.conf`.
    @Derived package var includeFolder: String
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

extension NginxPlan {
    /// What the server block of a host has to include, as `include` names it.
    package func includePath(of host: HostPlan) -> String { "\(includeFolder)/\(host.fileName)" }
}

/// Names of the files of a host.
extension HostPlan {
    /// `dexter.cash.conf`
    package var fileName: String { fileStem + ".conf" }

    /// The server name, but for an IPv6 address, whose brackets an `include` with a pattern would read as a set of
    /// characters, and for a name that leaves no room for what stands before and behind it in 255 bytes.
    package var fileStem: String {
        guard name.hasPrefix("[") else {
            guard name.utf8.count > 160 else { return name }
            return name.prefix(140) + "_" + SHA256.hex(Array(name.utf8)).prefix(8)
        }
        let address = name.utf8.dropFirst().dropLast().map { $0 == UInt8(ascii: ":") ? UInt8(ascii: "-") : $0 }
        return "ipv6_\(String(decoding: address, as: UTF8.self))"
    }
}
