import HTTPServer
import JSONSyntax
import OAuthModel
import OAuthProtocol
import OAuthStoreMemory
import OAuthStores
import RuntimeConfig
import Testing

@testable import AuthServer

@Suite("F dynamic registration")
struct RegistrationSecurityTests {
    private static let chatgpt = #"{"redirect_uris":["https://chatgpt.com/connector_platform_oauth_redirect"]}"#

    private static func body(_ members: String) -> String {
        #"{"redirect_uris":["https://chatgpt.com/cb"],\#(members)}"#
    }

    private static func redirects(_ texts: [String]) -> String {
        JSON.object([JSONMember("redirect_uris", .array(texts.map { .string($0) }))]).text
    }

    @Test("F01 F02 a minimal body gives a client with all defaults told, and nobody caches the answer")
    func minimal() async throws {
        let bench = try InProcessServer()
        let reply = await bench.register(Self.chatgpt)
        #expect(reply.status == 201)
        #expect(reply.headers["Cache-Control"] == "no-store")
        #expect(reply.headers["Content-Type"] == "application/json")
        #expect(reply.json["redirect_uris"] == ["https://chatgpt.com/connector_platform_oauth_redirect"])
        #expect(reply.json["grant_types"] == ["authorization_code", "refresh_token"])
        #expect(reply.json["response_types"] == ["code"])
        #expect(reply["token_endpoint_auth_method"] == "client_secret_basic")
        #expect(reply["application_type"] == "web")
        #expect(reply.json["client_id_issued_at"]?.int == 1_800_000_000)
        #expect(reply.json["client_secret_expires_at"]?.int == 0)
        let id = try #require(reply["client_id"])
        #expect(id.hasPrefix("dyn_") && id.utf8.count == 34)
        #expect(reply["client_secret"]?.hasPrefix("cgcs_") == true)
        #expect(reply["registration_access_token"]?.hasPrefix("cgra_") == true)
        #expect(reply["registration_client_uri"] == "https://mcp.example.com/mcp/register/\(id)")
    }

