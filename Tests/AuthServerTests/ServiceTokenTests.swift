import Cryptography
import OAuthModel
import RuntimeConfig
import TestSupport
import Testing

@testable import AuthServer

@Suite("tokens and proofs that the operator gives", .serialized)
struct ServiceTokenTests {
    private static let token = "9f1c5b7e02d84a6fb3e1c0978d52a4e6"

    @Test("a service token counts for its one resource with its identity, by hash or by secret, and another does not")
    func verification() async throws {
        let digest = try Digest.sha256(Self.token).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        for known in [RuntimeConfig.ServiceToken.Token.sha256(digest), .secret(.environment(right("BRIDGE")))] {
            let server = try await ServerProcess.start(environment: ["BRIDGE": Self.token]) { config in
                config.serviceTokens = [
                    RuntimeConfig.ServiceToken(
                        label: "bridge", token: known, subject: "service:bridge",
                        resource: "https://mcp.example.com/mcp", scopes: ["mcp.tools"])
                ]
            }
            let deployment = OAuthServerProcess(server: server)
            let passed = try await deployment.verify(Self.token)
            #expect(passed.status == 200)
            #expect(passed["x-mcp-subject"] == "service:bridge" && passed["x-mcp-client"] == "bridge")
            #expect(try await deployment.verify(Self.token, resource: "https://mcp.example.com/other").status == 401)
            #expect(try await deployment.verify(Self.token + "0").status == 401)
        }
    }

    @Test("two service tokens with one value stop the start, which names both and not the value")
    func sameValue() throws {
        let digest = try Digest.sha256(Self.token).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        var config = Sample.config(login: nil)
        config.serviceTokens = ["first", "second"].map { label in
            RuntimeConfig.ServiceToken(
                label: label, token: .sha256(digest), subject: label, resource: "https://mcp.example.com/mcp",
                scopes: [])
        }
        let failure = #expect(throws: StartFailure.self) { try ServiceTokens(config) }
        #expect(failure?.text.contains("the service tokens first and second have the same value") == true)
        #expect(failure?.text.contains(digest) == false)
    }

    @Test("a domain proof is plain text at its path of its host")
    func proof() async throws {
        let path = "/.well-known/openai-apps-challenge"
        let server = try await ServerProcess.start { config in
            config.domainProofs = [RuntimeConfig.DomainProof(host: Sample.host, path: path, text: "proof-text")]
        }
        let found = try await server.get(path)
        #expect(found.status == 200 && found.body == Array("proof-text".utf8))
        #expect(found.head.contains("Content-Type: text/plain"))
        #expect(try await server.get(path, host: "other.example.com").status == 404)
    }
}
