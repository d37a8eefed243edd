import ConfigLanguages
import ConnectorPlan

/// Names of the files of a host.
extension HostPlan {
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
