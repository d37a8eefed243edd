import JSONSyntax
import OAuthModel
import OAuthProtocol
import RuntimeConfig
import TestSupport
import Testing

@Suite("Client authentication")
struct ClientAuthenticationTests {
    private static let issuer = "https://mcp.example.com/mcp"
    private static let endpoint = "https://mcp.example.com/mcp/token"
    private static let now = 1_000_000

    private func base64(_ text: String) -> String { Base64Writer.standard(Array(text.utf8)) }

    private func outcome(
        authorization: [String] = [], form: [(String, String)] = [("client_id", "c1")], client: ClientRecord?,
        audience: AssertionAudience = .issuerOrTokenEndpoint, isSigned: Bool = true
    ) throws(Rejection) -> ClientAuthentication.Outcome {
        let presented = try PresentedCredentials(authorization: authorization, form: ParameterList(form))
        let authentication = ClientAuthentication(
            methods: [.none, .clientSecretPost, .clientSecretBasic, .privateKeyJWT],
            assertions: AssertionPolicy(issuer: Self.issuer, tokenEndpoint: Self.endpoint, audience: audience))
        return try authentication.outcome(
            presented, client: client, now: Self.now, matches: { Array($0.utf8) == $1 }, verifies: { _ in isSigned })
    }

    private func rejection(
        authorization: [String] = [], form: [(String, String)] = [("client_id", "c1")], client: ClientRecord?,
        audience: AssertionAudience = .issuerOrTokenEndpoint, isSigned: Bool = true
    ) -> Rejection? {
        do throws(Rejection) {
            _ = try outcome(
                authorization: authorization, form: form, client: client, audience: audience, isSigned: isSigned)
            return nil
        } catch {
            return error
        }
    }

    private func confidential(_ method: AuthenticationMethod, _ secrets: ClientRecord.Secret...) -> ClientRecord {
        let known = [ClientRecord.Secret(digest: Array("s3cret".utf8))]
        return Flow.client(method: method, secrets: secrets.isEmpty ? known : secrets)
    }

    private func isBasicChallenge(_ rejection: Rejection?) -> Bool {
        rejection?.wire.fields.contains { $0.name == "WWW-Authenticate" && $0.value.hasPrefix("Basic ") } ?? false
    }

    @Test("each method works for the client that registered it")
    func methods() throws {
        let basic = ["Basic " + base64("c1:s3cret")]
        let post = [("client_id", "c1"), ("client_secret", "s3cret")]
        #expect(try outcome(client: Flow.client()) == .authenticated)
        #expect(try outcome(authorization: basic, form: [], client: confidential(.clientSecretBasic)) == .authenticated)
        #expect(try outcome(form: post, client: confidential(.clientSecretPost)) == .authenticated)
    }

    @Test("D40 a client with a secret that is bound to no method may send it either way, and not both ways at once")
    func eitherMethod() throws {
        var client = confidential(.clientSecretBasic)
        client.authMethods = Set(AuthenticationMethod.withSecret)
        let basic = ["Basic " + base64("c1:s3cret")]
        let post = [("client_id", "c1"), ("client_secret", "s3cret")]
        #expect(try outcome(authorization: basic, form: [], client: client) == .authenticated)
        #expect(try outcome(form: post, client: client) == .authenticated)
        #expect(rejection(authorization: basic, form: post, client: client) == .severalCredentials)
        #expect(rejection(form: [("client_id", "c1")], client: client) == .client(.missingSecret, basic: false))
        let wrong = [("client_id", "c1"), ("client_secret", "other")]
        #expect(rejection(form: wrong, client: client) == .client(.wrongSecret, basic: false))
    }

    @Test("D18 every failure of Basic is the same 401 with the Basic challenge")
    func basicFailures() throws {
        let client = confidential(.clientSecretBasic)
        let fields = [
            "Basic " + base64("c1:wrong"), "Basic " + base64("c1:"), "Basic " + base64(":s3cret"),
            "Basic " + base64("c1"), "Basic ===", "Basic ", "Basic", "Basic " + base64("c1:%zz"),
            "Basic " + base64("c1:s3cret") + "!", "Basic " + base64("c\u{0}1:s3cret"),
        ]
        let unknown = rejection(authorization: [fields[0]], form: [], client: nil)
        for field in fields {
            let found = rejection(authorization: [field], form: [], client: client)
            #expect(found?.wire == unknown?.wire, "\(field)")
            #expect(found?.wire.status == 401)
            #expect(isBasicChallenge(found), "\(field)")
        }
    }

