package import ConnectorSpec
import ContentDigest
package import Diagnostics

/// How nginx is to serve the edge: what `targets.nginx` says, with its defaults.
package struct NginxPlan: Sendable {
    package var version: SoftwareVersion
    package var metadata: NginxTarget.Metadata
    /// Where the folder `nginx/` of the output stands, absolute or relative to the folder of `nginx.conf`.
    @Derived package var includeFolder: String
    package var origins: [Span]
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
            guard name.utf8.count > 200 else { return name }
            return name.prefix(180) + "_" + SHA256.hex(Array(name.utf8)).prefix(8)
        }
        let address = name.utf8.dropFirst().dropLast().map { $0 == UInt8(ascii: ":") ? UInt8(ascii: "-") : $0 }
        return "ipv6_\(String(decoding: address, as: UTF8.self))"
    }
}
