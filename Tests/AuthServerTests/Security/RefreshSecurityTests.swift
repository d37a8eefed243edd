import Foundation
import TestSupport
import Testing

/// Group E of the security cases: refresh tokens. Cases of an upstream's refresh tokens (E13, E15, E16) come with
/// upstream logins; those that need the clock to move are in `ClockTests`.
@Suite("E refresh", .serialized)
struct RefreshSecurityTests {
    private struct Pair {
        let access: String
        let refresh: String
    }

    private static func pair(_ answer: Answer) throws -> Pair {
        #expect(answer.status == 200, "\(answer.body)")
        return Pair(
            access: try #require(answer.member("access_token")), refresh: try #require(answer.member("refresh_token")))
    }

    @Test("E01 E06 a refresh gives a new pair, and the older access token lives on")
    func rotation() async throws {
        let deployment = try await OAuthServerProcess.start()
        let first = try Self.pair(try await deployment.redeem(deployment.code()))
        let second = try Self.pair(try await deployment.refresh(first.refresh))
        #expect(first.access != second.access && first.refresh != second.refresh)
        #expect(try await deployment.verify(first.access).status == 200)
        #expect(try await deployment.verify(second.access).status == 200)
    }

    @Test("E02 E05 the old token gives the same successor until that is used, then it is proof of theft")
    func grace() async throws {
        let deployment = try await OAuthServerProcess.start()
        let first = try Self.pair(try await deployment.redeem(deployment.code()))
        let second = try Self.pair(try await deployment.refresh(first.refresh))
        let again = try Self.pair(try await deployment.refresh(first.refresh))
        #expect(again.refresh == second.refresh)
        let third = try Self.pair(try await deployment.refresh(second.refresh))
        let reused = try await deployment.refresh(first.refresh)
        #expect(reused.status == 400 && reused.member("error") == "invalid_grant")
        for token in [first.access, second.access, third.access] {
            #expect(try await deployment.verify(token).status == 401)
        }
        #expect(try await deployment.refresh(third.refresh).member("error") == "invalid_grant")
    }

    @Test("E03 sixty-four refreshes at once have one successor, and none fails")
    func parallel() async throws {
        let deployment = try await OAuthServerProcess.start()
        let first = try Self.pair(try await deployment.redeem(deployment.code()))
        let answers = try await withThrowingTaskGroup(of: Answer.self) { group in
            for _ in 0..<64 { group.addTask { try await deployment.refresh(first.refresh) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.allSatisfy { $0.status == 200 })
        #expect(Set(answers.compactMap { $0.member("refresh_token") }).count == 1)
    }

    @Test("E08 a refresh token is its client's alone")
    func foreign() async throws {
        let deployment = try await OAuthServerProcess.start()
        let first = try Self.pair(try await deployment.redeem(deployment.code()))
        let other = try await deployment.refresh(first.refresh, [("client_id", "cid_other")])
        #expect(other.status == 400 && other.member("error") == "invalid_grant")
        let anonymous = try await deployment.refresh(first.refresh, [("client_id", nil)])
        #expect(anonymous.status == 401 && anonymous.member("error") == "invalid_client")
        #expect(try await deployment.refresh(first.refresh).status == 200)
    }

    @Test("E09 a refresh may narrow, not widen, and the full set comes back")
    func scopes() async throws {
        let deployment = try await OAuthServerProcess.start()
        let code = try await deployment.code([("scope", "mcp.tools offline_access")])
        let first = try Self.pair(try await deployment.redeem(code))
        let wider = try await deployment.refresh(first.refresh, [("scope", "mcp.tools mcp.admin")])
        #expect(wider.status == 400 && wider.member("error") == "invalid_scope")
        let narrow = try await deployment.refresh(first.refresh, [("scope", "mcp.tools")])
        #expect(narrow.member("scope") == "mcp.tools")
        let whole = try await deployment.refresh(try Self.pair(narrow).refresh)
        #expect(whole.member("scope") == "mcp.tools offline_access")
    }

    @Test("E21 nothing that was handed out stands in the files of the store")
    func atRest() async throws {
        let deployment = try await OAuthServerProcess.start()
        let code = try await deployment.code()
        let first = try Self.pair(try await deployment.redeem(code))
        let second = try Self.pair(try await deployment.refresh(first.refresh))
        let folder = deployment.server.folder
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) where file.hasPrefix("auth.db") {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.file(file)))
            for secret in [code, first.access, first.refresh, second.access, second.refresh] {
                #expect(bytes.range(of: Data(secret.utf8.prefix(20))) == nil, "\(file)")
            }
        }
    }
}