    @Test("D18 without Basic there is no Basic challenge")
    func noChallenge() {
        let failures = [
            rejection(client: nil), rejection(form: [], client: nil),
            rejection(client: confidential(.clientSecretPost)),
            rejection(form: [("client_id", "c1"), ("client_secret", "x")], client: confidential(.clientSecretPost)),
            rejection(authorization: ["Bearer x"], client: Flow.client()),
        ]
        for failure in failures {
            #expect(failure?.wire.code == .invalidClient)
            #expect(!isBasicChallenge(failure))
        }
    }

    @Test("D19 the scheme has no case, id and secret are form-decoded", arguments: ["basic", "BASIC", "BaSiC"])
    func decoding(scheme: String) throws {
        var client = Flow.client(
            method: .clientSecretBasic, secrets: [ClientRecord.Secret(digest: Array("a b:c+%".utf8))])
        client.id = "https://c.example/x"
        let field = scheme + " " + base64("https%3A%2F%2Fc.example%2Fx:a+b%3Ac%2B%25")
        #expect(try outcome(authorization: [field], form: [], client: client) == .authenticated)
    }

    @Test("two ways to authenticate, two fields or two ids are a malformed request")
    func several() {
        let basic = "Basic " + base64("c1:s3cret")
        let client = confidential(.clientSecretBasic)
        let requests: [([String], [(String, String)])] = [
            ([basic], [("client_id", "c1"), ("client_secret", "s3cret")]), ([basic, basic], []),
            ([basic], [("client_assertion", "a.b.c")]), ([basic], [("client_id", "c2")]),
            ([], [("client_id", "c1"), ("client_secret", "s"), ("client_assertion", "a.b.c")]),
        ]
        for (authorization, form) in requests {
            #expect(rejection(authorization: authorization, form: form, client: client) == .severalCredentials)
        }
        #expect(rejection(authorization: [basic], form: [("client_id", "c1")], client: client) == nil)
    }

    @Test("D22 a method that the client did not register is refused, with the right secret too")
    func otherMethod() {
        let post = [("client_id", "c1"), ("client_secret", "s3cret")]
        #expect(rejection(form: post, client: confidential(.clientSecretBasic))?.wire.code == .invalidClient)
        let basic = ["Basic " + base64("c1:s3cret")]
        let found = rejection(authorization: basic, form: [], client: confidential(.clientSecretPost))
        #expect(found == .client(.otherMethod(registered: "client_secret_post"), basic: true))
    }

    @Test("D23 a public client is never more than that, and Basic with an empty secret is nothing more")
    func publicClient() throws {
        let secret = [("client_id", "c1"), ("client_secret", "x")]
        #expect(rejection(form: secret, client: Flow.client())?.wire.code == .invalidClient)
        let basic = ["Basic " + base64("c1:x")]
        #expect(isBasicChallenge(rejection(authorization: basic, form: [], client: Flow.client())))
        let empty = ["Basic " + base64("c1:")]
        #expect(try outcome(authorization: empty, form: [], client: Flow.client()) == .authenticated)
        #expect(rejection(authorization: empty, form: [], client: confidential(.clientSecretBasic)) != nil)
    }

    @Test("E17 a rotated secret works until its overlap ends")
    func rotation() {
        let post = [("client_id", "c1"), ("client_secret", "old")]
        func client(until end: Int) -> ClientRecord {
            confidential(
                .clientSecretPost, ClientRecord.Secret(digest: Array("new".utf8)),
                ClientRecord.Secret(digest: Array("old".utf8), notAfter: end))
        }
        #expect(rejection(form: post, client: client(until: Self.now + 1)) == nil)
        #expect(rejection(form: post, client: client(until: Self.now))?.wire.code == .invalidClient)
        let none = Flow.client(method: .clientSecretPost)
        let decoy = [("client_id", "c1"), ("client_secret", String(repeating: "\0", count: 32))]
        #expect(rejection(form: decoy, client: none)?.wire.code == .invalidClient)
    }

