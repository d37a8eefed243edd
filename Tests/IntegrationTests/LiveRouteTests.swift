import ConnectorBackends
import ConnectorPlan
import ConnectorSpec
import TestSupport
import Testing

@Suite("every emitted location, asked live", .enabled(if: Tool.nginx.isAvailable, "nginx is not installed"))
struct LiveRouteTests {
    /// Headers by which a client might pass itself off as somebody, or nginx as somewhere else: no upstream sees them.
    private static let forged = [
        ("X-MCP-Subject", "forged"), ("X-MCP-Issuer", "forged"), ("X-MCP-Client", "forged"),
        ("X-MCP-Scopes", "forged"), ("X-Forwarded-Host", "forged.example"), ("X-Forwarded-Proto", "gopher"),
        ("X-Forwarded-For", "203.0.113.9"), ("X-Real-IP", "203.0.113.9"), ("X-Forwarded-Uri", "/forged"),
        ("X-Forwarded-Prefix", "/forged"), ("Forwarded", "for=203.0.113.9"), ("X-MCP-Resource", "forged"),
        ("X-Original-Method", "FORGED"),
    ]

    /// The same in the words of other gateways, which applications may believe and our own server does not read.
    private static let foreign = [
        ("X-Forwarded-User", "forged"), ("Remote-User", "forged"), ("X-Original-URI", "/forged"),
        ("X-Authorization", "forged"), ("X-User-Token", "forged"), ("X-Auth-Request-User", "forged"),
    ]

    @Test(
        "nginx accepts the output without a warning, and each location does what the plan says", arguments: Example.all)
    func routes(_ example: Example) throws {
        let compiled = try example.compile()
        let live = try LiveDeployment(plan: compiled.plan, artifacts: compiled.artifacts)
        #expect(try live.nginx.test() == (0, ""))
        try live.nginx.start()
        var asked = 0
        for host in live.plan.edge.hosts {
            for route in host.routes {
                try check(route, of: host, in: live)
                asked += 1
            }
        }
        #expect(asked > 0)
    }

    private func check(_ route: Route, of host: HostPlan, in live: LiveDeployment) throws {
        live.forgetRequests()
        let (target, path) =
            switch route.match {
            case .exact(let path): (path, path)
            case .subtree(let path): (path + "sub/x", path)
            }
        let place: Comment = "\(host.name) \(target)"
        switch route.action {
        case .document(let index):
            try checkDocument(live.plan.documents[index], target, host, live, place)
        case .transport(let index):
            let resource = live.plan.resources[index]
            let arriving = resource.mappedPath.map { $0 + target.dropFirst(resource.path.count) } ?? target
            try checkTransport(resource, target, arrivesAs: arriving, host, live, place)
            if live.plan.resources[index].verification == .edge {
                #expect(try live.send(live.names.verificationPath(of: index), to: host).status == 404, place)
            }
        case .messages(let index):
            try checkTransport(live.plan.resources[index], target, arrivesAs: target, host, live, place)
        case .issuer(let upstreamPath):
            try checkProxied(
                target, arrivesAs: upstreamPath + target.dropFirst(path.count),
                at: try live.echo(live.names.externalServer), host, live, place, forged: Self.forged + Self.foreign)
        case .endpoint(_, let upstreamPath), .legacyAlias(_, let upstreamPath, _):
            let suffix = target.dropFirst(path.count)
            let expected = suffix.isEmpty ? upstreamPath : upstreamPath + suffix
            try checkProxied(
                target, arrivesAs: expected, at: try live.echo(live.names.server), host, live, place,
                forged: Self.forged)
        case .external(let upstreamPath):
            let echo = try live.echo(live.names.externalServer)
            try checkProxied(
                target, by: "GET", arrivesAs: upstreamPath, at: echo, host, live, place,
                forged: Self.forged + Self.foreign)
        case .acmeChallenge:
            #expect(try live.send(path + "token", to: host).text == "acme-answer", place)
        case .domainProof(let text):
            let answer = try live.send(target, to: host)
            #expect(answer.status == 200 && answer.text == text, place)
            #expect(answer.header("Content-Type") == "text/plain", place)
        case .notFound:
            let answer = try live.send(target, to: host)
            #expect(answer.status == 404, place)
            #expect(answer.header("Content-Type")?.hasPrefix("application/json") == true, place)
        }
        if case .exact(let path) = route.match, path != "/" { try checkBleeding(path + "x", of: host, in: live) }
    }

