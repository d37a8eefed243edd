import ConfigLanguages
import ConnectorPlan
import ConnectorSpec
import Diagnostics
import OAuthModel

/// The locations of one host. Nothing in them relies on what the server block around them says: each proxied
/// location includes the whole set of headers, because one `proxy_set_header` makes nginx forget the inherited ones.
struct NginxHostFile {
    let plan: DeploymentPlan
    let nginx: NginxPlan
    let names: NginxNames
    let snippets: NginxSnippets
    let originMaps: NginxOriginMaps
    let comments: SpecComments
    let host: HostPlan
    let lines: NginxHostLines
    /// What authorization servers are told.
    let includeHost: NginxLines
    /// What the ways to MCP servers have in common.
    let transports: [NginxTransportUse: NginxLines]
    private let challenge: NginxLines

    init(
        _ host: HostPlan, plan: DeploymentPlan, nginx: NginxPlan, names: NginxNames, snippets: NginxSnippets,
        origins: NginxOriginMaps,
        comments: SpecComments
    ) throws(Unrepresentable) {
        self.host = host
        self.plan = plan
        self.nginx = nginx
        self.names = names
        self.snippets = snippets
        originMaps = origins
        self.comments = comments
        lines = try NginxHostLines(host, nginx)
        includeHost = try snippets.lines(of: host)
        transports = snippets.transports(of: host)
        challenge = NginxPrinter.lines(depth: 1, NginxInheritedDirectives(mergesHeaders: nginx.mergesHeaders).challenge)
    }

    /// By tag: of each location, and then of what nginx says itself.
    var origins: [[Span]] {
        host.routes.map { $0.origins + nginx.$includeFolder.writtenOrigins }
            + [nginx.origins + nginx.$includeFolder.writtenOrigins]
    }

    /// The parts of a host: what this deployment answers there, and what the host has once.
    enum Part { case own, root }

    /// The tag of each location is the index of its route.
    func print(_ part: Part) -> (text: NginxText, diagnostics: [Diagnostic]) {
        var diagnostics: [Diagnostic] = []
        let text = NginxPrinter.text(capacity: host.routes.count * 512) { printer in
            for (index, route) in host.routes.enumerated() where route.isOfHost == (part == .root) {
                do throws(Unrepresentable) {
                    try print(route, tag: index, to: &printer)
                    try printVerification(before: route, tag: index, to: &printer)
                } catch {
                    diagnostics.append(diagnostic(error, route))
                }
            }
            guard part == .own else { return }
            do throws(Unrepresentable) {
                try printErrorAnswers(to: &printer)
                try printRoot(to: &printer)
            } catch {
                diagnostics.append(
                    Diagnostic(
                        .nginxValueUnrepresentable, .error,
                        "nginx cannot express its own answers of \(host.name): a value has \(error.reason)",
                        at: nginx.origins.first.map { Label($0) }, help: "use a value without it"))
            }
        }
        return (text, diagnostics)
    }

    private func printRoot(to printer: inout NginxPrinter) throws(Unrepresentable) {
        guard let file = host.rootFileName else { return }
        let comment = try NginxLanguage.commentText(comments.text(nginx.origins, "what the host has once"))
        printer.blankLine()
        printer.group([try snippets.root(file)], tag: host.routes.count, comment: comment)
    }

    private func print(_ route: Route, tag: Int, to printer: inout NginxPrinter) throws(Unrepresentable) {
        let comment = try NginxLanguage.commentText(comments.text(route.origins, route.reason))
        let (modifier, path): (NginxArgument, String) =
            switch route.match {
            case .exact(let path): ("=", path)
            case .subtree(let path): ("^~", path)
            }
        printer.blankLine()
        try printer.block("location", modifier, .path(path), tag: tag, comments: [comment]) {
            printer throws(Unrepresentable) in
            if route.registersClients, let zone = names.registrationZone { printer.append(try zone.limit()) }
            switch route.action {
            case .transport(let index):
                let mapped = plan.resources[index].mappedPath
                try print(
                    transport: index, at: route.match, mapped: mapped, asking: names.verificationPath(of: index),
                    to: &printer)
            // The MCP server has told its clients the path, which is so its own.
            case .messages(let index):
                let question = names.messageVerificationPath(of: index) ?? names.verificationPath(of: index)
                try print(transport: index, at: route.match, mapped: nil, asking: question, to: &printer)
            default: try print(route.action, path: path, to: &printer)
            }
        }
    }

    /// What a verified transport asks, once for its locations.
    private func printVerification(
        before route: Route, tag: Int, to printer: inout NginxPrinter
    ) throws(Unrepresentable) {
        guard case .exact = route.match else { return }
        switch route.action {
        case .transport(let index) where plan.resources[index].verification == .edge:
            try printVerification(
                of: [index], at: names.verificationPath(of: index), tag: tag, origins: route.origins, to: &printer)
        case .messages(let index) where plan.resources[index].verification == .edge:
            guard let path = names.messageVerificationPath(of: index) else { return }
            try printVerification(
                of: plan.resources(postingTo: index), at: path, tag: tag, origins: route.origins, to: &printer)
        default: break
        }
    }

