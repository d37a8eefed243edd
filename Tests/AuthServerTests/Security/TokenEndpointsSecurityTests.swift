import HTTPServer
import JSONSyntax
import OAuthModel
import OAuthProtocol
import OAuthStores
import RuntimeConfig
import SQLite
import TestSupport
import Testing

@testable import AuthServer

@Suite("I revocation, introspection, userinfo")
struct TokenEndpointsSecurityTests {
    private let bench: InProcessServer

    init() throws {
        bench = try InProcessServer(identity: Claims())
    }

    private static let server = Basic.field("resource-server", InProcessServer.secrets["RS_SECRET"] ?? "")

    private func revoke(_ token: String, _ client: String = "cid_mcp", hint: String? = nil) async -> Reply {
        await bench.post(
            bench.revocation,
            [("token", token), ("client_id", client)] + (hint.map { [("token_type_hint", $0)] } ?? []))
    }

    private func introspect(_ token: String) async -> Reply {
        await bench.post(bench.introspection, [("token", token)], [Self.server])
    }

    @Test(
        "I01 an access token is revoked, whatever the hint says, and its refresh token lives on",
        arguments: [nil, "access_token", "refresh_token", "odd"])
    func accessToken(_ hint: String?) async throws {
        let tokens = try await bench.grants.tokens(for: "cid_mcp")
        let reply = await revoke(tokens.access, hint: hint)
        #expect(reply.status == 200 && reply.body.isEmpty)
        #expect(reply.headers["Cache-Control"] == "no-store")
        #expect(try await !bench.isActive(tokens.access))
        let refreshed = await bench.post(
            bench.token,
            [("grant_type", "refresh_token"), ("refresh_token", tokens.refresh), ("client_id", "cid_mcp")])
        #expect(refreshed.status == 200)
    }

    @Test("I02 a refresh token takes every token of its grant along", arguments: [nil, "access_token"])
    func refreshToken(_ hint: String?) async throws {
        let tokens = try await bench.grants.tokens(for: "cid_mcp")
        let refreshed = await bench.post(
            bench.token,
            [("grant_type", "refresh_token"), ("refresh_token", tokens.refresh), ("client_id", "cid_mcp")])
        let newer = try #require(refreshed["access_token"])
        #expect(await revoke(try #require(refreshed["refresh_token"]), hint: hint).status == 200)
        #expect(try await !bench.isActive(tokens.access))
        #expect(try await !bench.isActive(newer))
        let again = await bench.post(
            bench.token,
            [
                ("grant_type", "refresh_token"), ("refresh_token", refreshed["refresh_token"] ?? ""),
                ("client_id", "cid_mcp"),
            ])
        #expect(again.outcome == "400 invalid_grant")
    }

    @Test("I03 garbage and other clients' tokens are answered alike, and nothing happens to them")
    func foreign() async throws {
        let tokens = try await bench.grants.tokens(for: "cid_other")
        let unknown = try bench.services.tokens.tokenIssuer.token(.accessToken, now: bench.grants.now()).text
        for token in ["x", unknown, tokens.access, tokens.refresh, String(repeating: "x", count: 2_048)] {
            let reply = await revoke(token)
            #expect(reply.status == 200 && reply.body.isEmpty)
        }
        #expect(try await bench.isActive(tokens.access))
    }

    @Test("I03 a revocation needs one token and a client that is known")
    func malformed() async throws {
        let tokens = try await bench.grants.tokens(for: "cid_mcp")
        #expect(await bench.post(bench.revocation, [("client_id", "cid_mcp")]).outcome == "400 invalid_request")
        let twice = [("token", tokens.access), ("token", tokens.access), ("client_id", "cid_mcp")]
        #expect(await bench.post(bench.revocation, twice).outcome == "400 invalid_request")
        #expect(await revoke(String(repeating: "x", count: 2_049)).outcome == "400 invalid_request")
        #expect(await revoke(tokens.access, "nobody").outcome == "401 invalid_client")
        #expect(await bench.post(bench.revocation, [("token", tokens.access)]).outcome == "401 invalid_client")
        let got = await bench.ask(bench.revocation, .get)
        #expect(got.status == 405 && got.headers["Allow"] == "POST")
        #expect(try await bench.isActive(tokens.access))
    }

