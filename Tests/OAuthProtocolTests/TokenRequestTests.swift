import ContentDigest
import JSONSyntax
import OAuthModel
import OAuthProtocol
import RuntimeConfig
import TestSupport
import Testing

@Suite("Token requests")
struct TokenRequestTests {
    private static let resources = ResourceIndicators([Sample.resource()])
    private static let code: [(String, String)] = [
        ("grant_type", "authorization_code"), ("code", "cgac_1"), ("redirect_uri", Flow.callback),
        ("code_verifier", Flow.verifier), ("client_id", "c1"),
    ]
    private static let refresh: [(String, String)] = [
        ("grant_type", "refresh_token"), ("refresh_token", "cgrt_1"), ("client_id", "c1"),
    ]

    private func rejection(_ pairs: [(String, String)]) -> Rejection? {
        do throws(Rejection) {
            let form = ParameterList(pairs)
            switch try GrantType(form) {
            case .authorizationCode: _ = try AuthorizationCodeRequest(form, resources: Self.resources)
            case .refreshToken: _ = try RefreshTokenRequest(form, resources: Self.resources)
            }
            return nil
        } catch {
            return error
        }
    }

    private func with(_ pairs: [(String, String)], _ name: String, _ value: String?) -> [(String, String)] {
        pairs.filter { $0.0 != name } + (value.map { [(name, $0)] } ?? [])
    }

    @Test("D01 a code request is read whole")
    func valid() throws {
        let redemption = try AuthorizationCodeRequest(
            ParameterList(Self.code + [("resource", "https://MCP.example.com:443/mcp")]), resources: Self.resources)
        #expect(redemption.code == "cgac_1")
        #expect(redemption.redirectURI == Flow.callback)
        #expect(redemption.verifier == Flow.verifier)
        #expect(redemption.resource == "https://mcp.example.com/mcp")
    }

    @Test("E01 a refresh without resource and scope keeps the grant's")
    func refresh() throws {
        let refresh = try RefreshTokenRequest(ParameterList(Self.refresh), resources: Self.resources)
        #expect(refresh.refreshToken == "cgrt_1")
        #expect(refresh.scopes == nil)
        #expect(refresh.resource == nil)
    }

    @Test("D07 a verifier that is missing or no verifier is refused before the store is asked")
    func verifiers() {
        #expect(rejection(with(Self.code, "code_verifier", nil))?.wire.code == .invalidRequest)
        let bad = [String(repeating: "a", count: 42), String(repeating: "a", count: 129), Flow.verifier + "+", "ä"]
        for verifier in bad {
            #expect(rejection(with(Self.code, "code_verifier", verifier))?.wire.code == .invalidGrant)
        }
    }

    @Test("D07 only the right verifier satisfies a challenge")
    func challenge() throws {
        let challenge = try CodeChallenge(Flow.challenge, method: "S256")
        #expect(challenge.isSatisfied(by: Flow.verifier, sha256: SHA256.hash))
        #expect(!challenge.isSatisfied(by: Flow.verifier + "a", sha256: SHA256.hash))
        #expect(!challenge.isSatisfied(by: Flow.challenge, sha256: SHA256.hash))
        #expect(!challenge.isSatisfied(by: Flow.verifier) { _ in [] })
    }

    @Test("D09 a redirect URI is that of the authorization request, and OAuth 2.1 leaves it out")
    func redirectMismatch() {
        func refusal(_ sent: String?) -> WireError? {
            do throws(Rejection) {
                try GrantChecks.checkRedirectURI(sent, of: Flow.callback)
                return nil
            } catch {
                return error.wire
            }
        }
        #expect(refusal(Flow.callback) == nil)
        #expect(refusal(nil) == nil)
        for other in [Flow.callback + "/", "https://evil.example/cb"] {
            #expect(refusal(other)?.code == .invalidGrant)
            #expect(refusal(other)?.description.contains("redirect_uri") == true)
        }
    }

    @Test("D42 a resource that is named twice is still one")
    func repeatedResource() {
        for spelling in ["https://mcp.example.com/mcp", "https://MCP.example.com:443/mcp"] {
            let twice = [("resource", "https://mcp.example.com/mcp"), ("resource", spelling)]
            #expect(rejection(Self.code + twice) == nil)
            #expect(rejection(Self.refresh + twice) == nil)
        }
    }

