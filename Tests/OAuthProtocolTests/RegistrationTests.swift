import JSONSyntax
import OAuthModel
import OAuthProtocol
import RuntimeConfig
import TestSupport
import Testing

@Suite("Registration")
struct RegistrationTests {
    static func policy(
        _ config: RuntimeConfig = Flow.config(), enforceClientURIHosts: Bool = true, reserved: [String] = []
    ) -> RegistrationPolicy {
        var config = config
        config.enforceClientURIHosts = enforceClientURIHosts
        return RegistrationPolicy(config, policy: AuthorizationPolicy(config), reservedNames: reserved)
    }

    private static let minimal = #""redirect_uris":["https://chatgpt.com/connector_platform_oauth_redirect"]"#

    private func metadata(
        _ members: String, policy: RegistrationPolicy = Self.policy()
    ) throws(Rejection) -> ClientMetadata {
        try ClientMetadata(registration: Array("{\(members)}".utf8), policy: policy)
    }

    private func code(_ body: String, policy: RegistrationPolicy = Self.policy()) -> String? {
        do throws(Rejection) {
            _ = try ClientMetadata(registration: Array(body.utf8), policy: policy)
            return nil
        } catch {
            return "\(error.wire.status) \(error.wire.code.rawValue)"
        }
    }

    private func codeOf(redirects: String..., extra: String = "") -> String? {
        code("{\"redirect_uris\":[\(redirects.map { "\"\($0)\"" }.joined(separator: ","))]\(extra)}")
    }

    @Test("F01 F02 a minimal body gets the defaults and a secret")
    func minimal() throws {
        let metadata = try metadata(Self.minimal)
        #expect(metadata.authMethod == .clientSecretBasic)
        #expect(metadata.needsSecret)
        #expect(metadata.grantTypes == [.authorizationCode, .refreshToken])
        #expect(metadata.applicationType == .web)
        let response = RegistrationResponse(
            clientID: "c9", issued: 1_000, metadata: metadata, secret: "cgcs_1",
            management: RegistrationResponse.Management(uri: "https://i.example/register/c9", accessToken: "r1"))
        let json = try JSON.parse(response.body)
        #expect(json["client_id"]?.string == "c9")
        #expect(json["client_id_issued_at"]?.int == 1_000)
        #expect(json["client_secret"]?.string == "cgcs_1")
        #expect(json["client_secret_expires_at"]?.int == 0)
        #expect(json["response_types"] == ["code"])
        #expect(json["registration_client_uri"]?.string == "https://i.example/register/c9")
        #expect(json["registration_access_token"]?.string == "r1")
        #expect(json["redirect_uris"]?[0]?.string == "https://chatgpt.com/connector_platform_oauth_redirect")
        #expect(response.fields.contains(ResponseField("Cache-Control", "no-store")))
    }

    @Test("F02 the answer has the method that was asked for, and a public client has no secret")
    func methods() throws {
        for method in ["none", "client_secret_post", "client_secret_basic"] {
            let metadata = try metadata(Self.minimal + ",\"token_endpoint_auth_method\":\"\(method)\"")
            let response = RegistrationResponse(
                clientID: "c", issued: 1, metadata: metadata, secret: "s", management: nil)
            let json = try JSON.parse(response.body)
            #expect(json["token_endpoint_auth_method"]?.string == method)
            #expect((json["client_secret"] == nil) == (method == "none"))
            #expect((json["client_secret_expires_at"] == nil) == (method == "none"))
        }
        for method in ["client_secret_jwt", "private_key_jwt", "", "NONE"] where !method.isEmpty {
            let body = "{\(Self.minimal),\"token_endpoint_auth_method\":\"\(method)\"}"
            #expect(code(body) == "400 invalid_client_metadata")
        }
    }

    @Test("F40 what registers with more than this server has is told what it may use, as long as something is left")
    func leniency() throws {
        func registered(_ redirects: [String], _ more: String = "") throws -> [String] {
            let list = redirects.map { "\"\($0)\"" }.joined(separator: ",")
            return try metadata("\"redirect_uris\":[\(list)]" + more).redirectURIs
        }
        let good = "https://chatgpt.com/a"
        #expect(try registered([good, good]) == [good])
        for foreign in ["https://evil.example/cb", "myapp://callback", "https://chatgpt.com:8443/cb"] {
            #expect(try registered([foreign, good]) == [good], "\(foreign)")
        }
        #expect(try registered(["http://localhost/cb", good], #","application_type":"web""#) == [good])
        #expect(try registered([good], #","response_types":["code","none"]"#) == [good])
        // Nobody who means well sends these, whatever stands beside them.
        for hostile in [
            "javascript:alert(1)", "https://chatgpt.com/*", "https://chatgpt.com/cb#x", "http://evil.example/",
        ] {
            #expect(codeOf(redirects: "\(good)\",\"\(hostile)") == "400 invalid_redirect_uri", "\(hostile)")
        }
    }

    @Test("F41 each refusal of a redirect says what it is about")
    func redirectTexts() {
        func text(_ redirect: String, _ more: String = "") -> String? {
            do throws(Rejection) {
                _ = try ClientMetadata(
                    registration: Array("{\"redirect_uris\":[\"\(redirect)\"]\(more)}".utf8), policy: Self.policy())
                return nil
            } catch {
                return error.wire.description
            }
        }
        let texts = [
            text("https://evil.example/cb"), text("myapp://callback"),
            text("http://localhost/cb", #","application_type":"web""#), text("https://chatgpt.com/cb#x"),
        ]
        #expect(Set(texts.compactMap(\.self)).count == 4)
    }

    @Test(
        "F46 a refused registration says which host is not listed, and where, also in the log; no other part of the URI"
    )
    func refusedHosts() {
        let cases: [(String, list: String, host: String)] = [
            (#""redirect_uris":["https://evil.example/secret-path"]"#, "trusted_hosts", "evil.example"),
            (#""redirect_uris":["https://chatgpt.com:8443/secret-path"]"#, "trusted_hosts", "chatgpt.com:8443"),
            (#""redirect_uris":["com.example.app:/secret-path"]"#, "trusted_redirects", "com.example.app:"),
            (#""redirect_uris":["vscode://publisher.ext/secret-path"]"#, "trusted_redirects", "vscode://publisher.ext"),
            (Self.minimal + #","client_uri":"https://pages.example/secret-path""#, "client_uri_hosts", "pages.example"),
        ]
        for (members, list, host) in cases {
            do throws(Rejection) {
                _ = try metadata(members)
                Issue.record("\(members) is admitted")
            } catch {
                #expect(error.wire.description.contains(" \(host), "), "\(error.wire.description)")
                #expect(error.wire.description.contains(list), "\(error.wire.description)")
                #expect(error.reason.hasSuffix(" " + host), "\(error.reason)")
                #expect(!"\(error.wire.body) \(error.reason)".contains("secret-path"))
            }
        }
        let long = String(repeating: "a", count: 63) + "." + String(repeating: "b", count: 63) + ".example"
        #expect(Rejection.registrationRedirect(.foreignHost(long)).wire.body.utf8.count <= 200)
    }

    @Test("D40 a client that named no method is told the default and may use either, also once it was stored")
    func unnamedMethod() throws {
        let either = Set(AuthenticationMethod.withSecret)
        let unnamed = try metadata(Self.minimal)
        let named = try metadata(Self.minimal + #","token_endpoint_auth_method":"client_secret_basic""#)
        let cases: [(ClientMetadata, Set<AuthenticationMethod>)] = [
            (unnamed, either), (named, [.clientSecretBasic]),
        ]
        for (metadata, methods) in cases {
            #expect(metadata.authMethod == .clientSecretBasic)
            #expect(metadata.record(id: "x").authMethods == methods)
            let read = try #require(ClientMetadata(stored: metadata.storedText))
            #expect(read == metadata)
            #expect(!metadata.members.contains { $0.name.hasSuffix("is_default") })
        }
    }

    @Test("F04 redirect_uris is a list of 1 to 50 different ones")
    func redirectList() {
        let bodies = [
            "{}", #"{"redirect_uris":[]}"#, #"{"redirect_uris":null}"#, #"{"redirect_uris":"https://chatgpt.com/a"}"#,
            #"{"redirect_uris":[1]}"#, #"{"redirect_uris":[null]}"#,
            "{\"redirect_uris\":[\((0..<51).map { "\"https://chatgpt.com/\($0)\"" }.joined(separator: ","))]}",
        ]
        for body in bodies { #expect(code(body)?.hasPrefix("400 invalid_") == true, "\(body)") }
        let most = "{\"redirect_uris\":[\((0..<50).map { "\"https://chatgpt.com/\($0)\"" }.joined(separator: ","))]}"
        #expect(code(most) == nil)
    }

    @Test(
        "F05 F06 a redirect to a host that is not trusted is refused",
        arguments: [
            "https://evil.example/cb", "https://chatgpt.com.evil/cb", "https://evilchatgpt.com/cb",
            "https://chatgpt.com@evil.example/cb", "https://CHATGPT.com./cb", "https://xn--chatgp-xyz.com/cb",
            "https://chatgpt.com:8443/cb", "https://chatgpt.com:443/cb", "https://www.chatgpt.com/cb",
            "http://chatgpt.com/cb", "https://chatgpt.com/*", "https://*.chatgpt.com/cb", "https://chatgpt.com/cb#x",
            "https://chatgpt.com/a/../b", "javascript:alert(1)", "data:text/html,x", "myapp://callback",
            "cursor://evil/oauth/callback", "cursor:/anysphere.cursor-mcp", "https://oauth2.slack.com/other",
            "http://127.0.0.2/cb", "http://localhost.evil.example/cb",
        ])
    func foreignRedirect(uri: String) {
        #expect(codeOf(redirects: uri) == "400 invalid_redirect_uri")
        // Beside a good one it is refused too, or left out; it is never among those that the client has.
        let both = #""redirect_uris":["https://chatgpt.com/ok","\#(uri)"]"#
        #expect((try? metadata(both).redirectURIs) ?? ["https://chatgpt.com/ok"] == ["https://chatgpt.com/ok"])
    }

    @Test(
        "F06 trusted hosts in any case, the deployment's redirects, loopback and listed applications are taken",
        arguments: [
            "https://CHATGPT.com/cb", "https://chatgpt.com/connector/oauth/abc",
            "https://oauth2.slack.com/external/auth/callback", "http://127.0.0.1:5000/callback/x",
            "http://localhost:3334/oauth/callback", "http://[::1]/cb", "cursor://anysphere.cursor-mcp/oauth/callback",
            "cursor://anysphere.cursor-mcp/oauth/user-1/callback",
        ])
    func knownRedirect(uri: String) throws {
        let metadata = try metadata("\"redirect_uris\":[\"\(uri)\"]")
        #expect(metadata.redirectURIs == [uri])
        #expect(metadata.record(id: "c").redirects.map(\.uri) == [uri])
    }

    @Test("F07 client URIs are https, and on trusted hosts where that is asked for")
    func clientURIs() {
        for member in ["client_uri", "logo_uri", "tos_uri", "policy_uri", "jwks_uri"] {
            for uri in ["javascript:alert(1)", "http://chatgpt.com/x", "https://u@chatgpt.com/", "x"] {
                let body = "{\(Self.minimal),\"\(member)\":\"\(uri)\"}"
                #expect(code(body, policy: Self.policy(enforceClientURIHosts: false)) == "400 invalid_client_metadata")
            }
            let foreign = "{\(Self.minimal),\"\(member)\":\"https://evil.example/x\"}"
            #expect(code(foreign) == "400 invalid_client_metadata")
            #expect(code("{\(Self.minimal),\"\(member)\":\"https://chatgpt.com/x\"}") == nil)
        }
        let page = "{\(Self.minimal),\"client_uri\":\"https://github.com/x\"}"
        #expect(code(page, policy: Self.policy(enforceClientURIHosts: false)) == nil)
    }

    @Test("F07 a host for pages is none for redirects and keys")
    func clientURIHosts() {
        var config = Flow.config()
        config.clientURIHosts = ["github.com"]
        let policy = Self.policy(config)
        for member in ["client_uri", "logo_uri", "tos_uri", "policy_uri"] {
            #expect(code("{\(Self.minimal),\"\(member)\":\"https://GitHub.com/x\"}", policy: policy) == nil)
        }
        let keys = "{\(Self.minimal),\"jwks_uri\":\"https://github.com/keys\"}"
        #expect(code(keys, policy: policy) == "400 invalid_client_metadata")
        let redirect = #"{"redirect_uris":["https://github.com/cb"]}"#
        #expect(code(redirect, policy: policy) == "400 invalid_redirect_uri")
    }

    @Test("a pattern means the names below its domain, and no other")
    func hostPatterns() {
        let list = HostList(["chatgpt.com", "*.Example.org"])
        for host in ["chatgpt.com", "CHATGPT.com", "a.example.org", "a.b.EXAMPLE.org"] {
            #expect(list.contains(host), "\(host)")
        }
        for host in [
            "", ".", "example.org", ".example.org", "a..example.org", "evilexample.org", "a.example.org.evil.net",
            "x.chatgpt.com", "*.example.org.", "org",
        ] {
            #expect(!list.contains(host), "\(host)")
        }
    }

    @Test(
        "F09 flows that do not exist here are refused",
        arguments: [
            #""response_types":["token"]"#, #""response_types":["code","token"]"#, #""response_types":[]"#,
            #""grant_types":["implicit"]"#, #""grant_types":["authorization_code","password"]"#,
            #""grant_types":["refresh_token"]"#, #""grant_types":["client_credentials"]"#, #""grant_types":[]"#,
            #""grant_types":"authorization_code""#,
        ])
    func flows(members: String) {
        #expect(code("{\(Self.minimal),\(members)}") == "400 invalid_client_metadata")
    }

    @Test("F09 grants of other servers are left out of the answer")
    func narrowedGrants() throws {
        let members = #","grant_types":["authorization_code","urn:ietf:params:oauth:grant-type:jwt-bearer"]"#
        #expect(try metadata(Self.minimal + members).grantTypes == [.authorizationCode])
    }

    @Test("F11 application_type is inferred, and contradictions are refused")
    func applicationType() throws {
        #expect(try metadata(#""redirect_uris":["http://localhost:1/cb"]"#).applicationType == .native)
        let cursor = #""redirect_uris":["cursor://anysphere.cursor-mcp/oauth/callback"]"#
        #expect(try metadata(cursor).applicationType == .native)
        #expect(codeOf(redirects: "http://localhost/cb", extra: #","application_type":"web""#) != nil)
        #expect(codeOf(redirects: "http://evil.example/cb", extra: #","application_type":"native""#) != nil)
        #expect(codeOf(redirects: "https://chatgpt.com/cb", extra: #","application_type":"native""#) == nil)
        #expect(codeOf(redirects: "https://chatgpt.com/cb", extra: #","application_type":"robot""#) != nil)
    }

    @Test("F12 what is no JSON object is refused, and a body that is too large by its own status")
    func malformed() {
        let deep = String(repeating: "[", count: 10_000)
        let bodies = [
            "", "[]", "null", "\"str\"", "{", "{}x", deep, "{\"a\":\(deep)}",
            #"{"redirect_uris":[],"redirect_uris":[]}"#,
        ]
        for body in bodies { #expect(code(body)?.hasPrefix("400 ") == true) }
        #expect(code("{\"x\":\"" + String(repeating: "a", count: 2 << 20) + "\"}") == "413 invalid_client_metadata")
        let invalid = Array("{\"x\":\"".utf8) + [0xFF] + Array("\"}".utf8)
        #expect(throws: Rejection.registration(.notJSON)) {
            try ClientMetadata(registration: invalid, policy: Self.policy())
        }
    }

    @Test("F12 registration takes JSON by POST while it is open")
    func head() {
        let json = ["application/json"]
        func rejection(_ method: String, _ types: [String], _ dcr: DynamicRegistration) -> Rejection? {
            do throws(Rejection) {
                try RegistrationHead(method: method, contentTypes: types).check(dcr)
                return nil
            } catch {
                return error
            }
        }
        #expect(rejection("POST", json, .dynamic) == nil)
        #expect(rejection("POST", ["application/json; charset=utf-8"], .staticClient) == nil)
        #expect(rejection("POST", json, .off) == .registrationClosed)
        #expect(rejection("GET", json, .dynamic) == .wrongMethod(allowed: ["POST"]))
        #expect(rejection("POST", ["text/plain"], .dynamic) == .wrongContentType)
        #expect(rejection("POST", [], .dynamic) == .wrongContentType)
    }

    @Test("F15 a missing or wrong registration token is 401 with a challenge")
    func token() {
        let wire = Rejection.registrationToken.wire
        #expect(wire.status == 401)
        #expect(wire.code == .invalidToken)
        #expect(wire.fields.contains { $0.name == "WWW-Authenticate" })
    }

    @Test("F17 names are short and hold nothing that turns or hides text; reserved ones are refused")
    func names() throws {
        func name(_ text: String) throws -> String? {
            let encoded = String(decoding: JSON.string(text).encoded(.compact), as: UTF8.self)
            return try metadata(Self.minimal + ",\"client_name\":\(encoded)").name
        }
        #expect(try name(String(repeating: "a", count: 10_240))?.count == 256)
        #expect(try name(" a\u{202E}b\u{0}c\u{200B}\r\nd\u{2066} ") == "abcd")
        #expect(try name("<b>\"Ümläut & Söhne\"</b>") == "<b>\"Ümläut & Söhne\"</b>")
        #expect(try name("\u{202E}") == nil)
        let body = "{\(Self.minimal),\"client_name\":\"chatgpt\"}"
        #expect(code(body, policy: Self.policy(reserved: ["ChatGPT"])) == "400 invalid_client_metadata")
    }

    @Test("F19 unknown scopes are left out, never refused")
    func scopes() throws {
        let known = try metadata(Self.minimal + #","scope":"mcp.tools address microprofile-jwt organization phone""#)
        #expect(known.scopes == ["mcp.tools"])
        #expect(try metadata(Self.minimal + #","scope":"address phone""#).scopes == nil)
        #expect(try metadata(Self.minimal).scopes == nil)
    }

    @Test("members that are not the client's, and unknown ones, change nothing")
    func ignored() throws {
        let extra = #","client_id":"mine","client_secret":"x","registration_access_token":"y","resource":"z","x":{}"#
        #expect(try metadata(Self.minimal + extra) == metadata(Self.minimal))
    }

    @Test(
        "F25 an update names its client and nothing that is the server's",
        arguments: [
            #""client_id":"other""#, #""x":1"#, #""client_id":"c9","client_secret_expires_at":0"#,
            #""client_id":"c9","registration_access_token":"r""#, #""client_id":"c9","registration_client_uri":"u""#,
            #""client_id":"c9","client_id_issued_at":1"#,
        ])
    func refusedUpdate(members: String) {
        #expect(throws: Rejection.self) {
            try RegistrationUpdate(
                body: Array("{\(Self.minimal),\(members)}".utf8), clientID: "c9", policy: Self.policy())
        }
    }

    @Test("F24 an update is judged like a registration, and its secret is handed on to be compared")
    func update() throws {
        func update(_ redirect: String) throws -> RegistrationUpdate {
            let body = #"{"client_id":"c9","client_secret":"s","redirect_uris":["\#(redirect)"]}"#
            return try RegistrationUpdate(body: Array(body.utf8), clientID: "c9", policy: Self.policy())
        }
        #expect(try update("https://chatgpt.com/new").secret == "s")
        #expect(throws: Rejection.registrationRedirect(.foreignHost("evil.example"))) {
            try update("https://evil.example/new")
        }
    }

    @Test("F28 the static answer is our public client, without a secret, for its own redirects alone")
    func staticClient() throws {
        let ours = Flow.client(["https://chatgpt.com/connector/oauth/{id}"], match: .pattern)
        let metadata = try metadata(
            #""redirect_uris":["https://chatgpt.com/connector/oauth/a"],"client_name":"ChatGPT""#)
        let json = try JSON.parse(RegistrationResponse(static: ours, metadata: metadata, issued: 1).body)
        #expect(json["client_id"]?.string == "c1")
        #expect(json["client_secret"] == nil)
        #expect(json["token_endpoint_auth_method"]?.string == "none")
        let foreign = try self.metadata(#""redirect_uris":["https://chatgpt.com/other"]"#)
        #expect(throws: Rejection.registrationRedirect(.unregistered)) {
            try RegistrationResponse(static: ours, metadata: foreign, issued: 1)
        }
        let confidential = Flow.client(method: .clientSecretPost)
        #expect(throws: Rejection.registrationClosed) {
            try RegistrationResponse(static: confidential, metadata: metadata, issued: 1)
        }
    }

    @Test("property, seed 31: no JSON makes registration fail otherwise than by a 4xx")
    func hostile() {
        var generator = SeededGenerator(seed: 31)
        let names = ["redirect_uris", "grant_types", "scope", "client_name", "jwks_uri", "application_type", "x"]
        let values = [
            "null", "1", "\"\"", "[]", "{}", "[1]", "[\"https://chatgpt.com/\"]", "\"web\"", "[[]]", "true",
            "\"\\u0000\"", "\"mcp.tools\"", "[\"code\"]",
        ]
        let policy = Self.policy()
        for _ in 0..<5_000 {
            let chosen = names.shuffled(using: &generator).prefix(Int.random(in: 0..<7, using: &generator))
            let members = chosen.map { name in
                "\"\(name)\":\(values[Int.random(in: 0..<values.count, using: &generator)])"
            }
            if let found = code("{\(members.joined(separator: ","))}", policy: policy) {
                #expect(found.hasPrefix("400 invalid_"))
            }
        }
    }
}