    @Test("I06 a store that fails makes it 503, and the token is as good as it was")
    func storeFailure() async throws {
        let folder = try TemporaryFolder()
        let file = DatabaseFile(path: folder.file("auth.db"))
        let store = try await SQLiteOAuthStore.open(file)
        let failing = try InProcessServer(store: store)
        let tokens = try await failing.grants.tokens(for: "cid_mcp")
        await store.close()
        for token in [tokens.access, tokens.refresh] {
            let form = [("token", token), ("client_id", "cid_mcp")]
            let reply = await failing.post(failing.revocation, form)
            #expect(reply.outcome == "503 temporarily_unavailable")
            #expect(reply.headers["Retry-After"] != nil)
        }
        let introspected = await failing.post(failing.introspection, [("token", tokens.access)], [Self.server])
        #expect(introspected.status == 503)
        #expect(await failing.register(#"{"redirect_uris":["https://chatgpt.com/cb"]}"#).status == 503)
        let again = try InProcessServer(store: try await SQLiteOAuthStore.open(file))
        #expect(try await again.isActive(tokens.access))
        let form = [("token", tokens.access), ("client_id", "cid_mcp")]
        #expect(await again.post(again.revocation, form).status == 200)
        #expect(try await !again.isActive(tokens.access))
        await again.services.store.close()
    }

    @Test("I08 a resource server is told what an active token stands for")
    func active() async throws {
        let tokens = try await bench.grants.tokens(for: "cid_mcp", scope: "mcp.tools offline_access")
        let reply = await introspect(tokens.access)
        #expect(reply.status == 200 && reply.headers["Cache-Control"] == "no-store")
        #expect(reply.json["active"] == true)
        #expect(reply["scope"] == "mcp.tools offline_access" && reply["client_id"] == "cid_mcp")
        #expect(reply["aud"] == Sample.issuer && reply["iss"] == Sample.issuer && reply["sub"] == "alice")
        #expect(reply.json["iat"]?.int == 1_800_000_000 && reply.json["exp"]?.int == 1_800_003_600)
    }

    @Test("I09 of everything else it hears that it is not active, and not a word more")
    func inactive() async throws {
        let tokens = try await bench.grants.tokens(for: "cid_mcp")
        let short = try await bench.grants.tokens(for: "cid_mcp", lifetime: .seconds(5))
        let revoked = try await bench.grants.tokens(for: "cid_mcp")
        _ = await revoke(revoked.access)
        let code = try await bench.grants.code(for: "cid_mcp")
        bench.time.pass(.seconds(5))
        let unknown = try bench.services.tokens.tokenIssuer.token(.accessToken, now: bench.grants.now()).text
        for token in [short.access, revoked.access, tokens.refresh, code, unknown, "x", "a.b.c"] {
            let reply = await introspect(token)
            #expect(reply.status == 200)
            #expect(reply.body == Array(#"{"active":false}"#.utf8))
        }
    }

