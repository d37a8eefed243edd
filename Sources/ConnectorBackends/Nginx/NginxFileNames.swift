import ConfigLanguages
import ConnectorPlan

/// Names of the files of a host.
extension HostPlan {
    /// `root_dexter.cash.conf`: what the host has once, names of hosts having no underscore. Where that is nothing but
    /// names that nobody serves, `nothing_at_root.conf`, one file for all such hosts; nil where the root is another
    /// deployment's.
    package var rootFileName: String? {
        let routes = rootRoutes
        if routes.isEmpty { return nil }
        return hasNothingAtRoot(routes) ? "nothing_at_root.conf" : "root_\(fileName)"
    }

    private func hasNothingAtRoot(_ routes: [Route]) -> Bool {
        routes.map(\.match) == WellKnown.unserved
            && routes.allSatisfy { if case .notFound = $0.action { true } else { false } }
    }

    /// Where the public URL is plain HTTP no redirect needs a way to it, and all servers are told the same.
    func audience(_ audience: NginxHostLines.Audience) -> NginxHostLines.Audience {
        scheme == "http" && audience == .application ? .server : audience
    }

    /// `host-dexter.cash`: what authorization servers are told of it.
    var snippetName: String { "host-\(fileStem)" }
}

/// The folder of snippets, as `include` lines name it.
struct NginxSnippetFolder {
    /// Below the output directory.
    static let output = "nginx/snippets"

    /// Where `nginx/` of the output stands on the machine of nginx.
    private let includeFolder: String

    init(_ includeFolder: String) {
        self.includeFolder = includeFolder
    }

    /// `endpoint.conf`
    static func fileName(_ name: String) -> String { "\(name).conf" }

    /// `include /etc/nginx/connectorgen/dexter/snippets/endpoint.conf;`
    func include(_ name: String) throws(Unrepresentable) -> NginxDirective {
        NginxDirective("include", [try .literal("\(includeFolder)/snippets/\(Self.fileName(name))")])
    }

    /// `include /etc/nginx/connectorgen/dexter/root_dexter.cash.conf;`
    func include(root fileName: String) throws(Unrepresentable) -> NginxDirective {
        NginxDirective("include", [try .literal("\(includeFolder)/\(fileName)")])
    }
}