    /// A location must not bleed into names that merely begin alike: they belong to the longest subtree, or to nobody.
    private func checkBleeding(_ target: String, of host: HostPlan, in live: LiveDeployment) throws {
        let subtrees = host.routes.compactMap { route -> (path: String, route: Route)? in
            guard case .subtree(let path) = route.match, target.hasPrefix(path) else { return nil }
            return (path, route)
        }
        let answer = try live.send(target, to: host)
        let place: Comment = "\(host.name) \(target)"
        switch subtrees.max(by: { $0.path.utf8.count < $1.path.utf8.count })?.route.action {
        case .transport(let index):
            #expect(answer.header("X-Echo") == live.names.upstream(of: live.plan.resources[index]), place)
        case .issuer:
            #expect(answer.header("X-Echo") == live.names.externalServer, place)
        case .endpoint, .legacyAlias:
            #expect(answer.header("X-Echo") == live.names.server, place)
        default:
            #expect([404, 418].contains(answer.status), place)
        }
    }

    private func checkDocument(
        _ document: MetadataDocument, _ target: String, _ host: HostPlan, _ live: LiveDeployment, _ place: Comment
    ) throws {
        let answer = try live.send(target, to: host, headers: [("MCP-Protocol-Version", "2025-11-25")])
        #expect(answer.status == 200, place)
        guard live.nginxPlan.metadata == .static else {
            #expect(try live.echo(live.names.server).takeRequests().count == 1, place)
            return
        }
        #expect(answer.text == document.body, place)
        #expect(answer.values("Content-Type") == ["application/json"], place)
        #expect(answer.values("ETag") == [document.etag], place)
        #expect(answer.values("Access-Control-Allow-Origin") == ["*"], place)
        #expect(answer.header("Cache-Control")?.contains("max-age=300") == true, place)
        #expect(live.echoes.values.allSatisfy { $0.takeRequests().isEmpty }, "\(place) asked an upstream")
    }

    private func checkTransport(
        _ resource: ResourcePlan, _ target: String, arrivesAs arriving: String, _ host: HostPlan,
        _ live: LiveDeployment, _ place: Comment
    ) throws {
        let answer = try live.send(
            target + "?a=%2F", to: host, method: "POST",
            headers: Self.forged + Self.foreign + [("Authorization", "Bearer abc"), ("Mcp-Session-Id", "s1")],
            body: "{}")
        #expect(answer.status == 200, place)
        let arrived = try live.echo(live.names.upstream(of: resource)).takeRequests()
        let message = try #require(arrived.first, place)
        #expect(arrived.count == 1, place)
        #expect(message.startLine == "POST \(arriving)?a=%2F HTTP/1.1", place)
        #expect(message.text == "{}", place)
        #expect(message.values("Mcp-Session-Id") == ["s1"], place)
        expectForwarded(message, by: host, forged: Self.forged + Self.foreign, place)
        guard resource.verification == .edge else {
            #expect(message.values("Authorization") == ["Bearer abc"], place)
            return
        }
        let names = resource.identityNames
        #expect(message.values(names.subject) == ["subject-1"], place)
        #expect(message.values(names.client) == ["client-1"], place)
        #expect(message.values(names.issuer) == ["issuer-1"], place)
        #expect(message.values(names.scopes) == ["scope-1"], place)
        #expect(message.values("Authorization") == [], place)
        let verification = try #require(try live.echo(live.names.privateServer).takeRequests().first, place)
        #expect(
            verification.startLine == "GET /_verify HTTP/1.1" || verification.startLine == "POST /_verify HTTP/1.1",
            place)
        #expect(verification.values("X-MCP-Resource") == [resource.resource], place)
        #expect(verification.values("X-Original-Method") == ["POST"], place)
        #expect(verification.values("Authorization") == ["Bearer abc"], place)
        #expect(verification.text == "", place)
        // It is told of the resource and the address, and nothing of the host.
        #expect(verification.values("Host") == ["localhost"], place)
        expectAddress(verification, forged: Self.forged, place)
    }

    private func checkProxied(
        _ target: String, by method: String = "POST", arrivesAs path: String, at echo: EchoUpstream,
        _ host: HostPlan, _ live: LiveDeployment, _ place: Comment, forged: [(String, String)]
    ) throws {
        let answer = try live.send(target + "?a=%2F", to: host, method: method, headers: forged, body: "x=1")
        #expect(answer.status == 200, place)
        let message = try #require(echo.takeRequests().first, place)
        #expect(message.startLine == "\(method) \(path)?a=%2F HTTP/1.1", place)
        #expect(message.text == "x=1", place)
        expectForwarded(message, by: host, forged: forged, place)
    }
}
