import Foundation
import HTTPClient
import OAuthModel
import OAuthProtocol
import OAuthStoreMemory
import OAuthStores
import RuntimeConfig
import TestSupport
import Testing

@testable import AuthServer

@Suite("F clients whose host was taken out of the spec", .serialized)
struct ExcludedClientTests {
    private static let redirect = "https://old.example/secret-path"

    private func register(_ deployment: OAuthServerProcess, _ members: String) async throws -> String {
        let body = #"{"token_endpoint_auth_method":"none",\#(members)}"#
        let made = try await deployment.post("/mcp/register", body, type: "application/json")
        return try #require(made.member("client_id"), "\(made.body)")
    }

    @Test(
        "F42 F45 a host that was taken out gets no more codes and tokens, is named at the start and in the log, and goes on when it comes back"
    )
    func host() async throws {
        var deployment = try await OAuthServerProcess.start(["--log", "requests"]) {
            $0.trustedHosts.append("old.example")
        }
        let id = try await register(deployment, #""redirect_uris":["\#(Self.redirect)"]"#)
        let asked = [("client_id", id), ("redirect_uri", Self.redirect)] as [(String, String?)]
        let code = try await deployment.code(asked)
        let tokens = try await deployment.redeem(code, asked)
        let refresh = try #require(tokens.member("refresh_token"))
        let late = try await deployment.code(asked)
        // Somebody is reading the consent page meanwhile.
        let browser = Browser(deployment.server)
        let page = try await browser.get(OAuthServerProcess.authorization(asked))
        let consent = try await deployment.signIn(page, in: browser)

        deployment = OAuthServerProcess(
            server: try await deployment.server.restart { $0.trustedHosts.removeAll { $0 == "old.example" } })
        let child = deployment.server.child
        try await child.errors.wait(
            for: "1 registered client gets no codes for what the spec does not admit any more: old.example (1)\n")
        let refused = try await Browser(deployment.server).get(OAuthServerProcess.authorization(asked))
        #expect(refused.status == 400 && refused.location == nil)
        #expect(refused.body.contains("old.example") && !refused.body.contains("secret-path"))
        let approved = try await browser.submit(consent, [("decision", "allow")])
        #expect(approved.status == 400 && approved.location == nil)
        for answer in [
            try await deployment.refresh(refresh, [("client_id", id)]), try await deployment.redeem(late, asked),
        ] {
            #expect(answer.status == 401 && answer.member("error") == "invalid_client")
        }
        let log = child.errors.text
        #expect(log.contains("\"reason\":\"excludedClient old.example\""))
        #expect(log.contains("\"reason\":\"client.excluded old.example\""))
        #expect(!log.contains("secret-path"))

        deployment = OAuthServerProcess(
            server: try await deployment.server.restart { $0.trustedHosts.append("old.example") })
        #expect(try await deployment.code(asked).isEmpty == false)
        #expect(try await deployment.refresh(refresh, [("client_id", id)]).status == 200)
        #expect(!deployment.server.child.errors.text.contains("no codes"))
    }

    @Test("F43 F44 profiles that left take what came by them along, and nothing else")
    func profiles() async throws {
        var deployment = try await OAuthServerProcess.start { config in
            config.redirects.append(RuntimeConfig.Redirect(uri: "cursor://anysphere.cursor-mcp/cb", match: .exact))
            config.trustedHosts.append("vscode.dev")
            config.clientURIHosts = ["github.com"]
        }
        let loopback = "http://127.0.0.1/cb"
        let cursor = "cursor://anysphere.cursor-mcp/cb"
        let vscode = "https://vscode.dev/redirect"
        let both = try await register(deployment, #""redirect_uris":["\#(vscode)","\#(loopback)"]"#)
        let scheme = try await register(deployment, #""redirect_uris":["\#(cursor)"]"#)
        let paged = try await register(
            deployment, #""redirect_uris":["\#(loopback)"],"client_uri":"https://github.com/x""#)
        let plain = try await register(deployment, #""redirect_uris":["\#(loopback)"]"#)
        func status(_ id: String, _ redirect: String) async throws -> Int {
            try await Browser(deployment.server).get(
                OAuthServerProcess.authorization([("client_id", id), ("redirect_uri", redirect)])
            ).status
        }
        let asked = [(both, vscode), (both, loopback), (scheme, cursor), (paged, loopback), (plain, loopback)]
        for (id, redirect) in asked { #expect(try await status(id, redirect) == 200, "\(redirect)") }
        deployment = OAuthServerProcess(
            server: try await deployment.server.restart { config in
                config.redirects.removeLast()
                config.trustedHosts.removeLast()
                config.clientURIHosts = []
            })
        let expected = [400, 200, 400, 400, 200]
        for ((id, redirect), expected) in zip(asked, expected) {
            #expect(try await status(id, redirect) == expected, "\(redirect)")
        }
        try await deployment.server.child.errors.wait(for: "3 registered clients get no codes")
    }

    @Test("F49 nothing is fetched from the host of keys that was taken out")
    func keys() async throws {
        for isTrusted in [true, false] {
            let store = MemoryOAuthStore()
            let metadata =
                #"{"redirect_uris":["https://chatgpt.com/cb"],"grant_types":["authorization_code"],"#
                + #""token_endpoint_auth_method":"private_key_jwt","application_type":"web","#
                + #""jwks_uri":"https://keys.example/jwks.json"}"#
            _ = await store.register(
                StoredClient(id: "dyn_1", metadata: metadata, createdAt: UnixTime(seconds: 0)), unusedLimit: 0)
            let fetcher = ScriptedFetcher { (_) throws(HTTPClientError) in throw .unreachable }
            let bench = try InProcessServer(store: store, fetcher: fetcher) { config in
                if isTrusted { config.trustedHosts.append("keys.example") }
            }
            let claims = #"{"iss":"dyn_1","sub":"dyn_1","aud":"\#(Sample.issuer)","exp":1800000100,"jti":"1"}"#
            let text = [#"{"alg":"ES256"}"#, claims].map { Basic.base64($0).filter { $0 != "=" } }
            let reply = await bench.post(
                bench.token,
                [
                    ("grant_type", "refresh_token"), ("refresh_token", "x"), ("client_id", "dyn_1"),
                    ("client_assertion", text.joined(separator: ".") + ".AAAA"),
                    ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                ])
            #expect(fetcher.count == (isTrusted ? 1 : 0))
            #expect(reply.outcome == (isTrusted ? "503 temporarily_unavailable" : "401 invalid_client"))
        }
    }

    @Test("F45 clients are counted however many there are, and the hosts that lost most come first")
    func counted() async throws {
        let store = MemoryOAuthStore()
        let policy = try InProcessServer(store: store).services.registration
        let hosts = ["chatgpt.com": 700, "a.example": 2, "b.example": 502]
        for (host, count) in hosts {
            for number in 0..<count {
                let metadata =
                    #"{"redirect_uris":["https://\#(host)/cb"],"grant_types":["authorization_code"],"#
                    + #""token_endpoint_auth_method":"none","application_type":"web"}"#
                _ = await store.register(
                    StoredClient(id: "dyn_\(host)_\(number)", metadata: metadata, createdAt: UnixTime(seconds: 0)),
                    unusedLimit: 0)
            }
        }
        let excluded = try await ExcludedClients.count(in: store, policy: policy)
        #expect(excluded.count == 504 && excluded.byHost == ["a.example": 2, "b.example": 502])
        #expect(excluded.text?.hasSuffix("any more: b.example (502), a.example (2)") == true)
        #expect(try await ExcludedClients.count(in: MemoryOAuthStore(), policy: policy).text == nil)
    }
}
