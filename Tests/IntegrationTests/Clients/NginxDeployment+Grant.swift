import Foundation
import TestSupport
import Testing

extension NginxDeployment {
    /// What the connector's own client has at the end of a sign-in.
    struct Grant {
        /// Spent already.
        let code: String
        let access: String
        let refresh: String
    }

    /// Goes from the authorization request over sign-in and consent to tokens, as a person and the connector's own
    /// client do.
    func grant(
        scope: String = "mcp.tools offline_access", resource: String? = nil, endpoints: String = "/mcp"
    ) async throws -> Grant {
        let redirect = "http://127.0.0.1:39017/callback"
        var browser = Browser(deployment: self)
        let question = [
            ("response_type", "code"), ("client_id", Self.client), ("redirect_uri", redirect), ("state", "s"),
            ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"), ("code_challenge_method", "S256"),
            ("scope", scope), ("resource", resource ?? url),
        ]
        let signIn = try await browser.open(endpoints + "/authorize?" + Browser.encoded(question))
        let consent = try await browser.submit(signIn, [("username", Self.user), ("password", Self.password)])
        let answer = try await browser.submit(consent, [("decision", "allow")])
        let location = try #require(answer.header("Location"), "\(answer.startLine) \(answer.text)")
        let code = try #require(
            URLComponents(string: location)?.queryItems?.first { $0.name == "code" }?.value, "\(location)")
        let tokens = try await redeem(code, redirect: redirect, endpoints: endpoints)
        let members = try JSONDecoder().decode(Tokens.self, from: Data(tokens.body))
        return Grant(code: code, access: members.access_token, refresh: members.refresh_token)
    }

    /// Brings a code of the connector's own client to the token endpoint, with the verifier of RFC 7636 appendix B.
    func redeem(_ code: String, redirect: String, endpoints: String = "/mcp") async throws -> RawMessage {
        try await ask(
            "POST", endpoints + "/token", headers: [("Content-Type", Browser.form)],
            body: Browser.encoded([
                ("grant_type", "authorization_code"), ("code", code), ("client_id", Self.client),
                ("redirect_uri", redirect), ("code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            ]))
    }

    /// Ends a token, or with a refresh token its grant.
    func revoke(_ token: String, client: String = client) async throws {
        let answer = try await ask(
            "POST", "/mcp/revoke", headers: [("Content-Type", Browser.form)],
            body: Browser.encoded([("token", token), ("client_id", client)]))
        #expect(answer.status == 200)
    }

    private struct Tokens: Decodable {
        let access_token: String
        let refresh_token: String
    }
}

/// A browser of few words: keeps cookies, and fills the form of a page.
private struct Browser {
    static let form = "application/x-www-form-urlencoded"

    let deployment: NginxDeployment
    var cookies: [String: String] = [:]

    init(deployment: NginxDeployment) {
        self.deployment = deployment
    }

    mutating func open(_ target: String) async throws -> RawMessage {
        keep(try await deployment.ask("GET", target, headers: headers))
    }

    /// Posts the form of a page with its hidden fields, and those given.
    mutating func submit(_ page: RawMessage, _ values: [(String, String)]) async throws -> RawMessage {
        let action = try #require(
            Self.values(of: "action", behind: "<form ", in: page.text).first, "\(page.startLine) \(page.text)")
        let names = Self.values(of: "name", behind: #"<input type="hidden" "#, in: page.text)
        let hidden = Self.values(of: "value", behind: #"<input type="hidden" "#, in: page.text)
        return keep(
            try await deployment.ask(
                "POST", action, headers: headers + [("Content-Type", Self.form)],
                body: Self.encoded(Array(zip(names, hidden)) + values)))
    }

    private var headers: [(String, String)] {
        cookies.isEmpty ? [] : [("Cookie", cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; "))]
    }

    private mutating func keep(_ answer: RawMessage) -> RawMessage {
        for field in answer.values("Set-Cookie") {
            let pair = field.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            if pair.count == 2 { cookies[String(pair[0])] = String(pair[1]) }
        }
        return answer
    }

    /// The values of an attribute of each tag that begins so.
    private static func values(of attribute: String, behind tag: String, in text: String) -> [String] {
        text.components(separatedBy: tag).dropFirst().compactMap { rest in
            let parts = rest.prefix { $0 != ">" }.components(separatedBy: "\(attribute)=\"")
            return parts.count > 1 ? String(parts[1].prefix { $0 != "\"" }) : nil
        }
    }

    static func encoded(_ pairs: [(String, String)]) -> String {
        pairs.map { "\($0)=\($1.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")" }
            .joined(separator: "&")
    }
}
