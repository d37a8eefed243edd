import ConfigLanguages
import ConnectorPlan
import ConnectorSpec
import WebSyntax

extension NginxHostFile {
    /// The way to an MCP server.
    func print(
        transport resource: ResourcePlan, at match: Route.Match, to printer: inout NginxPrinter
    ) throws(Unrepresentable) {
        if let zone = resource.limitZone, let limit = resource.rateLimit {
            let burst: [NginxArgument] =
                limit.burst > 0 ? [try .concat(.literal("burst=\(limit.burst)")), "nodelay"] : []
            printer.append(NginxDirective("limit_req", [try .literal("zone=\(zone)")] + burst))
        }
        let isVerified = resource.verification == .edge
        if isVerified {
            try printer.append("auth_request", .literal(resource.verificationPath))
            printer.append(shared.verification)
        }
        if let pages = shared.errorPages(resource, origins) { printer.append(pages) }
        printProxy(
            target: try target(of: resource, at: match),
            host: resource.hostHeader == .upstream ? try .literal(resource.upstream.authority) : nil,
            tls: shared.tls(resource.upstreamName), identity: isVerified ? shared.identity : shared.noIdentity,
            to: &printer)
        try lines.appendRedirects(of: resource.upstream, to: &printer)
        if let noCookies = shared.noCookies(resource) { printer.append(noCookies) }
        if let stream = shared.stream(resource) { printer.append(stream) }
        printer.append(isVerified ? shared.inherited.verifiedTransport : shared.inherited.transport)
        try printCORS(of: resource, to: &printer)
    }

    /// The target goes through as it came (nginx.md §2 row 10), and the verifier refuses one that could be read as
    /// another path. Where nobody is asked, the exact location names the path itself. Below it the path stays as it came:
    /// nginx vouches for nobody there, and the application judges the token by the path that it reads.
    private func target(of resource: ResourcePlan, at match: Route.Match) throws(Unrepresentable) -> NginxArgument {
        guard !resource.usesPrivateListener else {
            return .variable(try NginxPreflightMaps.target(resource.upstreamName))
        }
        let scheme = shared.tls(resource.upstreamName) == nil ? "http" : "https"
        let path: String
        switch match {
        case .exact(let exact): path = exact
        case .subtree: path = ""
        }
        return try .literal("\(scheme)://\(resource.upstreamName)\(path)")
    }

    /// One side answers for CORS, or browsers see two headers and refuse both (nginx.md §2 row 24).
    private func printCORS(of resource: ResourcePlan, to printer: inout NginxPrinter) throws(Unrepresentable) {
        guard resource.corsOwner != .application else { return }
        printer.append(shared.hiddenCORS)
        guard resource.corsOwner == .nginx, let list = origins.list(of: resource) else { return }
        printer.append("add_header", "Access-Control-Allow-Origin", .variable(try origins.variable(list)), "always")
        printer.append("add_header", "Access-Control-Allow-Methods", "GET, POST, DELETE, OPTIONS", "always")
        try printer.append(
            "add_header", "Access-Control-Allow-Headers",
            .literal(
                "Authorization, Content-Type, Last-Event-ID, MCP-Protocol-Version, Mcp-Method, Mcp-Name, Mcp-Session-Id"
            ),
            "always")
        printer.append("add_header", "Access-Control-Expose-Headers", NginxErrorAnswer.exposedHeaders, "always")
        printer.append("add_header", "Vary", "Origin", "always")
    }
}
