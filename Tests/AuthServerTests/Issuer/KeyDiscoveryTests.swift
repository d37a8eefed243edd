import Cryptography
import HTTPClient
import HTTPServer
import JSONSyntax
import RuntimeConfig
import Testing

@testable import AuthServer

@Suite("where the keys of an issuer are found")
struct KeyDiscoveryTests {
    private static let documents = [
        ScriptedIssuer.issuer + "/.well-known/openid-configuration",
        "https://login.example.com/.well-known/oauth-authorization-server/realms/mcp",
    ]
    private let key: IssuerKey

    init() throws { key = try IssuerKey.p256("k1") }

    /// An issuer with one document, at the second place.
    private func server(_ document: JSON, elsewhere: ScriptedIssuer? = nil) throws -> VerifyingServer {
        let key = key
        let issuer = ScriptedIssuer { (url, _) throws(HTTPClientError) in
            if url == Self.documents[1] { return ScriptedIssuer.json(document) }
            return url == ScriptedIssuer.keysURL ? try ScriptedIssuer.keys([key]) : ScriptedIssuer.json([:], 404)
        }
        return try VerifyingServer(issuer, elsewhere: elsewhere, keys: .documents(Self.documents))
    }

    @Test("K03 the first document that is there and names the issuer byte for byte leads to them")
    func found() async throws {
        let server = try server(["issuer": .string(ScriptedIssuer.issuer), "jwks_uri": .string(ScriptedIssuer.keysURL)])
        #expect(await server.status(try key.token()) == 200)
        #expect(server.issuer.questions == Self.documents + [ScriptedIssuer.keysURL])
    }

    @Test(
        "K03 a document of another issuer, without keys, or that leads off https leads nowhere",
        arguments: [
            ["issuer": "https://login.example.com/realms/mcp/", "jwks_uri": "https://login.example.com/keys"],
            ["issuer": "https://evil.example", "jwks_uri": "https://login.example.com/keys"],
            ["jwks_uri": "https://login.example.com/keys"], ["issuer": "https://login.example.com/realms/mcp"],
            ["issuer": "https://login.example.com/realms/mcp", "jwks_uri": "http://login.example.com/keys"],
            ["issuer": "https://login.example.com/realms/mcp", "jwks_uri": "http://127.0.0.1/keys"],
            ["issuer": "https://login.example.com/realms/mcp", "jwks_uri": "file:///etc/passwd"],
            ["issuer": "https://login.example.com/realms/mcp", "jwks_uri": "https://a@login.example.com/keys"],
        ] as [JSON])
    func nowhere(document: JSON) async throws {
        let server = try server(document)
        #expect(await server.status(try key.token()) == 503)
        #expect(!server.issuer.questions.contains { $0.contains("/keys") || $0.contains("passwd") })
    }

    @Test("keys on another host are fetched from the public internet alone")
    func elsewhere() async throws {
        let key = key
        let others = ScriptedIssuer { (_, _) throws(HTTPClientError) in try ScriptedIssuer.keys([key]) }
        let server = try server(
            ["issuer": .string(ScriptedIssuer.issuer), "jwks_uri": "https://keys.example.net/k"], elsewhere: others)
        #expect(await server.status(try key.token()) == 200)
        #expect(others.questions == ["https://keys.example.net/k"])
    }
}
