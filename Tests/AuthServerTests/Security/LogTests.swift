import Foundation
import RuntimeConfig
import TestSupport
import Testing

/// Group T of the security cases: what the log may say.
@Suite("T the log", .serialized)
struct LogTests {
    /// What was sent or given out that nobody may read in a log.
    private struct Planted {
        private(set) var texts: [String] = []

        /// A text that nothing else looks like, with a character that each encoding writes in its own way.
        mutating func text(_ name: String) -> String {
            keep("\(name)~\(UUID().uuidString.lowercased())é")
        }

        @discardableResult
        mutating func keep(_ text: String) -> String {
            texts.append(text)
            return text
        }

        /// Those of which eight characters in a row stand in the log, however they are encoded.
        func found(in log: String) -> [String] {
            let windows = Self.windows(log)
            return texts.filter { text in
                let hex = text.utf8.map { String(format: "%02x", $0) }.joined()
                let forms = [text, FormCoding.encoded([("", text)]), hex, Basic.base64(text)]
                return forms.contains { !windows.isDisjoint(with: Self.windows($0)) }
            }
        }

        private static func windows(_ text: String) -> Set<[UInt8]> {
            let bytes = Array(text.utf8)
            guard bytes.count >= 8 else { return [] }
            return Set((0...(bytes.count - 8)).map { Array(bytes[$0..<($0 + 8)]) })
        }
    }

    @Test("T01 no secret, code, token, verifier, cookie or state is in the log, whatever endpoint or error it met")
    func planted() async throws {
        let deployment = try await OAuthServerProcess.start(["--log", "requests"])
        var planted = Planted()
        try await flow(deployment, &planted)
        try await clients(deployment, &planted)
        try await errors(deployment, &planted)
        planted.keep(OAuthServerProcess.password)
        let server = deployment.server
        server.child.signal(SIGTERM)
        #expect(try await server.child.wait() == .code(0))
        let log = server.child.errors.text + server.child.output.text
        #expect(log.split(separator: "\n").filter { $0.hasPrefix("{") }.count > 40)
        #expect(planted.texts.count > 30)
        #expect(planted.found(in: log) == [])
        // The search itself finds what is there.
        let secret = planted.text("control")
        // A piece from the middle: many of the texts have an end in common.
        let piece = FormCoding.encoded([("", secret)]).dropFirst("=control~".count).prefix(20)
        #expect(planted.found(in: "x\(piece)x") == [secret])
    }

