import JSONSyntax
import TestSupport

@testable import ClientModel

/// A deployment as a table of answers, good in most parts: what a real client and the model are both asked.
struct GeneratedDeployment {
    struct Answer {
        var status = 200
        var headers: [(String, String)] = []
        var body = ""
    }

    private(set) var answers: [String: Answer] = [:]
    private(set) var authorize: [String] = []
    /// What comes back as `iss`.
    private(set) var iss: String?
    private(set) var accepted = 200
    /// What was chosen, for messages.
    private(set) var choices: [String] = []

    private static let prm = "/.well-known/oauth-protected-resource"
    private static let oauth = "/.well-known/oauth-authorization-server"
    private static let openID = "/.well-known/openid-configuration"

    init(using random: inout SeededGenerator) {
        var chosen: [String] = []
        /// The first choice in two of three cases.
        func pick(_ name: String, _ options: [String]) -> String {
            let isGood = Int.random(in: 0..<3, using: &random) < 2
            let choice = isGood ? options[0] : options[Int.random(in: options.indices, using: &random)]
            if choice != options[0] { chosen.append("\(name) \(choice)") }
            return choice
        }
        let issuerPath = pick("issuer", ["/as", "", "/a/b"])
        let listed = "{origin}\(issuerPath)\(pick("listed", ["", "/"]))"
        challenge(pick("challenge", ["inserted", "root", "wrong", "bare", "absent", "scope", "unquoted"]))
        let resource = pick("resource", ["/mcp", "", "/", "/mcp/", "/other", "/mcp/deeper"])
        let inserted = pick(
            "inserted",
            [
                "good", "missing", "500", "429", "html", "text", "moved", "away", "listless", "empty", "well-known",
                "shapeless",
            ])
        protectedResource(at: Self.prm + "/mcp", inserted, resource: "{origin}\(resource)", issuer: listed)
        protectedResource(
            at: Self.prm, pick("root", ["good", "missing", "500", "html", "elsewhere"]),
            resource: "{origin}\(pick("root resource", ["", "/mcp", "/"]))", issuer: listed)
        server(
            issuerPath,
            at: pick("place", ["oauth", "openid", "appended", "nowhere", "500", "html", "moved", "403", "lame"]),
            issuer: "{origin}\(issuerPath)\(pick("metadata issuer", ["", "/", "/x"]))",
            registers: pick("registration", ["yes", "no"]) == "yes", says: pick("iss", ["no", "yes"]) == "yes",
            root: pick("legacy", ["no", "yes"]) == "yes")
        switch pick("returned iss", ["none", "right", "slash", "wrong"]) {
        case "right": iss = "{origin}\(issuerPath)"
        case "slash": iss = "{origin}\(issuerPath)/"
        case "wrong": iss = "https://elsewhere.example"
        default: iss = nil
        }
        accepted = pick("accepted", ["200", "401"]) == "200" ? 200 : 401
        let refusal = pick("refusal", ["none", "register", "token", "authorize"])
        for base in [issuerPath, ""] {
            answers["POST \(base)/register"] =
                refusal == "register"
                ? .init(status: 400, headers: [], body: #"{"error":"invalid_redirect_uri"}"#)
                : json(
                    201,
                    #"{"client_id":"abc","redirect_uris":["http://127.0.0.1:33418/callback"],"token_endpoint_auth_method":"none"}"#
                )
            answers["POST \(base)/token"] =
                refusal == "token"
                ? .init(status: 400, headers: [], body: #"{"error":"invalid_grant"}"#)
                : json(200, #"{"access_token":"shown","token_type":"Bearer"}"#)
            if refusal != "authorize" { authorize.append("\(base)/authorize") }
        }
        choices = chosen
    }

    // MARK: Parts

    private mutating func challenge(_ kind: String) {
        let field: String? =
            switch kind {
            case "root": "Bearer resource_metadata=\"{origin}\(Self.prm)\""
            case "wrong": "Bearer resource_metadata=\"{origin}/nowhere\""
            case "bare": "Bearer"
            case "absent": nil
            case "scope": "Bearer scope=\"mcp.tools\", resource_metadata=\"{origin}\(Self.prm)/mcp\""
            case "unquoted": "Bearer error=invalid_token, resource_metadata={origin}\(Self.prm)/mcp"
            default: "Bearer resource_metadata=\"{origin}\(Self.prm)/mcp\""
            }
        answers["POST /mcp"] = Answer(status: 401, headers: field.map { [("WWW-Authenticate", $0)] } ?? [])
    }

    private mutating func protectedResource(at path: String, _ kind: String, resource: String, issuer: String) {
        let good =
            #"{"resource":"\#(resource)","authorization_servers":["\#(issuer)"],"scopes_supported":["mcp.tools"]}"#
        let answer: Answer? =
            switch kind {
            case "missing": nil
            case "500": Answer(status: 500)
            case "429": Answer(status: 429)
            case "html": html
            case "text": Answer(status: 200, headers: [("Content-Type", "text/plain")], body: good)
            case "moved": Answer(status: 302, headers: [("Location", "{origin}/moved")])
            case "away": Answer(status: 302, headers: [("Location", "https://elsewhere.example/")])
            case "elsewhere":
                json(200, #"{"resource":"https://elsewhere.example/mcp","authorization_servers":["\#(issuer)"]}"#)
            case "listless": json(200, #"{"resource":"\#(resource)"}"#)
            case "empty": json(200, #"{"resource":"\#(resource)","authorization_servers":[]}"#)
            case "well-known":
                json(200, #"{"resource":"\#(resource)","authorization_servers":["{origin}\#(Self.oauth)/as"]}"#)
            case "shapeless": json(200, #"{"resource":"no url","authorization_servers":["\#(issuer)"]}"#)
            default: json(200, good)
            }
        if kind == "moved" { answers["GET /moved"] = json(200, good) }
        answers["GET \(path)"] = answer
    }

    private mutating func server(
        _ path: String, at place: String, issuer: String, registers: Bool, says: Bool, root: Bool
    ) {
        func document(_ issuer: String) -> String {
            #"{"issuer":"\#(issuer)","authorization_endpoint":"{origin}\#(path)/authorize","token_endpoint":"{origin}\#(path)/token""#
                + (registers ? #","registration_endpoint":"{origin}\#(path)/register""# : "")
                + (says ? #","authorization_response_iss_parameter_supported":true"# : "")
                + #","response_types_supported":["code"],"code_challenge_methods_supported":["S256"],"#
                + #""scopes_supported":["mcp.tools","offline_access"]}"#
        }
        let good = json(200, document(issuer))
        let inserted = "GET \(Self.oauth)\(path)"
        switch place {
        case "openid": answers["GET \(Self.openID)\(path)"] = good
        case "appended": answers["GET \(path)\(Self.openID)"] = good
        case "nowhere": break
        case "500": answers[inserted] = Answer(status: 500)
        case "html":
            answers[inserted] = html
            answers["GET \(path)\(Self.openID)"] = good
        case "moved":
            answers[inserted] = Answer(status: 307, headers: [("Location", "/document")])
            answers["GET /document"] = good
        case "403":
            answers[inserted] = Answer(status: 403)
            answers["GET \(Self.openID)\(path)"] = good
        case "lame": answers[inserted] = json(200, #"{"issuer":"\#(issuer)"}"#)
        default: answers[inserted] = good
        }
        if root, answers["GET \(Self.oauth)"] == nil { answers["GET \(Self.oauth)"] = json(200, document("{origin}")) }
    }

    private var html: Answer {
        Answer(status: 200, headers: [("Content-Type", "text/html")], body: "<!doctype html><title>Home</title>")
    }

    private func json(_ status: Int, _ body: String) -> Answer {
        Answer(status: status, headers: [("Content-Type", "application/json")], body: body)
    }

    // MARK: Both sides

    /// As `agreement.py` reads it.
    var json: JSON {
        func object(_ pairs: [(String, String)]) -> JSON { .object(pairs.map { JSONMember($0.0, .string($0.1)) }) }
        let answers = answers.sorted { $0.key < $1.key }.map { key, answer in
            JSONMember(
                key,
                [
                    "status": .int(answer.status), "headers": object(answer.headers), "body": .string(answer.body),
                ])
        }
        return [
            "answers": .object(answers), "authorize": .array(authorize.map { .string($0) }),
            "iss": iss.map { .string($0) } ?? .null, "accepted": .int(accepted),
        ]
    }

    func edge(at origin: String) -> Edge { Edge(deployment: self, origin: origin) }

    /// The same table, asked by the model.
    struct Edge: ClientEdge {
        let deployment: GeneratedDeployment
        let origin: String

        private func filled(_ text: String) -> String {
            text.split(separator: "{origin}", omittingEmptySubsequences: false).joined(separator: origin)
        }

        func answer(_ request: ClientRequest) -> ClientAnswer {
            guard request.url.hasPrefix(origin) else { return .failed("another host") }
            let path = request.url.dropFirst(origin.count)
            if request.method == "POST", path == "/mcp", request.headers.contains(where: { $0.name == "Authorization" })
            {
                return .response(ClientResponse(deployment.accepted))
            }
            guard let answer = deployment.answers["\(request.method) \(path)"] else {
                return .response(ClientResponse(404))
            }
            return .response(
                ClientResponse(
                    answer.status, headers: answer.headers.map { .init($0.0, filled($0.1)) },
                    body: Array(filled(answer.body).utf8)))
        }

        func authorize(_ url: String) -> AuthorizationReturn {
            var fields: [ClientRequest.Field] = []
            let place = url.prefix { $0 != "?" }
            if deployment.authorize.contains(where: { origin + $0 == place }) { fields.append(.init("code", "code")) }
            if let iss = deployment.iss { fields.append(.init("iss", filled(iss))) }
            return .returned(fields)
        }
    }
}
