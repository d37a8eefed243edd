import Cryptography
import Foundation
import HTTPServer
import OAuthModel
import OAuthProtocol
import OAuthStoreMemory
import OAuthStores
import RuntimeConfig
import TestSupport
import Testing

@testable import AuthServer

/// Security cases that depend on the time of day, with a clock that moves when told.
@Suite("limits in time")
struct ClockTests {
    private final class Time: Sendable {
        private let value = Locked(UnixTime(seconds: 1_800_000_000))
        var now: UnixTime { value.withLock { $0 } }
        func advance(_ span: Duration) { value.withLock { $0 = $0 + span } }
    }

    private struct Server {
        let time = Time()
        let services: Services
        let dispatcher: EndpointDispatcher

        init() throws {
            var config = Sample.config(login: nil, clients: [Sample.client("cid_mcp")])
            config.tokens = RuntimeConfig.Tokens(
                format: .opaque, accessLifetime: 3_600, refreshLifetime: 86_400, grantLifetime: 3 * 86_400)
            let time = time
            services = try Services(
                config, store: MemoryOAuthStore(),
                keys: ServerKeys(master: Secret([UInt8](repeating: 7, count: 32)), issuer: config.issuer),
                clock: Clock { time.now })
            dispatcher = try EndpointDispatcher(services)
        }

        func code() async throws -> String {
            let token = try services.tokens.tokenIssuer.token(.authorizationCode, now: time.now)
            let handle = try services.tokens.tokenIssuer.token(.transaction, now: time.now).hash()
            let pending = PendingAuthorization(
                id: handle, clientID: "cid_mcp", details: "{}", createdAt: time.now, expiresAt: time.now + .seconds(600)
            )
            try await services.store.begin(pending, limit: 10)
            let code = AuthorizationCode(
                hash: try token.hash(), clientID: "cid_mcp", redirectURI: OAuthServerProcess.redirect,
                challenge: OAuthServerProcess.challenge(OAuthServerProcess.verifier),
                subject: "alice", resource: "https://mcp.example.com/mcp", scope: "mcp.tools",
                state: AuthorizationCodeState(expiresAt: time.now + TokenIssuer.codeLifetime))
            #expect(try await services.store.approve(pending, code: code, now: time.now))
            return token.text
        }

        func post(_ pairs: [(String, String)]) async -> (status: Int, body: String) {
            let request = HTTPRequest(
                .post, "/mcp/token",
                headers: ["Content-Type": "application/x-www-form-urlencoded", "Host": Sample.host],
                body: Array(FormCoding.encoded(pairs).utf8))
            let response = await dispatcher.answer(request, at: .endpoint(.token, alias: nil))
            return (response.status, String(decoding: response.body, as: UTF8.self))
        }

        func redeem(_ code: String) async -> (status: Int, body: String) {
            await post([
                ("grant_type", "authorization_code"), ("code", code), ("client_id", "cid_mcp"),
                ("redirect_uri", OAuthServerProcess.redirect), ("code_verifier", OAuthServerProcess.verifier),
            ])
        }

        func refresh(_ token: String) async -> (status: Int, body: String) {
            await post([("grant_type", "refresh_token"), ("refresh_token", token), ("client_id", "cid_mcp")])
        }

        func isActive(_ access: String) async throws -> Bool {
            try await services.tokens.verifier.facts(of: access, now: time.now)
                != nil
        }
    }

    private static func member(_ name: String, _ body: String) throws -> String {
        let marker = "\"\(name)\":\""
        let start = try #require(body.range(of: marker))
        return String(body[start.upperBound...].prefix { $0 != "\"" })
    }

    @Test("B48 a code is good for sixty seconds")
    func codes() async throws {
        let server = try Server()
        let early = try await server.code()
        let late = try await server.code()
        server.time.advance(.seconds(59))
        #expect(await server.redeem(early).status == 200)
        server.time.advance(.seconds(2))
        let expired = await server.redeem(late)
        #expect(expired.status == 400 && expired.body.contains("invalid_grant"))
    }

    @Test("D02 D04 a code again at once is a lost race, after two seconds a theft")
    func replay() async throws {
        let server = try Server()
        let code = try await server.code()
        let access = try Self.member("access_token", await server.redeem(code).body)
        server.time.advance(.seconds(1))
        #expect(await server.redeem(code).status == 400)
        #expect(try await server.isActive(access))
        server.time.advance(.seconds(2))
        #expect(await server.redeem(code).body.contains("invalid_grant"))
        #expect(try await !server.isActive(access))
    }

    @Test("E02 E04 an old refresh token is good for sixty seconds more, then it ends the grant")
    func grace() async throws {
        let server = try Server()
        let first = try Self.member("refresh_token", await server.redeem(server.code()).body)
        let answer = await server.refresh(first)
        let access = try Self.member("access_token", answer.body)
        server.time.advance(.seconds(60))
        let again = await server.refresh(first)
        #expect(again.status == 200)
        #expect(try Self.member("refresh_token", again.body) == Self.member("refresh_token", answer.body))
        server.time.advance(.seconds(1))
        #expect(await server.refresh(first).body.contains("invalid_grant"))
        #expect(try await !server.isActive(access))
    }

    @Test("E11 a refresh token ends when it rested too long, and a grant at its absolute limit")
    func limits() async throws {
        let server = try Server()
        let idle = try Self.member("refresh_token", await server.redeem(server.code()).body)
        var token = try Self.member("refresh_token", await server.redeem(server.code()).body)
        for _ in 0..<3 {
            server.time.advance(.seconds(86_399))
            let answer = await server.refresh(token)
            #expect(answer.status == 200)
            token = try Self.member("refresh_token", answer.body)
        }
        #expect(await server.refresh(idle).body.contains("invalid_grant"))
        // Two seconds of the grant's three days are left.
        let last = await server.refresh(token)
        #expect(last.body.contains("\"expires_in\":3,"))
        server.time.advance(.seconds(3))
        #expect(await server.refresh(try Self.member("refresh_token", last.body)).body.contains("invalid_grant"))
    }
}
