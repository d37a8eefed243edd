import Cryptography
import JSONSyntax
import OAuthModel
import RuntimeConfig
import TestSupport
import Testing

@testable import AuthServer

@Suite("the published key set", .serialized)
struct JWKSEndpointTests {
    private static let path = "/mcp/jwks"

    private func start(_ change: (inout RuntimeConfig) -> Void = { _ in }) async throws -> OAuthServerProcess {
        try await OAuthServerProcess.start { config in
            config.endpoints.append(RuntimeConfig.Endpoint(name: .jwks, path: Self.path))
            config.tokens.format = .jwt
            change(&config)
        }
    }

    @Test("A22 it has public members only, one id for each key, alg and use")
    func members() async throws {
        let server = try await start().server
        let answer = try await server.get(Self.path)
        #expect(answer.status == 200)
        #expect(answer.head.contains("Content-Type: application/json"))
        let keys = try #require(try JSON.parse(answer.body)["keys"]?.array)
        #expect((1...16).contains(keys.count))
        for key in keys {
            #expect(Set(key.members?.map(\.name) ?? []) == ["kty", "crv", "x", "y", "use", "alg", "kid"])
            #expect(key["alg"] == "ES256" && key["use"] == "sig" && key["kty"] == "EC" && key["crv"] == "P-256")
        }
        #expect(Set(keys.compactMap { $0["kid"]?.string }).count == keys.count)
        #expect(try JWKSet(parsing: answer.body).keys.count == keys.count)
    }

    @Test("A10 every web page may read it, caches keep it for five minutes, and ask whether it changed")
    func caching() async throws {
        let server = try await start().server
        let answer = Answer(try await server.get(Self.path, headers: "Origin: https://x.test\r\n"))
        #expect(answer["Access-Control-Allow-Origin"] == "*")
        #expect(answer["Access-Control-Allow-Credentials"] == nil)
        #expect(answer["Cache-Control"] == "public, max-age=300")
        let tag = try #require(answer["ETag"])
        for (field, status) in [(tag, 304), ("W/\(tag)", 304), ("*", 304), ("\"other\"", 200)] {
            let again = Answer(try await server.get(Self.path, headers: "If-None-Match: \(field)\r\n"))
            #expect(again.status == status)
            #expect(again["ETag"] == tag && again["Access-Control-Allow-Origin"] == "*")
            #expect(again.body.isEmpty == (status == 304))
        }
        func ask(_ method: String, _ fields: String = "") async throws -> Answer {
            Answer(
                try await server.ask(
                    "\(method) \(Self.path) HTTP/1.1\r\nHost: \(Sample.host)\r\n\(fields)Connection: close\r\n\r\n"))
        }
        let head = try await ask("HEAD")
        #expect(head.status == 200 && head.body.isEmpty && head["ETag"] == tag)
        let preflight = try await ask(
            "OPTIONS", "Origin: https://x.test\r\nAccess-Control-Request-Method: GET\r\n")
        #expect(preflight.status == 204 && preflight["Access-Control-Allow-Origin"] == "*")
        let post = try await ask("POST", "Content-Length: 0\r\n")
        #expect(post.status == 405 && post["Allow"] == "GET, HEAD, OPTIONS")
    }

    @Test("J01 J15 a key is in the set, signs, is rotated and revoked by command, and its tokens die with it")
    func life() async throws {
        let deployment = try await start()
        let server = deployment.server
        let token = try #require(try await deployment.redeem(try await deployment.code()).member("access_token"))
        let kid = try #require(try TokenParts(token).header["kid"]?.string)
        let set = try JWKSet(parsing: try await server.get(Self.path).body)
        #expect(set.keys.map(\.id) == [kid])
        _ = try JWS.verify(token, keys: set, policy: .accessToken)
        #expect(try await deployment.verify(token).status == 200)

        func keys(_ arguments: String...) async throws -> ChildProcess.Completed {
            try await ChildProcess.run(
                ChildProcess.product("connectorgen-auth"),
                ["keys"] + arguments + ["--config", server.folder.file("auth.json")], environment: server.variables)
        }
        let list = try await keys("list")
        #expect(list.exit == .code(0) && list.output.hasPrefix("\(kid)  signs  made 2"))
        let rotated = try await keys("rotate")
        #expect(rotated.exit == .code(0) && rotated.output.hasPrefix("made "))
        #expect(try await keys("rotate").exit == .code(2))
        #expect(try await keys("revoke", "nonsense").exit == .code(2))
        // The running server publishes the next key within a moment, and signs with the old one meanwhile.
        try await until { try JWKSet(parsing: try await server.get(Self.path).body).keys.count == 2 }
        #expect(try await deployment.verify(token).status == 200)
        let revoked = try await keys("revoke", kid)
        #expect(revoked.exit == .code(0) && revoked.output.contains("\(kid)  revoked 2"))
        #expect(try await keys("revoke", kid).exit == .code(2))
        try await until { try await deployment.verify(token).status == 401 }
        let next = try #require(try await deployment.redeem(try await deployment.code()).member("access_token"))
        #expect(try TokenParts(next).header["kid"]?.string != kid)
        #expect(try await deployment.verify(next).status == 200)
        let left = try JWKSet(parsing: try await server.get(Self.path).body).keys.compactMap(\.id)
        #expect(!left.isEmpty && !left.contains(kid))
    }

    struct Late: Error {}

    /// Asks until the answer is yes, for at most the minute that an operator was promised.
    private func until(_ question: () async throws -> Bool) async throws {
        let start = ContinuousClock.now
        while try await !question() {
            guard ContinuousClock.now - start < .seconds(60) else { throw Late() }
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}

extension Answer {
    init(_ raw: (status: Int, head: String, body: [UInt8])) {
        self.init(status: raw.status, head: raw.head, body: raw.body)
    }
}
