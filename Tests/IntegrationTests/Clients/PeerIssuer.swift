import Foundation
import JSONSyntax
import TestSupport
import Testing

/// An authorization server that others wrote, with its login and its consent automatic; it issues JWTs for one
/// resource.
final class PeerIssuer {
    static let program = Repository.path("../shared/peers/oidc-provider.mjs")
    static var isAvailable: Bool { Tool.node.isAvailable && FileManager.default.fileExists(atPath: program) }

    private static let verifier = String(repeating: "v", count: 43)
    private static let challenge = "7w_YNF9DSfIdPf_pRjSq646_kPr-2-o9NAl16JGghdM"
    static let redirect = "http://127.0.0.1:7777/cb"

    let port: Int
    var issuer: String { "http://127.0.0.1:\(port)" }
    /// The audience of its tokens.
    var audience: String { issuer + "/mcp" }
    private let child: ChildProcess

    private let folder: TemporaryFolder

    /// It lets people consent to the resource that a client names; as it comes it knows one alone.
    private static let changes = [
        ("g.addResourceScope(", "g.addResourceScope(d.params.resource||")
    ]
    private static let opaqueChanges = [
        (
            "features:{registration:{enabled:!0,",
            "features:{introspection:{enabled:!0},revocation:{enabled:!0},registration:{enabled:!0,"
        ),
        (#"accessTokenFormat:"jwt""#, #"accessTokenFormat:"opaque""#),
    ]

    /// With opaque tokens it is asked about them (RFC 7662), and signs none.
    init(opaque: Bool = false) async throws {
        port = try LoopbackSocket.freePort()
        folder = try TemporaryFolder()
        var text = try String(contentsOfFile: Self.program, encoding: .utf8)
        for (old, new) in Self.changes + (opaque ? Self.opaqueChanges : []) {
            try #require(text.contains(old), "the peer is another one: it has no \(old)")
            text.replace(old, with: new)
        }
        let program = try folder.write("oidc-provider.mjs", text)
        child = try ChildProcess(
            Tool.node.required(), [program], environment: ["PORT": "\(port)", "PATH": "/usr/bin:/bin"])
        try await child.output.wait(for: "up", deadline: .seconds(30))
    }

    /// Registers a client with a secret, which may ask about tokens.
    func resourceServer(redirect: String = redirect) throws -> (id: String, secret: String) {
        let made = try post(
            "/reg", "application/json",
            #"{"redirect_uris":["\#(redirect)"],"application_type":"native","#
                + #""token_endpoint_auth_method":"client_secret_basic"}"#)
        return (try #require(made["client_id"]?.string), try #require(made["client_secret"]?.string))
    }

    /// Ends an access token, as its client does (RFC 7009).
    func revoke(_ token: String, of client: String) throws {
        let answer = try RawHTTP.request(
            "POST", "/token/revocation", host: "127.0.0.1:\(port)", port: port,
            headers: [("Content-Type", "application/x-www-form-urlencoded")],
            body: "token=\(token)&client_id=\(client)")
        try #require(answer.status == 200, "\(answer.text)")
    }

    func stop() { child.signal(SIGKILL) }

    /// An access token and an ID token of somebody who has signed in.
    func tokens() throws -> (access: String, id: String, client: String) {
        let metadata =
            #"{"client_name":"b","redirect_uris":["\#(Self.redirect)"],"application_type":"native","#
            + #""grant_types":["authorization_code","refresh_token"],"response_types":["code"],"#
            + #""token_endpoint_auth_method":"none"}"#
        let client = try #require(try post("/reg", "application/json", metadata)["client_id"]?.string)
        var target =
            "/auth?response_type=code&client_id=\(client)&redirect_uri=\(Self.redirect)&state=s&scope=openid%20mcp"
            + "&code_challenge=\(Self.challenge)&code_challenge_method=S256"
        var cookies: [String: String] = [:]
        for _ in 0..<9 {
            let jar = cookies.map { "\($0)=\($1)" }.joined(separator: "; ")
            let answer = try RawHTTP.request(
                "GET", target, host: "127.0.0.1:\(port)", port: port, headers: jar.isEmpty ? [] : [("Cookie", jar)])
            for field in answer.values("set-cookie") {
                let pair = field.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1).map(String.init)
                if pair.count == 2 { cookies[pair[0]] = pair[1] }
            }
            let place = try #require(URLComponents(string: answer.header("location") ?? ""), "\(answer.text)")
            if place.port == 7777 {
                let code = try #require(place.queryItems?.first { $0.name == "code" }?.value)
                let form =
                    "grant_type=authorization_code&client_id=\(client)&redirect_uri=\(Self.redirect)&code=\(code)"
                    + "&code_verifier=\(Self.verifier)"
                let made = try post("/token", "application/x-www-form-urlencoded", form)
                return (try #require(made["access_token"]?.string), try #require(made["id_token"]?.string), client)
            }
            target = place.path + (place.percentEncodedQuery.map { "?" + $0 } ?? "")
        }
        throw ChildProcess.Failure(description: "the sign-in does not end")
    }

    private func post(_ target: String, _ type: String, _ body: String) throws -> JSON {
        let answer = try RawHTTP.request(
            "POST", target, host: "127.0.0.1:\(port)", port: port, headers: [("Content-Type", type)], body: body)
        return try JSON.parse(answer.body)
    }
}