    // MARK: private_key_jwt

    private func assertion(
        _ changes: [String: JSON?] = [:], header: String = #"{"alg":"RS256","kid":"k1"}"#
    ) -> String {
        var claims: [(String, JSON)] = [
            ("iss", "c1"), ("sub", "c1"), ("aud", .string(Self.endpoint)), ("exp", .int(Self.now + 60)), ("jti", "j1"),
        ]
        for (name, value) in changes {
            claims.removeAll { $0.0 == name }
            if let value { claims.append((name, value)) }
        }
        let body = JSON.object(claims.map { JSONMember($0.0, $0.1) }).encoded(.compact)
        return "\(Base64Writer.url(Array(header.utf8))).\(Base64Writer.url(body)).\(Base64Writer.url([1, 2, 3]))"
    }

    private func form(_ assertion: String) -> [(String, String)] {
        [
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", assertion),
        ]
    }

    @Test("D25 D26 a good assertion authenticates and says which use has to be written down")
    func goodAssertion() throws {
        let client = Flow.client(method: .privateKeyJWT)
        let outcome = try outcome(form: form(assertion()), client: client)
        guard case .authenticatedBy(let use) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(use.id == "j1")
        #expect(use.expires == Self.now + 60)
        #expect(try self.outcome(form: form(assertion(["aud": .string(Self.issuer)])), client: client) == outcome)
    }

