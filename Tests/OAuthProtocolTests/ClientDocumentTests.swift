import OAuthModel
import OAuthProtocol
import RuntimeConfig
import Testing
import WebSyntax

@Suite("Client ID metadata documents")
struct ClientDocumentTests {
    private static let id = "https://client.example/oauth/client.json"

    private func record(
        _ members: String, id: String = Self.id, methods: [AuthenticationMethod] = [.none, .privateKeyJWT],
        requiresAssertion: Bool = false
    ) throws(Rejection) -> ClientRecord {
        let config = Flow.config(authMethods: methods)
        let policy = ClientDocumentPolicy(
            registration: RegistrationPolicy(config, policy: AuthorizationPolicy(config)),
            requiresAssertion: requiresAssertion)
        guard let url = ClientDocumentURL(id) else { throw .unknownClient(id: id) }
        return try ClientDocument.record(Array("{\(members)}".utf8), from: url, policy: policy)
    }

    private func rejection(_ members: String, methods: [AuthenticationMethod] = [.none, .privateKeyJWT]) -> Rejection? {
        do throws(Rejection) {
            _ = try record(members, methods: methods)
            return nil
        } catch {
            return error
        }
    }

    private static let named = #""client_id":"\#(id)","client_name":"Client","#
    private static let plain = named + #""redirect_uris":["https://client.example/cb"]"#

    @Test("G01 a document makes a public client with its redirects")
    func valid() throws {
        let client = try record(Self.plain)
        #expect(client.id == Self.id)
        #expect(client.origin == .document)
        #expect(client.authMethods == [.none])
        #expect(client.name == "Client")
        #expect(try client.redirect("https://client.example/cb").kind == .https)
    }

    @Test(
        "G02 the document names its own URL byte for byte",
        arguments: [
            "https://CLIENT.example/oauth/client.json", "https://client.example/oauth/client.json/",
            "https://client.example:443/oauth/client.json", "https://client.example/oauth/client.json?x", "",
        ])
    func otherIdentifier(id: String) {
        let found = rejection(#""client_id":"\#(id)","redirect_uris":["https://client.example/cb"]"#)
        #expect(found?.wire.code == .invalidClient)
        #expect(found?.wire.pageStatus == 400)
    }

    @Test(
        "G03 what is no such URL is an ordinary identifier that nothing is fetched for",
        arguments: [
            "http://client.example/c.json", "https://client.example", "https://client.example/",
            "https://client.example/c#x", "https://u@client.example/c", "https://u:p@client.example/c",
            "https://client.example/a/../c", "https://client.example/./c", "https://client.example/%2e%2e/c",
            "https://client.example/%2E/c", " https://client.example/c", "https://client.example/c ", "https:///c",
            "HTTPS://client.example/c", "client", "", "https://client.example/c\u{0}", "https://cli\u{E9}nt.example/c",
        ])
    func ordinary(id: String) { #expect(ClientDocumentURL(id) == nil) }

    @Test("G11 documents hold no secrets and no methods that need one")
    func secrets() {
        let bad = [
            #","token_endpoint_auth_method":"client_secret_post""#,
            #","token_endpoint_auth_methods_supported":["none","client_secret_basic"]"#, #","client_secret":"x""#,
            #","jwks":{"keys":[{"kty":"EC","d":"x"}]}"#, #","jwks":{"keys":[{"kty":"oct","k":"x"}]}"#,
        ]
        for members in bad { #expect(rejection(Self.plain + members) == .clientDocument(.secretInDocument)) }
        #expect(rejection(Self.plain + #","jwks":{"keys":[{"kty":"EC","x":"x"}]}"#) == nil)
    }

    @Test("G12 the ChatGPT shape negotiates none, or signs where the policy wants it")
    func chatGPT() throws {
        let id = "https://chatgpt.com/oauth/client.json"
        let members = """
            "client_id":"\(id)","client_name":"ChatGPT","redirect_uris":["https://chatgpt.com/cb"],\
            "token_endpoint_auth_methods_supported":["none","private_key_jwt"],\
            "token_endpoint_auth_method":"private_key_jwt","jwks_uri":"https://chatgpt.com/oauth/jwks.json"
            """
        #expect(try record(members, id: id).authMethods == [.none])
        #expect(try record(members, id: id).keysURI == "https://chatgpt.com/oauth/jwks.json")
        #expect(try record(members, id: id, methods: [.none]).keysURI == nil)
        #expect(try record(members, id: id, methods: [.none]).authMethods == [.none])
        let signing = try record(members, id: id, requiresAssertion: true)
        #expect(signing.authMethods == [.privateKeyJWT])
        #expect(signing.keysURI == "https://chatgpt.com/oauth/jwks.json")
    }

    @Test("G12 a client that only signs is of no use where signatures are off, and needs keys where they are on")
    func signing() {
        let only = Self.plain + #","token_endpoint_auth_method":"private_key_jwt""#
        #expect(rejection(only, methods: [.none]) != nil)
        #expect(rejection(only) == .clientDocument(.missing(member: "jwks_uri")))
        #expect(rejection(only + #","jwks_uri":"https://client.example/jwks""#) == nil)
        #expect(rejection(only + #","jwks_uri":"https://evil.example/jwks""#) != nil)
        #expect(rejection(only + #","jwks_uri":"http://client.example/jwks""#) != nil)
    }

    @Test(
        "G13 redirects are of the document's origin, loopback, or what registration takes",
        arguments: [
            ("https://client.example/x", true), ("https://client.example:443/x", true),
            ("https://CLIENT.example/x", true), ("http://localhost/callback", true), ("http://127.0.0.1/cb", true),
            ("https://chatgpt.com/x", true), ("https://evil.example/x", false),
            ("https://client.example:8443/x", false), ("https://client.example.evil/x", false),
            ("https://client.example/*", false), ("http://client.example/x", false), ("javascript:x", false),
            ("myapp://x", false),
        ])
    func redirects(uri: String, isAccepted: Bool) {
        #expect((rejection(Self.named + "\"redirect_uris\":[\"\(uri)\"]") == nil) == isAccepted)
    }

    @Test("G30 a redirect that the policy refuses is left out of a document, and the good ones stay")
    func mixedRedirects() throws {
        let redirects = #""redirect_uris":["https://evil.example/cb","https://client.example/cb","myapp://cb"]"#
        let client = try record(Self.named + redirects)
        #expect(client.redirects.map(\.uri) == ["https://client.example/cb"])
        #expect(rejection(Self.named + #""redirect_uris":["https://client.example/cb","javascript:x"]"#) != nil)
    }

    @Test("G08 a document of more than 5 KiB, without redirects, or that is no object is refused")
    func malformed() {
        #expect(rejection(Self.plain + ",\"x\":\"" + String(repeating: "a", count: 5_120) + "\"") != nil)
        #expect(rejection(Self.named + #""redirect_uris":[]"#) != nil)
        #expect(rejection(#""client_id":"\#(Self.id)""#) != nil)
        #expect(rejection("]") == .clientDocument(.notJSON))
    }

    @Test("a document may list grants of other servers beside the code grant")
    func grants() throws {
        let jwt =
            #","grant_types":["authorization_code","refresh_token","urn:ietf:params:oauth:grant-type:jwt-bearer"]"#
        #expect(try record(Self.plain + jwt).grantTypes == [.authorizationCode, .refreshToken])
        #expect(rejection(Self.plain + #","grant_types":["implicit"]"#) != nil)
    }
}
