import ConfigLanguages
import ConnectorPlan
import ConnectorSpec
import WebSyntax

/// A transport whose upstream has a path of its own, `/mcp` at `/api/mcp`: what its locations say besides.
struct NginxMappedPath {
    private let resource: ResourcePlan
    /// Where the transport is at the upstream.
    private let upstreamPath: String

    /// Nil where requests keep their path.
    init?(_ resource: ResourcePlan) {
        guard let path = resource.mappedPath else { return nil }
        self.resource = resource
        upstreamPath = path
    }

    /// Leads the upstream's redirects to its own URLs back to the public ones, however it writes them: by the address
    /// that nginx calls, by the public host with or without TLS, or by the path alone.
    func redirects() throws(Unrepresentable) -> [NginxDirective] {
        func trimmed(_ path: String) -> String { path.hasSuffix("/") ? String(path.dropLast()) : path }
        var (from, to) = (trimmed(upstreamPath), trimmed(resource.path))
        // Without a path on one side only whole segments may be replaced: `/x` must not become `//x`.
        if from.isEmpty || to.isEmpty { (from, to) = (from + "/", to + "/") }
        let authority = resource.origin.drop { $0 != ":" }.dropFirst(3)
        let own = "\(resource.upstream.isTLS ? "https" : "http")://\(resource.upstream.authority)"
        var origins: [String] = []
        for origin in [own, "http://\(authority)", resource.origin] where !origins.contains(origin) {
            origins.append(origin)
        }
        return try origins.map { origin throws(Unrepresentable) in
            NginxDirective("proxy_redirect", [try .literal(origin + from), try .literal(resource.origin + to)])
        } + [NginxDirective("proxy_redirect", [try .literal(from), try .literal(to)])]
    }
}

extension DeploymentPlan {
    /// What the snippet of a resource with a path of its own at the upstream is called: `path-mcp`, and `path-mcp_1`
    /// for the first alias; names of connectors have no underscore.
    func mappedPathSnippet(_ index: Int) -> String {
        var first = index
        while first > 0, resources[first].isAlias { first -= 1 }
        return "path-\(resources[index].connector)" + (index > first ? "_\(index - first)" : "")
    }
}
