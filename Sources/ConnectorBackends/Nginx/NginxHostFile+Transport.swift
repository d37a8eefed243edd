import ConfigLanguages
import ConnectorPlan
import ConnectorSpec

extension NginxHostFile {
    /// The way to an MCP server.
    func print(
        transport index: Int, at match: Route.Match, to printer: inout NginxPrinter
    ) throws(Unrepresentable) {
        let resource = plan.resources[index]
        if let zone = resource.limitZone, let limit = resource.rateLimit {
            let burst: [NginxArgument] =
                limit.burst > 0 ? [try .concat(.literal("burst=\(limit.burst)")), "nodelay"] : []
            printer.append(NginxDirective("limit_req", [try .literal("zone=\(zone)")] + burst))
        }
        if resource.verification == .edge {
            try printer.append("auth_request", .literal(resource.verificationPath))
        }
        printer.append("proxy_pass", try target(of: resource, at: match))
        if resource.mappedPath == nil {
            try lines.appendRedirects(of: resource.upstream, to: &printer)
        } else {
            try snippets.include(mapped: index, of: plan, in: &printer)
        }
        printer.append(resource.hostHeader == .public ? includeHost : includeForwarded)
        if let upstream = NginxSnippetUses.upstream(of: resource) { try snippets.include(upstream, in: &printer) }
        try snippets.include(transport: resource, originMaps, in: &printer)
    }

    /// The target goes through as it came (nginx.md §2 row 10), and the verifier refuses one that could be read as
    /// another path. Where nobody is asked, the exact location names the path itself. Below it the path stays as it came:
    /// nginx vouches for nobody there, and the application judges the token by the path that it reads.
    ///
    /// Where the upstream has a path of its own, nginx puts that in the place of the path that it has matched, decoded and
    /// resolved, and encodes what is left anew: no spelling of a path leads out of it (nginx.md §2 row 10).
    private func target(of resource: ResourcePlan, at match: Route.Match) throws(Unrepresentable) -> NginxArgument {
        let scheme = resource.upstream.isTLS ? "https" : "http"
        if let mapped = resource.mappedPath {
            let path =
                switch match {
                case .exact: mapped
                case .subtree: mapped.hasSuffix("/") ? mapped : mapped + "/"
                }
            return try .literal("\(scheme)://\(resource.upstreamName)\(path)")
        }
        guard !resource.usesPrivateListener else {
            return .variable(try NginxPreflightMaps.target(resource.upstreamName))
        }
        let path: String
        switch match {
        case .exact(let exact): path = exact
        case .subtree: path = ""
        }
        return try .literal("\(scheme)://\(resource.upstreamName)\(path)")
    }
}
