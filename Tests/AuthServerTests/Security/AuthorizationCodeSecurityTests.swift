import Cryptography
import Foundation
import OAuthModel
import RuntimeConfig
import TestSupport
import Testing
import WebSyntax

/// Group D of the security cases: the authorization code grant. Client authentication at the token endpoint is in
/// `ClientAuthenticationCases`; what needs the clock to move is in `ClockTests`.
@Suite("D authorization code", .serialized)
struct AuthorizationCodeSecurityTests {
    @Test("D01 D29 a code and its verifier give a bearer token that nobody caches")
    func success() async throws {
        let deployment = try await OAuthServerProcess.start()
        let answer = try await deployment.redeem(
            deployment.code(), [("resource", "https://mcp.example.com/mcp")])
        #expect(answer.status == 200)
        #expect(answer["content-type"] == "application/json")
        #expect(answer["cache-control"] == "no-store" && answer["pragma"] == "no-cache")
        #expect(answer.member("token_type") == "Bearer")
        #expect(answer.json["expires_in"] as? Int == 3_600)
        #expect(answer.member("scope") == "mcp.tools")
        let identity = try await deployment.verify(try #require(answer.member("access_token")))
        #expect(identity.status == 200)
        #expect(identity["x-mcp-subject"] == OAuthServerProcess.user)
        #expect(identity["x-mcp-client"] == "cid_mcp")
        #expect(identity["x-mcp-scopes"] == "mcp.tools")
        #expect(identity["x-mcp-issuer"] == Sample.issuer)
    }

    @Test("D05 the code of one client is nothing to another, and stays good for its own")
    func foreign() async throws {
        let deployment = try await OAuthServerProcess.start()
        let code = try await deployment.code()
        let other = try await deployment.redeem(code, [("client_id", "cid_other")])
        #expect(other.status == 400 && other.member("error") == "invalid_grant")
        #expect(try await deployment.redeem(code).status == 200)
    }

    @Test("D07 a wrong verifier is refused, one more try is good, five wrong ones burn the code")
    func verifiers() async throws {
        let deployment = try await OAuthServerProcess.start()
        let code = try await deployment.code()
        for verifier in [
            String(repeating: "v", count: 42), String(repeating: "v", count: 129), "a+/=" + OAuthServerProcess.verifier,
            nil,
        ] {
            let answer = try await deployment.redeem(code, [("code_verifier", verifier)])
            #expect(answer.status == 400)
            #expect(["invalid_grant", "invalid_request"].contains(answer.member("error")))
        }
        let wrong = String(repeating: "w", count: 43)
        #expect(try await deployment.redeem(code, [("code_verifier", wrong)]).member("error") == "invalid_grant")
        #expect(try await deployment.redeem(code).status == 200)

        let burned = try await deployment.code()
        for _ in 0..<5 { _ = try await deployment.redeem(burned, [("code_verifier", wrong)]) }
        #expect(try await deployment.redeem(burned).member("error") == "invalid_grant")
    }

    @Test("D09 D10 a wrong redirect URI or resource consumes nothing")
    func mismatches() async throws {
        let deployment = try await OAuthServerProcess.start()
        let code = try await deployment.code()
        for redirect in ["https://chatgpt.com/cb/", "https://evil.example/cb"] {
            let answer = try await deployment.redeem(code, [("redirect_uri", redirect)])
            #expect(answer.status == 400 && answer.member("error") == "invalid_grant")
            #expect(answer.member("error_description")?.contains("redirect_uri") == true)
        }
        for resources: [(String, String?)] in [
            [("resource", "https://evil.example/")], [("resource", "https://mcp.example.com/mcp#f")],
            [("resource", "https://mcp.example.com/mcp"), ("resource", "https://mcp.example.com/other")],
            [("resource", "https://mcp.example.com/other")],
        ] {
            let answer = try await deployment.redeem(code, resources)
            #expect(answer.status == 400 && answer.member("error") == "invalid_target")
        }
        #expect(try await deployment.redeem(code, [("resource", "https://mcp.example.com/mcp")]).status == 200)
    }

    @Test("D43 a code is redeemed as OAuth 2.1 does, without a redirect URI", arguments: [nil, ""])
    func withoutRedirect(sent: String?) async throws {
        let deployment = try await OAuthServerProcess.start()
        #expect(try await deployment.redeem(deployment.code(), [("redirect_uri", sent)]).status == 200)
    }

    @Test("D42 a resource that is named twice is one, at both endpoints and at a refresh")
    func repeatedResource() async throws {
        let deployment = try await OAuthServerProcess.start()
        let twice: [(String, String?)] = [("resource", Sample.issuer), ("resource", Sample.issuer)]
        let granted = try await deployment.redeem(
            deployment.code(twice + [("scope", "mcp.tools offline_access")]), twice)
        #expect(granted.status == 200)
        let refreshed = try await deployment.refresh(try #require(granted.member("refresh_token")), twice)
        #expect(refreshed.status == 200)
    }

    @Test(
        "C40 D44 a connector without scopes: consent says that all tools are opened, and no answer holds an empty scope",
        arguments: TokenFormat.allCases)
    func withoutScopes(format: TokenFormat) async throws {
        let deployment = try await OAuthServerProcess.start { config in
            config.resources[0].scopes = []
            config.tokens.format = format
            config.endpoints.append(RuntimeConfig.Endpoint(name: .jwks, path: "/mcp/jwks.json"))
        }
        let browser = Browser(deployment.server)
        let page = try await deployment.signIn(
            try await browser.get(OAuthServerProcess.authorization([("scope", nil)])), in: browser)
        #expect(page.body.contains("Use all tools of mcp"))
        let allowed = try await browser.submit(page, [("decision", "allow")])
        let answer = try await deployment.redeem(try #require(allowed.redirectParameter("code")))
        #expect(answer.status == 200 && answer.json["scope"] == nil)
        let token = try #require(answer.member("access_token"))
        #expect(try await deployment.verify(token).status == 200)
        if format == .jwt {
            let claims = try #require(Base64URL.decode(String(token.split(separator: ".")[1])))
            #expect(!String(decoding: claims, as: UTF8.self).contains("\"scope\""))
        }
    }

    @Test("B61 a sign-in that is older than max_age is made again, once")
    func maxAge() async throws {
        let deployment = try await OAuthServerProcess.start()
        let browser = Browser(deployment.server)
        let first = try await deployment.signIn(
            try await browser.get(OAuthServerProcess.authorization()), in: browser)
        #expect(!first.body.contains("name=\"password\""))
        for (age, asksAgain) in [(nil, false), ("3600", false), ("0", true)] {
            let page = try await browser.get(OAuthServerProcess.authorization([("max_age", age)]))
            #expect(page.body.contains("name=\"password\"") == asksAgain, "\(age ?? "none")")
            guard asksAgain else { continue }
            let consent = try await deployment.signIn(page, in: browser)
            #expect(consent.body.contains("value=\"allow\""))
        }
        let none = try await browser.get(OAuthServerProcess.authorization([("max_age", "0"), ("prompt", "none")]))
        #expect(none.redirectParameter("error") == "login_required")
    }

    @Test("B60 without resource the scopes say which connector a code is for, and a guess is refused with what to send")
    func impliedResource() async throws {
        let deployment = try await OAuthServerProcess.start { $0.clients = [Sample.client("cid_plain")] }
        func ask(_ scope: String) async throws -> Answer {
            let request = OAuthServerProcess.authorization([("client_id", "cid_plain"), ("scope", scope)])
            return try await deployment.approve(request, in: Browser(deployment.server))
        }
        let code = try #require(try await ask("other.tools offline_access").redirectParameter("code"))
        let answer = try await deployment.redeem(code, [("client_id", "cid_plain")])
        #expect(answer.member("scope") == "other.tools offline_access")
        let token = try #require(answer.member("access_token"))
        #expect(try await deployment.verify(token, resource: "https://mcp.example.com/other").status == 200)
        #expect(try await deployment.verify(token).status == 401)
        let refused = try await ask("offline_access")
        #expect(refused.redirectParameter("error") == "invalid_target")
        #expect(refused.redirectParameter("error_description")?.contains("send resource") == true)
    }

    @Test("D03 D04 of sixty-four redemptions at once one succeeds, and its token stays good")
    func parallel() async throws {
        let deployment = try await OAuthServerProcess.start()
        let code = try await deployment.code()
        let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
            for _ in 0..<64 { group.addTask { try await deployment.redeem(code) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let winners = answers.filter { $0.status == 200 }
        #expect(winners.count == 1)
        #expect(answers.allSatisfy { $0.status == 200 || $0.member("error") == "invalid_grant" })
        #expect(try await deployment.verify(try #require(winners.first?.member("access_token"))).status == 200)
    }

    @Test("D04 a replay of another client revokes what was issued")
    func foreignReplay() async throws {
        let deployment = try await OAuthServerProcess.start()
        let code = try await deployment.code()
        let token = try #require(try await deployment.redeem(code).member("access_token"))
        let replay = try await deployment.redeem(code, [("client_id", "cid_other")])
        #expect(replay.member("error") == "invalid_grant")
        #expect(try await deployment.verify(token).status == 401)
    }

    @Test("tokens survive a restart and a kill, since the process that issued them knows them from its store")
    func restart() async throws {
        let deployment = try await OAuthServerProcess.start()
        let answer = try await deployment.redeem(deployment.code())
        let token = try #require(answer.member("access_token"))
        let refresh = try #require(answer.member("refresh_token"))
        for signal in [SIGTERM, SIGKILL] {
            let restarted = OAuthServerProcess(server: try await deployment.server.restart(signal))
            #expect(try await restarted.verify(token).status == 200)
            #expect(try await restarted.refresh(refresh).status == 200)
        }
    }
}