    /// From the authorization request to revocation, and each step once with something wrong.
    private func flow(_ deployment: OAuthServerProcess, _ planted: inout Planted) async throws {
        let browser = Browser(deployment.server)
        let verifier = planted.keep(String((UUID().uuidString + UUID().uuidString).prefix(64)))
        let target = OAuthServerProcess.authorization([
            ("state", planted.text("state")), ("code_challenge", OAuthServerProcess.challenge(verifier)),
            ("nonce", planted.text("nonce")), ("login_hint", planted.text("hint")),
        ])
        let page = try await browser.get(target)
        let wrong = try await deployment.signIn(page, in: browser, password: planted.text("password"))
        let consent = try await deployment.signIn(wrong, in: browser)
        for (_, value) in try PageForm(page).hidden + PageForm(consent).hidden { planted.keep(value) }
        for value in browser.cookies.values { planted.keep(value) }
        _ = try await browser.post("/mcp/consent", [("decision", "allow"), ("csrf", planted.text("csrf"))])
        let answer = try await browser.submit(consent, [("decision", "allow")])
        for value in browser.cookies.values { planted.keep(value) }
        let code = planted.keep(try #require(answer.redirectParameter("code")))

        let guess = planted.keep(String((UUID().uuidString + UUID().uuidString).prefix(50)))
        #expect(try await deployment.redeem(code, [("code_verifier", guess)]).status == 400)
        let tokens = try await deployment.redeem(code, [("code_verifier", verifier)])
        let access = planted.keep(try #require(tokens.member("access_token")))
        let refresh = planted.keep(try #require(tokens.member("refresh_token")))
        _ = try await deployment.redeem(code, [("code_verifier", verifier)])
        let renewed = try await deployment.refresh(refresh)
        planted.keep(try #require(renewed.member("access_token")))
        let successor = planted.keep(try #require(renewed.member("refresh_token")))
        _ = try await deployment.refresh(planted.text("refresh"))
        #expect(try await deployment.verify(access).status == 200)
        #expect(try await deployment.verify(planted.keep("cgat_" + UUID().uuidString)).status == 401)
        _ = try await deployment.server.get("/mcp/userinfo", headers: "Authorization: Bearer \(access)\r\n")
        for token in [successor, planted.text("revoked")] {
            _ = try await deployment.token([("token", token), ("client_id", "cid_mcp")])
            _ = try await deployment.post(
                "/mcp/revoke", FormCoding.encoded([("token", token), ("client_id", "cid_mcp")]))
        }
    }

    /// Registration, and every way in which a client says who it is.
    private func clients(_ deployment: OAuthServerProcess, _ planted: inout Planted) async throws {
        let made = try await deployment.post(
            "/mcp/register", #"{"redirect_uris":["https://chatgpt.com/cb"],"client_name":"\#(planted.text("name"))"}"#,
            type: "application/json")
        let id = try #require(made.member("client_id"))
        let secret = planted.keep(try #require(made.member("client_secret")))
        let registration = planted.keep(try #require(made.member("registration_access_token")))
        for token in [registration, planted.keep(UUID().uuidString)] {
            _ = try await deployment.server.get("/mcp/register/\(id)", headers: "Authorization: Bearer \(token)\r\n")
        }
        for endpoint in ["token", "revoke", "introspect"] {
            let form = [
                ("grant_type", "authorization_code"), ("code", planted.text("code")),
                ("token", planted.text("token")),
                ("code_verifier", planted.text("verifier")),
            ]
            for word in [secret, planted.text("secret")] {
                let basic = Basic.field(id, word)
                planted.keep(basic.1)
                _ = try await deployment.post("/mcp/\(endpoint)", FormCoding.encoded(form), fields: [basic])
                let posted = form + [("client_id", id), ("client_secret", word)]
                _ = try await deployment.post("/mcp/\(endpoint)", FormCoding.encoded(posted))
            }
            let assertion = [
                "{\"alg\":\"ES256\"}", "{\"iss\":\"\(planted.text("issuer"))\"}", planted.text("signature"),
            ]
            .map { Basic.base64($0).filter { $0 != "=" } }.joined(separator: ".")
            let asserted =
                form + [
                    ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                    ("client_assertion", planted.keep(assertion)),
                ]
            _ = try await deployment.post("/mcp/\(endpoint)", FormCoding.encoded(asserted))
        }
    }

    /// What is refused before an endpoint sees it, and where errors quote what they were given.
    private func errors(_ deployment: OAuthServerProcess, _ planted: inout Planted) async throws {
        for path in [
            "/mcp/authorize", "/mcp/token", "/mcp/register", "/mcp/revoke", "/mcp/introspect", "/mcp/userinfo",
            "/mcp/jwks.json", "/mcp/login", "/mcp/consent", "/api/connector/oauth/token", "/healthz", "/nothing",
            Sample.serverPath,
        ] {
            let query = FormCoding.encoded([("code", planted.text("query")), ("state", planted.text("state"))])
            let cookie = "Cookie: __Host-x=\(planted.keep(UUID().uuidString))\r\n"
            let bearer = "Authorization: Bearer \(planted.keep(UUID().uuidString))\r\n"
            _ = try await deployment.server.get("\(path)?\(query)", headers: cookie + bearer)
            let body = planted.text("body")
            for type in ["application/json", "application/x-www-form-urlencoded", planted.text("type")] {
                _ = try await deployment.post(path, body, type: type)
                _ = try await deployment.post(path, "{\"\(body)\":\"\(body)\"}", type: type)
            }
        }
        let word = planted.keep(UUID().uuidString)
        for request in [
            "GET //\(word) HTTP/1.1\r\nHost: a\r\n\r\n", "GET /\(word)%00 HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /?\(word)=% HTTP/1.1\r\nHost: a\r\n\r\n", "\(word.filter(\.isLetter)) / HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX: \(word)\u{1}\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\n\(word) : x\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nHost: \(word)\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n \(word)\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \(word)\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(word)\r\n\r\n",
        ] {
            _ = try await deployment.server.ask(
                request.replacing("\r\nHost: a\r\n", with: "\r\nHost: a\r\nConnection: close\r\n"))
        }
    }
}
