import Cryptography
import Glibc
import OAuthModel
import RuntimeConfig
import TestSupport
import Testing

@testable import AuthServer

/// Group T of the security cases: what the server writes about requests.
@Suite("secrets and the log", .serialized)
struct PlantedSecretTests {
    @Test("T01 no part of a secret that came or went stands in the log, on the way of success and on all others")
    func log() async throws {
        let hash = try PasswordHash.make(
            Cryptography.Secret(OAuthServerProcess.password), cost: .init(memoryKiB: 8_192, passes: 1))
        let users = "\(OAuthServerProcess.user):\(hash.text)"
        let server = try await ServerProcess.start(["--log", "requests"], environment: ["USERS": users]) { config in
            config.mode = .local
            config.login = nil
            config.users = .environment(right("USERS"))
            config.clients = [Sample.client("cid_mcp")]
        }
        let deployment = OAuthServerProcess(server: server)
        let browser = Browser(server)
        let signIn = try await browser.get(OAuthServerProcess.authorization([("state", "planted-state")]))
        _ = try await deployment.signIn(signIn, in: browser, password: "planted-password")
        let page = try await deployment.signIn(signIn, in: browser)
        let forms = try PageForm(page).hidden.map(\.1)
        let answer = try await browser.submit(page, [("decision", "allow")])
        let code = try #require(answer.redirectParameter("code"))
        _ = try await deployment.redeem(code, [("code_verifier", String(repeating: "p", count: 43))])
        let tokens = try await deployment.redeem(code)
        let access = try #require(tokens.member("access_token"))
        let refresh = try #require(tokens.member("refresh_token"))
        _ = try await deployment.verify(access)
        _ = try await deployment.verify("planted-bearer")
        _ = try await deployment.refresh(refresh)
        _ = try await deployment.refresh("planted-refresh")
        _ = try await deployment.post("/mcp/revoke", "client_id=cid_mcp&token=\(access)")
        _ = try await server.get("/mcp/userinfo?access_token=planted-query", headers: "Cookie: a=planted-cookie\r\n")

        server.child.signal(SIGTERM)
        #expect(try await server.child.wait() == .code(0))
        let log = server.child.errors.text + server.child.output.text
        #expect(log.split(separator: "\n").count { $0.hasPrefix("{") } >= 12)
        let secrets =
            [code, access, refresh, OAuthServerProcess.password, OAuthServerProcess.verifier, hash.text] + forms
            + Array(browser.cookies.values)
        for secret in secrets {
            let bytes = Array(secret.utf8)
            for start in stride(from: 0, through: bytes.count - 8, by: 4) {
                let part = String(decoding: bytes[start..<start + 8], as: UTF8.self)
                #expect(!log.contains(part), "\(part)")
            }
        }
        #expect(!log.contains("planted"))
    }
}
