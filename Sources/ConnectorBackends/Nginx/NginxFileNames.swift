import ConfigLanguages
import ConnectorPlan
import ContentDigest

/// Names of the files of a host.
extension HostPlan {
    /// `dexter.cash.conf`
    package var fileName: String { fileStem + ".conf" }

    /// The server name, but for an IPv6 address, whose brackets an `include` with a pattern would read as a set of
    /// characters, and for a name that leaves no room for what stands before and behind it in 255 bytes.
    var fileStem: String {
        guard name.hasPrefix("[") else {
            guard name.utf8.count > 200 else { return name }
            return name.prefix(180) + "_" + SHA256.hex(Array(name.utf8)).prefix(8)
        }
        let address = name.utf8.dropFirst().dropLast().map { $0 == UInt8(ascii: ":") ? UInt8(ascii: "-") : $0 }
        return "ipv6_\(String(decoding: address, as: UTF8.self))"
    }

    /// Where the public URL is plain HTTP no redirect needs a way to it, and all servers are told the same.
    func audience(_ audience: NginxHostLines.Audience) -> NginxHostLines.Audience {
        scheme == "http" && audience == .application ? .server : audience
    }

    /// `host-dexter.cash`, `public-dexter.cash`, `forwarded-dexter.cash`.
    func snippetName(_ audience: NginxHostLines.Audience) -> String { "\(audience.rawValue)-\(fileStem)" }
}

/// The folder of snippets, as `include` lines name it.
struct NginxSnippetFolder {
    /// Below the output directory.
    static let output = "nginx/snippets"

    private let path: String

    /// `includeFolder` is where `nginx/` of the output stands on the machine of nginx.
    init(_ includeFolder: String) {
        path = "\(includeFolder)/snippets"
    }

    /// `connectorgen-endpoint.conf`
    static func fileName(_ name: String) -> String { "connectorgen-\(name).conf" }

    /// `include /etc/nginx/connectorgen/snippets/connectorgen-endpoint.conf;`
    func include(_ name: String) throws(Unrepresentable) -> NginxDirective {
        NginxDirective("include", [try .literal("\(path)/\(Self.fileName(name))")])
    }
}
