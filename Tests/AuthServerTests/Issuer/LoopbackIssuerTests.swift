import Cryptography
import HTTPClient
import JSONSyntax
import OAuthModel
import RuntimeConfig
import TestSupport
import Testing

@testable import AuthServer

/// The real executable, and an issuer that listens on loopback.
@Suite("connectorgen-auth beside an issuer on its machine", .serialized)
struct LoopbackIssuerTests {
    private static let resource = "https://mcp.example.com/mcp"

    private func token(_ key: IssuerKey, _ issuer: String) throws -> String {
        try key.token([("iss", .string(issuer)), ("exp", 4_102_444_800), ("iat", 1_700_000_000)])
    }

    private func start(
        _ issuer: String, _ verification: RuntimeConfig.Verification, environment: [String: String] = [:],
        change: @escaping (inout RuntimeConfig) -> Void = { _ in }
    ) async throws -> OAuthServerProcess {
        OAuthServerProcess(
            server: try await ServerProcess.start(environment: environment) { config in
                let own = config
                config = Sample.external()
                (config.listen, config.privateListen) = (own.listen, own.privateListen)
                config.issuer = issuer
                config.documents = config.documents.filter { $0.kind == .protectedResource }
                config.verification = verification
                change(&config)
            })
    }

    private func signed(_ keys: RuntimeConfig.KeySource) -> RuntimeConfig.Verification {
        .signed(
            RuntimeConfig.SignedTokens(
                keys: keys, algorithms: [.rs256, .es256], types: ["at+jwt", "JWT"], leeway: 30, staleKeys: 60))
    }

    @Test("keys are discovered over plain http on loopback, and a service token counts beside the issuer's")
    func discovery() async throws {
        let key = try IssuerKey.p256("k1")
        let keys = String(decoding: try ScriptedIssuer.keys([key]).body, as: UTF8.self)
        let peer = try EchoUpstream(name: "issuer") { request in
            let host = "http://\(request.values("host").first ?? "")"
            if request.startLine.hasPrefix("GET /realm/.well-known/openid-configuration ") {
                return .init(200, [], #"{"issuer":"\#(host)/realm","jwks_uri":"\#(host)/keys"}"#)
            }
            return request.startLine.hasPrefix("GET /keys ") ? .init(200, [], keys) : .init(404)
        }
        let issuer = "http://127.0.0.1:\(peer.port)/realm"
        let service = "9f1c5b7e02d84a6fb3e1c0978d52a4e6"
        let server = try await start(
            issuer, signed(.documents([issuer + "/.well-known/openid-configuration"])), environment: ["BRIDGE": service]
        ) { config in
            config.serviceTokens = [
                RuntimeConfig.ServiceToken(
                    label: "bridge", token: .secret(.environment(right("BRIDGE"))), subject: "bridge",
                    resource: Self.resource, scopes: ["mcp.tools"])
            ]
        }
        let good = try await server.verify(try token(key, issuer))
        #expect(good.status == 200 && good["x-mcp-subject"] == "alice" && good["x-mcp-issuer"] == issuer)
        #expect(try await server.verify(service)["x-mcp-subject"] == "bridge")
        #expect(try await server.verify(try token(try IssuerKey.p256("k1"), issuer)).status == 401)
        #expect(try await server.verify("pat_1").status == 401)
    }

    @Test("H70 tokens of the application's own come back as they were, where the connector has them and nowhere else")
    func handedOn() async throws {
        let server = try await start("http://127.0.0.1:9/x", signed(.url("http://127.0.0.1:9/keys"))) { config in
            config.resources[0].passedPrefixes = ["pat_"]
        }
        let passed = try await server.verify("pat_abc")
        #expect(passed.status == 200 && passed["x-mcp-authorization"] == "Bearer pat_abc")
        #expect(passed["x-mcp-subject"] == nil)
        // Nothing listens there: whether it is a token of the issuer nobody can say.
        #expect(try await server.verify("pat_abc", resource: "https://mcp.example.com/other").status == 503)
    }

    @Test(
        "an issuer that lies, redirects, never ends or is away lets nobody in and ends in time",
        arguments: ["redirect", "endless", "html", "dead", "silent"])
    func hostile(kind: String) async throws {
        let key = try IssuerKey.p256("k1")
        let peer = try EchoUpstream(name: "issuer") { _ in
            switch kind {
            case "redirect": .init(302, [("Location", "http://127.0.0.1:1/keys")])
            case "endless": .init(200, [], String(repeating: " ", count: 1 << 20))
            default: .init(200, [], "<html></html>")
            }
        }
        // Accepts by the kernel alone, and says nothing.
        let silent = try LoopbackSocket.listen()
        defer { LoopbackSocket.end(silent.descriptor) }
        let port =
            switch kind {
            case "dead": try LoopbackSocket.freePort()
            case "silent": silent.port
            default: peer.port
            }
        let server = try await start("http://127.0.0.1:\(port)/x", signed(.url("http://127.0.0.1:\(port)/keys")))
        let start = ContinuousClock.now
        #expect(try await server.verify(try token(key, "http://127.0.0.1:\(port)/x")).status == 503)
        #expect(ContinuousClock.now - start < .seconds(9))
        #expect(peer.takeRequests().count <= 1)
    }

    @Test("an introspection endpoint on loopback is asked with the secret of the environment")
    func introspection() async throws {
        let peer = try EchoUpstream(name: "issuer") { request in
            let isAllowed =
                request.values("authorization") == ["Basic Y2lkX2VkZ2U6MWYyZTNkNGM1YjZhNzk4ODA5MWEyYjNjNGQ1ZTZmNzA="]
            guard isAllowed, request.startLine == "POST /introspect HTTP/1.1" else { return .init(401) }
            return .init(
                200, [],
                request.text.hasPrefix("token=opaque&")
                    ? #"{"active":true,"sub":"alice","aud":["https://mcp.example.com/mcp"],"scope":"mcp.tools"}"#
                    : #"{"active":false}"#)
        }
        let server = try await start(
            "http://127.0.0.1:\(peer.port)/x",
            .introspected(
                RuntimeConfig.Introspection(
                    url: "http://127.0.0.1:\(peer.port)/introspect", clientID: "cid_edge",
                    clientSecret: .environment(right("EDGE_SECRET")), cache: 30, leeway: 30)),
            environment: ["EDGE_SECRET": "1f2e3d4c5b6a7988091a2b3c4d5e6f70"])
        #expect(try await server.verify("opaque")["x-mcp-subject"] == "alice")
        #expect(try await server.verify("opaque").status == 200)
        #expect(try await server.verify("other").status == 401)
        #expect(peer.takeRequests().count == 2)
    }

    @Test("without the secret of the introspection the start is refused, and nothing of it is printed")
    func missingSecret() async throws {
        var config = Sample.external()
        config.verification = .introspected(
            RuntimeConfig.Introspection(
                url: "https://login.example.com/introspect", clientID: "cid_edge",
                clientSecret: .environment(right("EDGE_SECRET_UNSET")), cache: 30, leeway: 30))
        let failure = #expect(throws: StartFailure.self) { try TokenStandings.issued(by: config) }
        #expect(failure?.text.contains("EDGE_SECRET_UNSET") == true)
    }
}
