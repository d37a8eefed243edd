import JSONSyntax
import OAuthModel
import RuntimeConfig
import Testing

/// Security cases that depend on the time of day, with a clock that moves when told.
@Suite("limits in time")
struct ClockTests {
    private static func server() throws -> InProcessServer {
        try InProcessServer { config in
            config.login = nil
            config.clients = [Sample.client("cid_mcp")]
            config.tokens = RuntimeConfig.Tokens(
                format: .opaque, accessLifetime: 3_600, refreshLifetime: 86_400, grantLifetime: 3 * 86_400)
        }
    }

    @Test("B48 a code is good for sixty seconds")
    func codes() async throws {
        let server = try Self.server()
        let early = try await server.code()
        let late = try await server.code()
        server.pass(.seconds(59))
        #expect(await server.redeem(early).status == 200)
        server.pass(.seconds(2))
        let expired = await server.redeem(late)
        #expect(expired.status == 400 && expired.error == "invalid_grant")
    }

    @Test("D02 D04 a code again at once is a lost race, after two seconds a theft")
    func replay() async throws {
        let server = try Self.server()
        let code = try await server.code()
        let access = try #require(await server.redeem(code)["access_token"])
        server.pass(.seconds(1))
        #expect(await server.redeem(code).status == 400)
        #expect(try await server.isActive(access))
        server.pass(.seconds(2))
        #expect(await server.redeem(code).error == "invalid_grant")
        #expect(try await !server.isActive(access))
    }

    @Test("E02 E04 an old refresh token is good for sixty seconds more, then it ends the grant")
    func grace() async throws {
        let server = try Self.server()
        let first = try #require(await server.redeem(server.code())["refresh_token"])
        let answer = await server.refresh(first)
        let access = try #require(answer["access_token"])
        server.pass(.seconds(60))
        let again = await server.refresh(first)
        #expect(again.status == 200)
        #expect(again["refresh_token"] == answer["refresh_token"])
        server.pass(.seconds(1))
        #expect(await server.refresh(first).error == "invalid_grant")
        #expect(try await !server.isActive(access))
    }

    @Test("E11 a refresh token ends when it rested too long, and a grant at its absolute limit")
    func limits() async throws {
        let server = try Self.server()
        let idle = try #require(await server.redeem(server.code())["refresh_token"])
        var token = try #require(await server.redeem(server.code())["refresh_token"])
        for _ in 0..<3 {
            server.pass(.seconds(86_399))
            let answer = await server.refresh(token)
            #expect(answer.status == 200)
            token = try #require(answer["refresh_token"])
        }
        #expect(await server.refresh(idle).error == "invalid_grant")
        // Two seconds of the grant's three days are left.
        let last = await server.refresh(token)
        #expect(last.json["expires_in"] == 3)
        server.pass(.seconds(3))
        #expect(await server.refresh(try #require(last["refresh_token"])).error == "invalid_grant")
    }
}