    @Test("P42 a signature that could not be judged is no verdict on the client")
    func unjudgedAssertion() throws {
        let failure = Rejection.unavailable(.cryptography, retryAfter: 5)
        let authentication = ClientAuthentication(
            methods: [.privateKeyJWT],
            assertions: AssertionPolicy(
                issuer: Self.issuer, tokenEndpoint: Self.endpoint, audience: .issuerOrTokenEndpoint))
        let presented = try PresentedCredentials(authorization: [], form: ParameterList(form(assertion())))
        #expect(throws: failure) {
            try authentication.outcome(
                presented, client: Flow.client(method: .privateKeyJWT), now: Self.now, matches: { _, _ in false },
                verifies: { _ throws(Rejection) in throw failure })
        }
        #expect(failure.wire.status == 503)
    }

    @Test("D41 a client whose clock is half a minute ahead gets in, and one that is further ahead does not")
    func clockAhead() {
        let client = Flow.client(method: .privateKeyJWT)
        func fault(_ ahead: Int) -> Rejection? {
            let now = Self.now + ahead
            let claims: [String: JSON?] = ["nbf": .int(now), "iat": .int(now), "exp": .int(now + 300)]
            return rejection(form: form(assertion(claims)), client: client)
        }
        for ahead in [0, 1, 10, 30] { #expect(fault(ahead) == nil, "\(ahead)") }
        for ahead in [31, 61] { #expect(fault(ahead)?.wire.code == .invalidClient, "\(ahead)") }
        let late = rejection(form: form(assertion(["iat": .int(Self.now + 31)])), client: client)
        #expect(late == .client(.assertion(.notYetValid), basic: false))
    }

    @Test("G12 a client whose document offers none and keys may sign, and then the signature counts")
    func optionalAssertion() throws {
        var client = Flow.client()
        client.keysURI = "https://c.example/jwks"
        #expect(rejection(form: form(assertion()), client: client) == nil)
        #expect(rejection(client: client) == nil)
        #expect(rejection(form: form(assertion()), client: client, isSigned: false)?.wire.code == .invalidClient)
        #expect(rejection(form: form(assertion(["sub": "c2"])), client: client)?.wire.code == .invalidClient)
    }

    @Test("property, seed 22: what a client encodes into Basic is what arrives, and garbage is only refused")
    func basicProperty() throws {
        var generator = SeededGenerator(seed: 22)
        func text(_ alphabet: [UInt8]) -> [UInt8] {
            (0..<Int.random(in: 1..<24, using: &generator)).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
            }
        }
        func escaped(_ bytes: [UInt8]) -> [UInt8] {
            bytes.flatMap { byte -> [UInt8] in
                let hex = Array(String(byte, radix: 16).utf8)
                return [UInt8(ascii: "%")] + (hex.count == 1 ? [UInt8(ascii: "0")] : []) + hex
            }
        }
        for _ in 0..<2_000 {
            let (id, secret) = (text(Array(0x20..<0x7F)), text(Array(0x20..<0x7F)))
            let field = "Basic " + Base64Writer.standard(escaped(id) + [UInt8(ascii: ":")] + escaped(secret))
            let presented = try PresentedCredentials(authorization: [field], form: ParameterList([(String, String)]()))
            #expect(Array(presented.clientID.utf8) == id)
            #expect(presented.proof == .basic(secret: String(decoding: secret, as: UTF8.self)))
            let garbage = "Basic " + String(decoding: text(Array(0x20..<0xFF)), as: UTF8.self)
            guard let found = rejection(authorization: [garbage], form: [], client: nil) else {
                Issue.record("accepted \(garbage)")
                continue
            }
            #expect(found.wire.status == 401)
        }
    }

    @Test("D25 the audience is one string: the issuer, or this token endpoint unless the policy wants the issuer")
    func audience() {
        let client = Flow.client(method: .privateKeyJWT)
        let refused: [JSON?] = [
            nil, .array([.string(Self.issuer)]), .array([.string(Self.issuer), "https://x.example"]),
            "https://x.example/token", .string(Self.issuer + "/"), "", .null, 1,
        ]
        for audience in refused {
            let found = rejection(form: form(assertion(["aud": audience])), client: client)
            #expect(found == .client(.assertion(.audience), basic: false))
        }
        #expect(rejection(form: form(assertion()), client: client, audience: .issuer) != nil)
        let issuer = assertion(["aud": .string(Self.issuer)])
        #expect(rejection(form: form(issuer), client: client, audience: .issuer) == nil)
    }

    @Test("D26 claims, algorithms and headers that make an assertion worthless")
    func badAssertions() {
        let client = Flow.client(method: .privateKeyJWT)
        let now = Self.now
        let bad = [
            assertion(["exp": .int(now)]), assertion(["exp": .int(now + 331)]), assertion(["exp": nil]),
            assertion(["exp": "soon"]), assertion(["iss": "c2"]), assertion(["sub": "c2"]),
            assertion(["iss": "c2", "sub": "c2"]), assertion(["jti": nil]), assertion(["jti": ""]),
            assertion(["nbf": .int(now + 31)]), assertion(header: #"{"alg":"none"}"#),
            assertion(header: #"{"alg":"HS256"}"#), assertion(header: #"{"alg":"RS256","crit":["x"]}"#),
            assertion(header: #"{"alg":"RS256","jku":"https://x.example"}"#),
            assertion(header: #"{"alg":"RS256","b64":false}"#), assertion(header: #"{"alg":"RS256","alg":"none"}"#),
            "a.b", "a.b.c.d", "..", assertion() + "=", "not a token",
        ]
        for text in bad {
            let found = rejection(form: [("client_id", "c1")] + form(text), client: client)
            #expect(found?.wire.code == .invalidClient, "\(text)")
        }
        #expect(
            rejection(form: form(assertion()), client: client, isSigned: false)
                == .client(.assertion(.badSignature), basic: false))
        #expect(rejection(form: form(assertion()), client: Flow.client())?.wire.code == .invalidClient)
        let untyped = [("client_id", "c1"), ("client_assertion", assertion())]
        #expect(rejection(form: untyped, client: client)?.wire.code == .invalidClient)
    }
}

/// Base64 written apart from the code under test.
enum Base64Writer {
    static func standard(_ bytes: [UInt8]) -> String {
        let text = written(bytes, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        return text + String(repeating: "=", count: (4 - text.count % 4) % 4)
    }

    static func url(_ bytes: [UInt8]) -> String {
        written(bytes, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    }

    private static func written(_ bytes: [UInt8], _ alphabet: String) -> String {
        let letters = Array(alphabet)
        let bits = bytes.flatMap { byte in (0..<8).map { byte >> (7 - UInt8($0)) & 1 } }
        return stride(from: 0, to: bits.count, by: 6).reduce(into: "") { text, start in
            let six = (0..<6).reduce(0) { $0 << 1 | Int(start + $1 < bits.count ? bits[start + $1] : 0) }
            text.append(letters[six])
        }
    }
}
