import ConfigLanguages
import ConnectorPlan
import ConnectorSpec
import Diagnostics
import OAuthModel

/// The locations of one host. Nothing in them relies on what the server block around them says: each proxied
/// location repeats the whole set of headers, because one `proxy_set_header` makes nginx forget the inherited ones.
struct NginxHostFile {
    let plan: DeploymentPlan
    let nginx: NginxPlan
    let shared: NginxSharedLines
    let origins: NginxOriginMaps
    let comments: SpecComments
    let host: HostPlan
    let lines: NginxHostLines

    init(
        _ host: HostPlan, plan: DeploymentPlan, nginx: NginxPlan, shared: NginxSharedLines, origins: NginxOriginMaps,
        comments: SpecComments
    ) throws(Unrepresentable) {
        self.host = host
        self.plan = plan
        self.nginx = nginx
        self.shared = shared
        self.origins = origins
        self.comments = comments
        lines = try NginxHostLines(host)
    }

    /// The tag of each location is the index of its route.
    func print() -> (text: NginxText, diagnostics: [Diagnostic]) {
        var diagnostics: [Diagnostic] = []
        let text = NginxPrinter.text(capacity: host.routes.count * 512) { printer in
            for (index, route) in host.routes.enumerated() {
                do throws(Unrepresentable) {
                    try print(route, tag: index, to: &printer)
                } catch {
                    diagnostics.append(diagnostic(error, route))
                }
            }
            do throws(Unrepresentable) {
                try printErrorAnswers(to: &printer)
            } catch {
                diagnostics.append(
                    Diagnostic(
                        .nginxValueUnrepresentable, .error,
                        "nginx cannot express its own answers of \(host.serverName): a value has \(error.reason)",
                        at: nginx.origins.first.map { Label($0) }, help: "use a value without it"))
            }
        }
        return (text, diagnostics)
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
            if case .transport(let index) = route.action {
                try print(transport: plan.resources[index], at: route.match, to: &printer)
            } else {
                try print(route.action, path: path, to: &printer)
            }
        }
    }

    private func print(_ action: Route.Action, path: String, to printer: inout NginxPrinter) throws(Unrepresentable) {
        switch action {
        case .document(let index):
            try print(plan.documents[index], path: path, to: &printer)
        case .transport: break  // printed with how it matches
        case .verification(let index):
            printer.append(shared.question)
            printer.append(shared.inherited.verification)
            // A page of the site must not stand for the answer of a verifier that is away.
            printer.append(try NginxErrorAnswer.unavailable.page(origins.list(of: plan.resources[index])))
            try printer.append(
                "proxy_set_header", IdentityHeaders.resource, .literal(plan.resources[index].resource))
            printer.append("proxy_set_header", "Host", lines.authority)
            printer.append(lines.proxied)
            printer.append("proxy_redirect", "off")
        case .endpoint(let name, let upstreamPath):
            try printProxy(toServer: path, as: upstreamPath, to: &printer)
            printer.append(shared.endpoint)
            printer.append(shared.inherited.endpoint)
            if name.hasSensitiveQuery { printer.append(shared.unlogged) }
        case .legacyAlias(let name, let upstreamPath, let sunset):
            try printProxy(toServer: path, as: upstreamPath, to: &printer)
            printer.append(shared.endpoint)
            printer.append(shared.inherited.endpoint)
            if name.hasSensitiveQuery { printer.append(shared.unlogged) }
            printer.append("proxy_hide_header", "Sunset")
            try printer.append("add_header", "Sunset", .literal(sunset.httpDate), "always")
        case .external(let upstream, let upstreamPath):
            try printProxy(
                upstream, path: path, upstreamPath: upstreamPath, identity: shared.noIdentity, to: &printer)
            printer.append(shared.proxiedDocument)
            printer.append(shared.inherited.proxiedDocument)
        case .acmeChallenge:
            printer.append(shared.inherited.challenge)  // the server block's own root answers
        case .domainProof(let text):
            printer.append("default_type", "text/plain")
            printer.append("add_header", "Cache-Control", "no-store", "always")
            printer.append("add_header", "X-Content-Type-Options", "nosniff", "always")
            printer.append(shared.inherited.answered)
            printer.append(shared.readOnly)
            try printer.append("return", "200", .literal(text))
        case .notFound:
            printer.append("default_type", "application/json")
            printer.append(NginxDirective("types", block: NginxBlock()))
            printer.append("add_header", "Access-Control-Allow-Origin", "*", "always")
            printer.append(shared.inherited.answered)
            printer.append("return", "404", #"{"error":"not_found"}"#)
        }
    }

    // MARK: Locations

    /// Answered by nginx itself, so that discovery works while the server restarts; or by the server.
    private func print(
        _ document: MetadataDocument, path: String, to printer: inout NginxPrinter
    ) throws(Unrepresentable) {
        if nginx.metadata == .proxied {
            try printProxy(toServer: path, as: path, to: &printer)
            printer.append(shared.proxiedDocument)
            printer.append(shared.inherited.proxiedDocument)
            return
        }
        printer.append(shared.document)
        printer.append(shared.inherited.answered)
        printer.append(shared.readOnly)
        if let noTypes = shared.noTypes(for: path) { printer.append(noTypes) }
        try printer.append("add_header", "ETag", .literal(document.etag), "always")
        try printer.append("return", "200", .literal(document.body))
    }

    /// The way to `connectorgen-auth`.
    private func printProxy(
        toServer path: String, as upstreamPath: String, to printer: inout NginxPrinter
    ) throws(Unrepresentable) {
        try printProxy(
            nginx.authUpstream, path: path, upstreamPath: upstreamPath, identity: shared.noIdentityForServer,
            to: &printer)
    }

    /// The way to an upstream. Without another path there the request goes through byte for byte.
    private func printProxy(
        _ upstream: String, path: String?, upstreamPath: String?, identity: NginxLines, to printer: inout NginxPrinter
    ) throws(Unrepresentable) {
        let tls = shared.tls(upstream)
        let scheme = tls == nil ? "http" : "https"
        let mapped = path == upstreamPath ? "" : upstreamPath ?? ""
        printProxy(
            target: try .literal("\(scheme)://\(upstream)\(mapped)"), tls: tls, identity: identity, to: &printer)
        // This server knows its public URLs.
        printer.append("proxy_redirect", "off")
    }

    /// `host` is what the upstream reads in `Host`; nil for the public one.
    func printProxy(
        target: NginxArgument, host: NginxArgument? = nil, tls: NginxLines?, identity: NginxLines,
        to printer: inout NginxPrinter
    ) {
        printer.append("proxy_pass", target)
        printer.append("proxy_set_header", "Host", host ?? lines.authority)
        printer.append(lines.proxied)
        printer.append(identity)
        if let tls { printer.append(tls) }
    }

    // MARK: Failures

    private func diagnostic(_ error: Unrepresentable, _ route: Route) -> Diagnostic {
        let place = route.origins.first.map { Label($0, "it is made from this") }
        if case .document(let index) = route.action {
            let path = plan.documents[index].path
            return Diagnostic(
                .nginxDocumentUnrepresentable, .error,
                "nginx cannot answer \(host.serverName)\(path) itself: the document has \(error.reason)", at: place,
                help: "set targets.nginx.metadata: proxied, and connectorgen-auth answers it; or shorten the document")
        }
        return Diagnostic(
            .nginxValueUnrepresentable, .error,
            "nginx cannot express \(route.reason) of \(host.serverName): a value has \(error.reason)", at: place,
            help: "use a value without it")
    }
}

extension EndpointName {
    /// True where the query holds codes, states and login hints, which belong in no access log.
    fileprivate var hasSensitiveQuery: Bool {
        switch self {
        case .authorize, .consent, .login, .callback: true
        case .token, .register, .revoke, .introspect, .userinfo, .jwks: false
        }
    }
}