    @Test("F02 a public client gets no secret, and each method is answered as it was asked for")
    func methods() async throws {
        let bench = try InProcessServer()
        for method in ["none", "client_secret_post", "client_secret_basic"] {
            let reply = await bench.register(Self.body(#""token_endpoint_auth_method":"\#(method)""#))
            #expect(reply.status == 201)
            #expect(reply["token_endpoint_auth_method"] == method)
            #expect((reply["client_secret"] == nil) == (method == "none"))
            #expect((reply.json["client_secret_expires_at"] == nil) == (method == "none"))
        }
    }

    @Test("F01 a registered client is stored before the answer, and only digests of its secrets")
    func stored() async throws {
        let bench = try InProcessServer()
        let reply = await bench.register(Self.chatgpt)
        let id = try #require(reply["client_id"])
        let client = try #require(try await bench.services.store.client(id))
        #expect(client.secretHash == (try SecretHash(of: reply["client_secret"] ?? "")))
        #expect(
            client.registrationTokenHash
                == (try OpaqueToken(.registrationToken, presented: reply["registration_access_token"] ?? "")?.hash()))
        #expect(!client.metadata.contains("cgcs_") && !client.metadata.contains("cgra_"))
    }

    @Test(
        "F04 redirect URIs have to be there, and not too many of them",
        arguments: [
            "{}", #"{"redirect_uris":[]}"#, #"{"redirect_uris":"https://chatgpt.com/cb"}"#,
            #"{"redirect_uris":[1]}"#, #"{"redirect_uris":null}"#,
            redirects((1...51).map { "https://chatgpt.com/cb\($0)" }),
        ])
    func redirectList(_ body: String) async throws {
        let bench = try InProcessServer()
        let reply = await bench.register(body)
        #expect(["400 invalid_redirect_uri", "400 invalid_client_metadata"].contains(reply.outcome))
        #expect(try await bench.hasNoClients())
    }

    @Test("F04 fifty redirect URIs are fine")
    func fifty() async throws {
        let reply = try await InProcessServer().register(Self.redirects((1...50).map { "https://chatgpt.com/cb\($0)" }))
        #expect(reply.status == 201)
        #expect(reply.json["redirect_uris"]?.array?.count == 50)
    }

    @Test(
        "F05 F06 redirects stay on trusted hosts, whatever a host looks like",
        arguments: [
            "https://evil.example/cb", "https://chatgpt.com.evil/cb", "https://evilchatgpt.com/cb",
            "https://chatgpt.com@evil/cb", "https://CHATGPT.com./cb", "https://chatgpt.com./cb",
            "https://xn--chatgt-9ve.com/cb", "https://chatgpt.com:8443/cb", "https://сhatgpt.com/cb",
            "http://chatgpt.com/cb", "https://chatgpt.com/../cb", "https://chatgpt.com/cb#x", "javascript:alert(1)",
            "https://chatgpt.com/*", "https://*.chatgpt.com/cb", "//chatgpt.com/cb", "evil-app:/cb", "",
        ])
    func foreignRedirects(_ redirect: String) async throws {
        let bench = try InProcessServer()
        let reply = await bench.register(Self.redirects([redirect]))
        #expect(reply.outcome == "400 invalid_redirect_uri")
        #expect(try await bench.hasNoClients())
        // Beside a good one it is refused too, or left out, as the answer says.
        let hidden = await bench.register(Self.redirects(["https://chatgpt.com/cb", redirect]))
        guard hidden.status != 400 else { return }
        #expect(hidden.json["redirect_uris"] == ["https://chatgpt.com/cb"])
        let stored = try #require(try await bench.services.store.client(hidden["client_id"] ?? ""))
        #expect(ClientMetadata(stored: stored.metadata)?.redirectURIs == ["https://chatgpt.com/cb"])
    }

    @Test("F06 the case of a host is no difference")
    func hostCase() async throws {
        let reply = try await InProcessServer().register(Self.redirects(["https://ChatGPT.com/cb"]))
        #expect(reply.status == 201)
        #expect(reply.json["redirect_uris"] == ["https://ChatGPT.com/cb"])
    }

    @Test(
        "F07 the URLs of a client stay on trusted hosts and on https",
        arguments: ["client_uri", "logo_uri", "tos_uri", "policy_uri", "jwks_uri"])
    func pages(_ member: String) async throws {
        let bench = try InProcessServer()
        let bad = [
            "https://evil.example/x", "http://chatgpt.com/x", "javascript:alert(1)", "https://chatgpt.com@evil/x",
            "https://chatgpt.com.evil/", "data:text/html,x", "http://169.254.169.254/",
        ]
        for uri in bad {
            #expect(
                await bench.register(Self.body(#""\#(member)":"\#(uri)""#)).outcome == "400 invalid_client_metadata")
        }
        #expect(try await bench.hasNoClients())
        #expect(await bench.register(Self.body(#""\#(member)":"https://chatgpt.com/x""#)).status == 201)
        let open = try InProcessServer { $0.enforceClientURIHosts = false }
        let foreign = await open.register(Self.body(#""\#(member)":"https://elsewhere.example/x""#))
        // Keys are never taken from a host that nobody trusts.
        #expect(foreign.status == (member == "jwks_uri" ? 400 : 201))
    }

    @Test(
        "F09 F11 flows that are gone, and contradictions, are refused",
        arguments: [
            #""response_types":["token"]"#, #""response_types":["code","token"]"#, #""response_types":[]"#,
            #""grant_types":["implicit"]"#, #""grant_types":["authorization_code","password"]"#,
            #""grant_types":["refresh_token"]"#, #""grant_types":["client_credentials"]"#,
            #""token_endpoint_auth_method":"tls_client_auth""#, #""token_endpoint_auth_method":1"#,
            #""application_type":"toaster""#,
        ])
    func contradictions(_ members: String) async throws {
        let bench = try InProcessServer()
        #expect(await bench.register(Self.body(members)).outcome == "400 invalid_client_metadata")
        #expect(try await bench.hasNoClients())
    }

    @Test("F11 application types fit their redirects, and are guessed where none is said")
    func applicationTypes() async throws {
        let bench = try InProcessServer()
        let web = #"{"redirect_uris":["http://127.0.0.1/cb"],"application_type":"web"}"#
        #expect(await bench.register(web).outcome == "400 invalid_redirect_uri")
        let plain = #"{"redirect_uris":["http://chatgpt.com/cb"],"application_type":"native"}"#
        #expect(await bench.register(plain).outcome == "400 invalid_redirect_uri")
        let foreign = #"{"redirect_uris":["https://evil.example/cb"],"application_type":"native"}"#
        #expect(await bench.register(foreign).outcome == "400 invalid_redirect_uri")
        #expect(await bench.register(#"{"redirect_uris":["http://127.0.0.1/cb"]}"#)["application_type"] == "native")
    }

    @Test("F12 a body that is no object of JSON is refused, and never an error of ours")
    func bodies() async throws {
        let bench = try InProcessServer()
        let texts = [
            "", " ", "null", "[]", #""str""#, "1", "{", "{}", "redirect_uris=x", #"{"a":1,"a":2}"#,
            #"{"redirect_uris":["https://chatgpt.com/cb"],"redirect_uris":[]}"#,
            String(repeating: "[", count: 10_000), "{\"a\":" + String(repeating: "[", count: 10_000),
            Self.chatgpt + "x", "\u{FEFF}" + Self.chatgpt,
        ]
        for text in texts {
            let reply = await bench.register(text)
            #expect(reply.status == 400, "\(text.prefix(40))")
        }
        let invalid = await bench.ask(
            bench.registration, .post, [("Content-Type", "application/json")],
            bytes: Array("{\"client_name\":\"".utf8) + [0xC3, 0x28, 0xFF] + Array("\"}".utf8))
        #expect(invalid.outcome == "400 invalid_client_metadata")
        let large = await bench.register(Self.body(#""x":"\#(String(repeating: "x", count: 2 << 20))""#))
        #expect(large.status == 413)
        #expect(try await bench.hasNoClients())
    }

    @Test(
        "F12 other content types are refused",
        arguments: ["text/plain", "application/x-www-form-urlencoded", "", "application/json, text/plain"])
    func contentTypes(_ type: String) async throws {
        let bench = try InProcessServer()
        let fields = type.isEmpty ? [] : [("Content-Type", type)]
        #expect(await bench.ask(bench.registration, .post, fields, Self.chatgpt).outcome == "415 invalid_request")
        let charset = [("Content-Type", "application/json; charset=utf-8")]
        #expect(await bench.ask(bench.registration, .post, charset, Self.chatgpt).status == 201)
    }

    @Test("F12 garbage for credentials is no concern of an open registration")
    func credentials() async throws {
        let bench = try InProcessServer()
        for value in ["Bearer", "Bearer \u{FFFD}", "Basic !", String(repeating: "x", count: 8_000)] {
            let fields = [("Content-Type", "application/json"), ("Authorization", value)]
            #expect(await bench.ask(bench.registration, .post, fields, Self.chatgpt).status == 201)
        }
    }

    @Test("F17 a name is cut, cleaned, and comes back as plain JSON")
    func names() async throws {
        let bench = try InProcessServer()
        let long = await bench.register(Self.body(#""client_name":"\#(String(repeating: "n", count: 10_240))""#))
        #expect(long["client_name"]?.unicodeScalars.count == 256)
        let odd = await bench.register(Self.body(#""client_name":"a\u202Eb\u0007c\u0000<script>\u200F\"""#))
        #expect(odd["client_name"] == #"abc<script>""#)
    }

    @Test("F19 scopes are narrowed, and unknown ones are no reason to refuse")
    func scopes() async throws {
        let bench = try InProcessServer()
        let unknown = await bench.register(Self.body(#""scope":"address microprofile-jwt organization phone""#))
        #expect(unknown.status == 201)
        #expect(unknown["scope"] == nil)
        let some = await bench.register(Self.body(#""scope":"phone mcp.tools offline_access""#))
        #expect(some["scope"] == "mcp.tools offline_access")
    }

    @Test("F12 what a client may not choose, and what nobody knows, is passed over")
    func ignored() async throws {
        let bench = try InProcessServer()
        let reply = await bench.register(
            Self.body(
                #""client_id":"cid_mcp","client_secret":"s","registration_access_token":"t","resource":"https://x""#))
        #expect(reply.status == 201)
        #expect(reply["client_id"] != "cid_mcp" && reply["client_secret"] != "s")
    }

    @Test("registration that is closed says so, and other methods are not allowed")
    func closed() async throws {
        for change: (inout RuntimeConfig) -> Void in [{ $0.dcr = .off }, { $0.registrationMethods = [.predefined] }] {
            #expect(try await InProcessServer(change: change).register(Self.chatgpt).status == 403)
        }
        let bench = try InProcessServer()
        for method in [HTTPMethod.get, .put, .delete, .patch] {
            let reply = await bench.ask(bench.registration, method)
            #expect(reply.status == 405)
            #expect(reply.headers["Allow"] == "POST")
        }
    }

    @Test("F28 in mode static-client the answer is our public client, never a secret and never the upstream's")
    func staticClient() async throws {
        let bench = try InProcessServer { config in
            config.dcr = .staticClient
            config.clients.insert(Sample.client("upstream-client"), at: 0)
            for index in config.resources.indices { config.resources[index].clientID = "cid_mcp" }
        }
        for method in ["none", "client_secret_basic"] {
            let reply = await bench.register(
                Self.body(#""token_endpoint_auth_method":"\#(method)","client_name":"ChatGPT""#))
            #expect(reply.status == 201)
            #expect(reply["client_id"] == "cid_mcp")
            #expect(reply["token_endpoint_auth_method"] == "none")
            #expect(reply["client_secret"] == nil && reply["registration_access_token"] == nil)
            #expect(reply["registration_client_uri"] == nil)
            #expect(!String(decoding: reply.body, as: UTF8.self).contains("upstream"))
        }
        #expect(try await bench.hasNoClients())
        #expect(await bench.register(Self.redirects(["https://evil.example/cb"])).outcome == "400 invalid_redirect_uri")
        let elsewhere = await bench.register(Self.redirects(["https://chatgpt.com/other"]))
        #expect(elsewhere.outcome == "400 invalid_redirect_uri")
    }

    @Test("F47 the shared client does for every connector, and without one of that kind there is no answer to give")
    func sharedAmongConnectors() async throws {
        // Two connectors with a client of its own each.
        let bench = try InProcessServer { config in
            config.dcr = .staticClient
            config.clients = [Sample.client("cid_mcp"), Sample.client("cid_other")]
        }
        #expect(await bench.register(Self.chatgpt).status == 403)
        let common = try InProcessServer { config in
            config.dcr = .staticClient
            config.clients = [Sample.client("cid_mcp"), Sample.client("cid_other"), Sample.client("cid_all")]
        }
        #expect(await common.register(Self.body("\"x\":1"))["client_id"] == "cid_all")
        // What it is for is what its requests say.
        let client = try #require(try await common.services.clients.client("cid_all", for: .token, from: ""))
        #expect(throws: Rejection.resource(.ambiguous)) {
            try common.services.policy.resources.implied(by: [], of: client)
        }
        // So does one that all of them advertise.
        let advertised = try InProcessServer { config in
            config.dcr = .staticClient
            for index in config.resources.indices { config.resources[index].clientID = "cid_other" }
        }
        #expect(await advertised.register(Self.body("\"x\":1"))["client_id"] == "cid_other")
        let other = try #require(try await advertised.services.clients.client("cid_other", for: .token, from: ""))
        #expect(throws: Rejection.resource(.ambiguous)) {
            try advertised.services.policy.resources.implied(by: [], of: other)
        }
    }

    @Test("F48 an application registers what the spec lists, and is told where to list what it does not")
    func applications() async throws {
        let bench = try InProcessServer { config in
            config.redirects += ["com.raycast:/oauth", "vscode://publisher.ext/cb", "workbuddy://oauth/a%3Ab"].map {
                RuntimeConfig.Redirect(uri: $0, match: .exact)
            }
        }
        for uri in [
            "com.raycast:/oauth", "vscode://publisher.ext/cb", "vscode://publisher.ext/other",
            "workbuddy://oauth/a%3Ab",
        ] {
            #expect(await bench.register(Self.redirects([uri])).status == 201, "\(uri)")
        }
        for uri in ["com.raycast:/other", "vscode://other.ext/cb", "com.other:/oauth", "com.other://a/cb"] {
            let reply = await bench.register(Self.redirects([uri]))
            #expect(reply.outcome == "400 invalid_redirect_uri", "\(uri)")
            #expect(reply["error_description"]?.contains("trusted_redirects") == true, "\(uri)")
        }
        for uri in ["intent://publisher.ext/cb", "javascript:/oauth", "urn:x:y"] {
            let reply = await bench.register(Self.redirects([uri]))
            #expect(reply.outcome == "400 invalid_redirect_uri", "\(uri)")
            #expect(reply["error_description"]?.contains("trusted_redirects") == false, "\(uri)")
        }
    }

    @Test("F28 without a public client of ours there is no answer to give")
    func noStaticClient() async throws {
        let bench = try InProcessServer { config in
            config.dcr = .staticClient
            config.clients = [Sample.client("upstream-client")]
        }
        #expect(await bench.register(Self.chatgpt).status == 403)
    }
}

extension InProcessServer {
    fileprivate init(change: (inout RuntimeConfig) -> Void) throws {
        try self.init(store: MemoryOAuthStore(), change)
    }
}

extension JSON {
    fileprivate var text: String { String(decoding: encoded(.compact), as: UTF8.self) }
}