    private func print(_ action: Route.Action, path: String, to printer: inout NginxPrinter) throws(Unrepresentable) {
        switch action {
        case .document(let index):
            try print(plan.documents[index], path: path, to: &printer)
        case .transport, .messages: break  // printed with how they match
        case .endpoint(let name, let upstreamPath):
            try printEndpoint(name, path, as: upstreamPath, to: &printer)
        case .legacyAlias(let name, let upstreamPath, let sunset):
            try printEndpoint(name, path, as: upstreamPath, to: &printer)
            printer.append("proxy_hide_header", "Sunset")
            try printer.append("add_header", "Sunset", .literal(sunset.httpDate), "always")
        case .external(let upstreamPath):
            try printExternal(path, as: upstreamPath, .externalDocument, to: &printer)
        case .issuer(let upstreamPath):
            try printExternal(path, as: upstreamPath, .externalEndpoint, to: &printer)
        case .acmeChallenge:
            printer.append(challenge)  // the server block's own root answers
        case .domainProof(let text):
            try snippets.include(.domainProof, in: &printer)
            try printer.append("return", "200", .literal(text))
        case .notFound: try snippets.include(.notFound, in: &printer)
        }
    }

    // MARK: Locations

    /// Answered by nginx itself, so that discovery works while the server restarts; or by the server.
    private func print(
        _ document: MetadataDocument, path: String, to printer: inout NginxPrinter
    ) throws(Unrepresentable) {
        if nginx.metadata == .proxied {
            printer.append("proxy_pass", try target(names.server, path, as: path))
            printer.append(includeHost)
            return try snippets.include(.serverDocument, in: &printer)
        }
        try snippets.include(.document, in: &printer)
        try printer.append("add_header", "ETag", .literal(document.etag), "always")
        try printer.append("return", "200", .literal(document.body))
    }

    private func printEndpoint(
        _ name: EndpointName, _ path: String, as upstreamPath: String, to printer: inout NginxPrinter
    ) throws(Unrepresentable) {
        printer.append("proxy_pass", try target(names.server, path, as: upstreamPath))
        printer.append(includeHost)
        try snippets.include(.endpoint, in: &printer)
        if name.hasSensitiveQuery { printer.append("access_log", "off") }
    }

    /// What another authorization server has.
    private func printExternal(
        _ path: String, as upstreamPath: String, _ kind: NginxSnippets.Shared, to printer: inout NginxPrinter
    ) throws(Unrepresentable) {
        let isTLS = plan.edge.externalServer?.isTLS ?? false
        try printer.append(
            "proxy_pass", target(names.externalServer, path, as: upstreamPath, scheme: isTLS ? "https" : "http"))
        printer.append(includeHost)
        if isTLS { try snippets.include(.init(name: names.externalServer, readsOwnHost: false), in: &printer) }
        try snippets.include(kind, in: &printer)
    }

    /// The target of `proxy_pass`. Without another path there the request goes through byte for byte.
    private func target(
        _ upstream: String, _ path: String, as upstreamPath: String, scheme: String = "http"
    ) throws(Unrepresentable) -> NginxArgument {
        try names.target(upstream, path == upstreamPath ? "" : upstreamPath, scheme: scheme)
    }

    /// The answers that the host's locations lead to, each file of them once.
    private func printErrorAnswers(to printer: inout NginxPrinter) throws(Unrepresentable) {
        var lists: Set<Int> = []
        for route in host.routes {
            for (_, list) in route.errorAnswers(plan, nginx, originMaps) { lists.insert(list ?? 0) }
        }
        guard !lists.isEmpty else { return }
        let includes = try lists.sorted().map { list throws(Unrepresentable) in
            try snippets.answers(list == 0 ? nil : list)
        }
        let comment = try NginxLanguage.commentText(comments.text(nginx.origins, "what nginx says itself"))
        printer.blankLine()
        printer.group(includes, tag: host.routes.count, comment: comment)
    }

    // MARK: Failures

    private func diagnostic(_ error: Unrepresentable, _ route: Route) -> Diagnostic {
        let place = route.origins.first.map { Label($0, "it is made from this") }
        if case .document(let index) = route.action {
            let path = plan.documents[index].path
            return Diagnostic(
                .nginxDocumentUnrepresentable, .error,
                "nginx cannot answer \(host.name)\(path) itself: the document has \(error.reason)", at: place,
                help: "set targets.nginx.metadata: proxied, and connectorgen-auth answers it; or shorten the document")
        }
        return Diagnostic(
            .nginxValueUnrepresentable, .error,
            "nginx cannot express \(route.reason) of \(host.name): a value has \(error.reason)", at: place,
            help: "use a value without it")
    }
}