    @Test("D10 a resource that is foreign or has a fragment is an invalid target")
    func resource() {
        for value in ["https://x.example/mcp", "https://mcp.example.com/mcp#a", "mcp", "https://mcp.example.com/mcp/"] {
            #expect(rejection(Self.code + [("resource", value)])?.wire.code == .invalidTarget)
            #expect(rejection(Self.refresh + [("resource", value)])?.wire.code == .invalidTarget)
        }
        let ours = ("resource", "https://mcp.example.com/mcp")
        let theirs = ("resource", "https://x.example/mcp")
        #expect(rejection(Self.code + [ours, theirs])?.wire.code == .invalidTarget)
        #expect(throws: Rejection.resource(.otherThanGranted)) {
            try GrantChecks.checkResource("https://mcp.example.com/two", of: "https://mcp.example.com/mcp")
        }
    }

    @Test(
        "D12 the content type is one form",
        arguments: [
            ([], false), (["application/json"], false), (["multipart/form-data; boundary=x"], false),
            (["application/json, application/x-www-form-urlencoded"], false),
            (["application/x-www-form-urlencoded", "application/x-www-form-urlencoded"], false),
            (["application/x-www-form-urlencodedX"], false), ([""], false),
            (["application/x-www-form-urlencoded"], true),
            (["Application/X-WWW-Form-URLencoded ; charset=UTF-8"], true),
        ] as [([String], Bool)])
    func contentType(types: [String], isAccepted: Bool) {
        let head = FormHead(method: "POST", contentTypes: types)
        #expect(((try? head.check()) != nil) == isAccepted)
    }

    @Test("D15 GET is answered with the method that works")
    func get() {
        #expect(throws: Rejection.wrongMethod(allowed: ["POST"])) {
            try FormHead(method: "GET", contentTypes: []).check()
        }
        let wire = Rejection.wrongMethod(allowed: ["POST"]).wire
        #expect(wire.status == 405)
        #expect(wire.fields.contains(ResponseField("Allow", "POST")))
    }

    @Test("D16 no parameter comes twice, known or not, empty or not")
    func repetition() {
        for name in ["code", "client_id", "grant_type", "code_verifier", "made_up"] {
            #expect(rejection(Self.code + [(name, ""), (name, "")])?.wire.code == .invalidRequest, "\(name)")
        }
    }

    @Test("D16 parameters in the query and oversized ones are refused")
    func query() {
        let type = ["application/x-www-form-urlencoded"]
        let head = FormHead(method: "POST", contentTypes: type, query: ParameterList([("client_secret", "x")]))
        #expect(throws: Rejection.parameterInQuery("client_secret")) { try head.check() }
        let other = FormHead(method: "POST", contentTypes: type, query: ParameterList([("utm", "x")]))
        #expect(throws: Never.self) { try other.check() }
        let long = String(repeating: "a", count: 1_025)
        #expect(rejection(with(Self.code, "code", long)) == .oversizedParameter("code", limit: 1_024))
        let many = (0..<70).map { ("p\($0)", "") }
        #expect(rejection(Self.code + many) == .tooManyParameters(limit: 64))
    }

    @Test(
        "D17 grant types that do not exist here",
        arguments: [
            (nil, "invalid_request"), ("", "invalid_request"), ("password", "unsupported_grant_type"),
            ("implicit", "unsupported_grant_type"), ("client_credentials", "unsupported_grant_type"),
            ("Authorization_Code", "unsupported_grant_type"),
        ] as [(String?, String)])
    func grantTypes(name: String?, code: String) {
        #expect(rejection(with(Self.code, "grant_type", name))?.wire.code.rawValue == code)
    }

    @Test("D17 a client gets the grants it registered")
    func unregistered() throws {
        var client = Flow.client()
        client.grantTypes = [.authorizationCode]
        #expect(throws: Rejection.unregisteredGrantType) { try client.checkGrantType(.refreshToken) }
        #expect(throws: Never.self) { try client.checkGrantType(.authorizationCode) }
    }

    @Test("E09 a refresh may name less, and less again does not last")
    func scopes() throws {
        let granted = ["mcp.tools", "offline_access"]
        #expect(try Scopes.refreshed(["mcp.tools"], of: granted) == ["mcp.tools"])
        #expect(try Scopes.refreshed(nil, of: granted) == granted)
        #expect(throws: Rejection.scope(.widened)) { try Scopes.refreshed(["mcp.tools", "admin"], of: granted) }
    }

    @Test("D01 the answer is JSON that nobody caches")
    func response() throws {
        let response = TokenResponse(
            accessToken: "cgat_1", expiresIn: 3_600, refreshToken: "cgrt_1", scopes: ["mcp.tools", "openid"])
        #expect(
            String(decoding: response.body, as: UTF8.self)
                == #"{"access_token":"cgat_1","token_type":"Bearer","expires_in":3600,"refresh_token":"cgrt_1","#
                + #""scope":"mcp.tools openid"}"#)
        #expect(response.fields.contains(ResponseField("Cache-Control", "no-store")))
        #expect(response.fields.contains(ResponseField("Pragma", "no-cache")))
    }

    @Test("property, seed 21: parameters are found, counted and refused as a simple model says")
    func parameterProperty() {
        var generator = SeededGenerator(seed: 21)
        let names = ["code", "state", "scope", "resource", "x", "y", ""]
        for _ in 0..<5_000 {
            let pairs = (0..<Int.random(in: 0..<8, using: &generator)).map { _ -> (String, String) in
                let value = ["", "v", "w"][Int.random(in: 0..<3, using: &generator)]
                return (names[Int.random(in: 0..<names.count, using: &generator)], value)
            }
            let list = ParameterList(pairs)
            let counted = Dictionary(grouping: pairs.filter { $0.0 != "resource" }, by: \.0)
            let isRepeated = counted.values.contains { $0.count > 1 }
            #expect(((try? list.checkRepetition()) == nil) == isRepeated)
            let codes = pairs.filter { $0.0 == "code" }
            if codes.count < 2 {
                let expected = codes.first.flatMap { $0.1.isEmpty ? nil : $0.1 }
                #expect((try? list.value(.code)) == .some(expected))
            } else {
                #expect((try? list.value(.code)) == nil)
            }
            #expect(list.values(.resource).count == pairs.filter { $0.0 == "resource" && !$0.1.isEmpty }.count)
        }
    }
}
