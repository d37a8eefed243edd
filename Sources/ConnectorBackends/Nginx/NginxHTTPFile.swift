import ConfigLanguages
import ConnectorPlan
import ConnectorSpec
import Diagnostics
import WebSyntax

/// What belongs to the http level: the upstreams, the zones of request rates, the maps of origins and preflights.
struct NginxHTTPFile {
    let nginx: NginxPlan
    let names: NginxNames
    let plan: DeploymentPlan
    let origins: NginxOriginMaps
    let comments: SpecComments

    /// By tag: tags count on through the upstreams, the zones and the maps of origins.
    var tagOrigins: [[Span]] {
        names.upstreams.map(\.$server.origins) + names.zones.map(\.origins) + origins.places(plan)
    }

    /// The tags are those of ``tagOrigins``.
    func print() -> (text: NginxText, diagnostics: [Diagnostic]) {
        var diagnostics: [Diagnostic] = []
        func attempt(_ origins: [Span], _ what: String, _ work: () throws(Unrepresentable) -> Void) {
            do throws(Unrepresentable) {
                try work()
            } catch {
                diagnostics.append(
                    Diagnostic(
                        .nginxValueUnrepresentable, .error, "nginx cannot express \(what): a value has \(error.reason)",
                        at: origins.first.map { Label($0) }, help: "use a value without it"))
            }
        }
        let text = NginxPrinter.text(capacity: names.upstreams.count * 160) { printer in
            for (index, upstream) in names.upstreams.enumerated() {
                attempt(upstream.$server.origins, "the upstream \(upstream.name)") { () throws(Unrepresentable) in
                    try print(upstream, tag: index, to: &printer)
                }
            }
            for (index, zone) in names.zones.enumerated() {
                attempt(zone.origins, "the rate of \(zone.name)") { () throws(Unrepresentable) in
                    try print(zone, tag: names.upstreams.count + index, to: &printer)
                }
            }
            attempt(nginx.origins, "the allowed origins") { () throws(Unrepresentable) in
                try origins.print(firstTag: names.upstreams.count + names.zones.count, to: &printer)
                try NginxPreflights.print(plan, names, to: &printer)
                try NginxChallengeMap.print(plan, to: &printer)
            }
        }
        return (text, diagnostics)
    }

    private func reason(_ upstream: NginxUpstream) -> String {
        switch upstream.name {
        case names.server: "connectorgen-auth, what clients reach"
        case names.privateServer: "connectorgen-auth, verification"
        default: "upstream"
        }
    }

    private func print(_ upstream: NginxUpstream, tag: Int, to printer: inout NginxPrinter) throws(Unrepresentable) {
        let comment = try NginxLanguage.commentText(comments.text(upstream.$server.origins, reason(upstream)))
        printer.blankLine()
        if let address = names.lookedUpAuthority(upstream.name) {
            let variable = NginxArgument.variable(try names.addressVariable(of: upstream.name))
            return try printer.block("map", .variable(.requestMethod), variable, tag: tag, comments: [comment]) {
                printer throws(Unrepresentable) in try printer.append("default", .literal(address))
            }
        }
        try printer.block("upstream", .literal(upstream.name), tag: tag, comments: [comment]) {
            printer throws(Unrepresentable) in
            let servers = [upstream.server] + upstream.replicas
            if nginx.resolvesGroups, let resolver = nginx.resolver, servers.contains(where: \.isName) {
                try printer.append("zone", .literal(upstream.name), "64k")
                try printer.append("resolver", .literal(resolver.value.text), "valid=10s")
            }
            for server in servers { printer.append(try directive(server, isOneOfSeveral: servers.count > 1)) }
            if upstream.staysWithPerson {
                printer.append("hash", .variable(IdentityHeaders.subjectVariable), "consistent")
            }
            printer.append("keepalive", "16")
            // Shorter than the 5 s after which Node closes idle connections: a request never meets a closing one.
            printer.append("keepalive_timeout", "4s")
        }
    }

    /// One of several that does not answer three times is left out for ten seconds.
    private func directive(
        _ server: ServerAddress, isOneOfSeveral: Bool
    ) throws(Unrepresentable) -> NginxDirective {
        NginxDirective(
            "server",
            [try .literal(server.authority)] + (isOneOfSeveral ? ["max_fails=3", "fail_timeout=10s"] : [])
                + (nginx.resolvesGroups && server.isName ? ["resolve"] : []))
    }

    private func print(_ zone: NginxLimitZone, tag: Int, to printer: inout NginxPrinter) throws(Unrepresentable) {
        printer.blankLine()
        printer.append(
            NginxDirective(
                "limit_req_zone",
                [
                    .variable(.binaryRemoteAddress), try .literal("zone=\(zone.name):1m"),
                    try .literal("rate=\(zone.rate)"),
                ],
                comments: [comments.text(zone.origins, zone.purpose)], tag: tag))
    }
}
