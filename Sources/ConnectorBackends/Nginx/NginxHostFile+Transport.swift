import ConfigLanguages
import ConnectorPlan
import ConnectorSpec
import Diagnostics
import WebSyntax

extension NginxHostFile {
    /// The way to an MCP server; `question` is the internal location that is asked before, where tokens are verified.
    func print(
        transport index: Int, at match: Route.Match, mapped: String?, asking question: String,
        to printer: inout NginxPrinter
    ) throws(Unrepresentable) {
        let resource = plan.resources[index]
        if let zone = names.zone(of: resource) { printer.append(try zone.limit()) }
        if resource.verification == .edge {
            try printer.append("auth_request", .literal(question))
        }
        printer.append("proxy_pass", try target(of: resource, at: match, mapped: mapped))
        if mapped == nil {
            printer.append(try lines.redirect(from: resource.upstream))
        } else {
            try snippets.include(mapped: index, of: plan, in: &printer)
        }
        if let upstream = NginxSnippetUses.upstream(of: resource, names) {
            try snippets.include(upstream, in: &printer)
        }
        if let lines = transports[NginxTransportUse(resource, on: host, originMaps)] { printer.append(lines) }
    }

    /// The target goes through as it came (nginx.md §2 row 10), and the verifier refuses one that could be read as
    /// another path. Where nobody is asked, the exact location names the path itself. Below it the path stays as it
    /// came: nginx vouches for nobody there, and the application judges the token by the path that it reads.
    ///
    /// Where the upstream has a path of its own, nginx puts that in the place of the path that it has matched, decoded
    /// and resolved, and encodes what is left anew: no spelling of a path leads out of it (nginx.md §2 row 10).
    private func target(
        of resource: ResourcePlan, at match: Route.Match, mapped: String?
    ) throws(Unrepresentable) -> NginxArgument {
        let scheme = resource.upstream.isTLS ? "https" : "http"
        if let mapped {
            let path =
                switch match {
                case .exact: mapped
                case .subtree: mapped.hasSuffix("/") ? mapped : mapped + "/"
                }
            return try names.target(names.upstream(of: resource), path, scheme: scheme)
        }
        var path = ""
        if case .exact(let exact) = match, !resource.usesPrivateListener { path = exact }
        return try names.target(names.upstream(of: resource), path, scheme: scheme)
    }

    /// The internal location that is asked before a transport, or before its messages: whether a token is for one of
    /// the resources.
    func printVerification(
        of indices: [Int], at path: String, tag: Int, origins: [Span], to printer: inout NginxPrinter
    ) throws(Unrepresentable) {
        let resources = indices.map { plan.resources[$0] }
        let comment = try NginxLanguage.commentText(comments.text(origins, "verification of tokens for the transport"))
        printer.blankLine()
        try printer.block("location", "=", .path(path), tag: tag, comments: [comment]) {
            printer throws(Unrepresentable) in
            printer.append("internal")
            try printer.append(
                "proxy_set_header", IdentityHeaders.resource, .literal(resources.map(\.resource).joined(separator: " "))
            )
            try snippets.include(verification: originMaps.list(of: resources[0]), in: &printer)
        }
    }
}