    @Test("I10 nobody asks without a name, and a client without the right asks about its own tokens alone")
    func unpermitted() async throws {
        let (own, foreign) = (
            try await bench.grants.tokens(for: "cid_mcp"), try await bench.grants.tokens(for: "cid_other")
        )
        let anonymous = await bench.post(bench.introspection, [("token", own.access)])
        #expect(anonymous.outcome == "401 invalid_client")
        let wrong = await bench.post(
            bench.introspection, [("token", own.access)], [Basic.field("resource-server", "wrong")])
        #expect(wrong.outcome == "401 invalid_client")
        #expect(wrong.headers["WWW-Authenticate"]?.hasPrefix("Basic") == true)
        let mine = await bench.post(bench.introspection, [("token", own.access), ("client_id", "cid_mcp")])
        #expect(mine.json["active"] == true)
        let theirs = await bench.post(bench.introspection, [("token", foreign.access), ("client_id", "cid_mcp")])
        #expect(theirs.body == Array(#"{"active":false}"#.utf8))
        let got = await bench.ask(bench.introspection, .get)
        #expect(got.status == 405 && got.headers["Allow"] == "POST")
        let json = await bench.ask(
            bench.introspection, .post, [("Content-Type", "application/json"), Self.server],
            #"{"token":"\#(own.access)"}"#)
        #expect(json.status == 415)
    }

    // MARK: userinfo

    private struct Claims: IdentityProvider {
        func checkAvailability() {}
        func signIn(_ attempt: SignInAttempt) -> SignInOutcome { .refused }
        func recognizes(_ session: Session) -> Bool { false }

        func claims(ofSubject subject: String) -> [JSONMember] {
            [
                JSONMember("preferred_username", .string(subject)), JSONMember("email", "a@example.com"),
                JSONMember("email_verified", true), JSONMember("is_admin", true),
            ]
        }
    }

    private func userInfo(
        _ method: HTTPMethod, _ token: String?, _ fields: [(String, String)] = [], body: String = ""
    ) async -> Reply {
        await bench.ask(
            .endpoint(.userinfo, alias: nil), method,
            (token.map { [("Authorization", "Bearer \($0)")] } ?? []) + fields, body)
    }

    @Test("I13 userinfo takes the token in the header of GET and POST, and nowhere else")
    func userInfoMethods() async throws {
        let token = try await bench.grants.tokens(for: "cid_mcp", scope: "openid mcp.tools").access
        for method in [HTTPMethod.get, .post] {
            let reply = await userInfo(method, token)
            #expect(reply.status == 200 && reply["sub"] == "alice")
            #expect(reply.headers["Cache-Control"] == "no-store")
        }
        let form = ("Content-Type", "application/x-www-form-urlencoded")
        #expect(await userInfo(.post, nil, [form], body: "access_token=\(token)").outcome == "401 invalid_token")
        #expect(await userInfo(.post, token, [form], body: "access_token=\(token)").status == 401)
        #expect(await userInfo(.post, token, [form], body: "%zz").outcome == "400 invalid_request")
        let put = await userInfo(.put, token)
        #expect(put.status == 405 && put.headers["Allow"] == "GET, HEAD, POST")
    }

    @Test("I13 a token that is not good there is answered with a challenge")
    func userInfoRefusals() async throws {
        let anonymous = await userInfo(.get, nil)
        #expect(anonymous.status == 401)
        #expect(anonymous.headers["WWW-Authenticate"] == #"Bearer scope="openid""#)
        let tokens = try await bench.grants.tokens(for: "cid_mcp", scope: "openid")
        for token in ["x", tokens.refresh] {
            let reply = await userInfo(.get, token)
            #expect(reply.outcome == "401 invalid_token")
            #expect(reply.headers["WWW-Authenticate"]?.contains(#"error="invalid_token""#) == true)
        }
        let elsewhere = try await bench.grants.tokens(
            for: "cid_mcp", scope: "openid", resource: "https://gone.example.com/mcp")
        #expect(await userInfo(.get, elsewhere.access).outcome == "401 invalid_token")
        let plain = try await bench.grants.tokens(for: "cid_mcp")
        let refused = await userInfo(.get, plain.access)
        #expect(refused.outcome == "403 insufficient_scope")
        #expect(refused.headers["WWW-Authenticate"]?.contains(#"scope="openid""#) == true)
    }

    @Test("I14 claims are told for the scopes that were granted, and no others")
    func claims() async throws {
        func names(_ scope: String) async throws -> [String] {
            let token = try await bench.grants.tokens(for: "cid_mcp", scope: scope).access
            return await userInfo(.get, token).json.members?.map(\.name) ?? []
        }
        #expect(try await names("openid") == ["sub"])
        #expect(try await names("openid profile") == ["sub", "preferred_username"])
        #expect(try await names("openid email profile") == ["sub", "preferred_username", "email", "email_verified"])
    }
}
