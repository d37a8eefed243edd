import JSONSyntax

/// One client on its way in: it asks, is answered, and goes on or gives up as its traits have it.
struct ClientWalk<Edge: ClientEdge> {
    let client: ClientImplementation
    /// The URL of the MCP server, as it was typed.
    let server: ClientURL
    let typed: String
    let redirect: String
    let edge: Edge
    var journey = Journey()
    var challenge: BearerChallenge?
    var resource: ResourceDocument?
    var metadata: ServerDocument?
    var clientID: String?

    var traits: ClientTraits { client.traits }

    /// What is not the end of the way, but of this walk.
    struct Stop: Error {
        let outcome: Journey.Outcome
    }

    mutating func run() -> Journey {
        do throws(Stop) {
            try connect()
            try readResourceMetadata()
            try readServerMetadata()
            try judgeServerMetadata()
            try register()
            let code = try authorize()
            let token = try redeem(code)
            try use(token)
            journey.outcome = .connected
        } catch {
            journey.outcome = error.outcome
        }
        return journey
    }

    // MARK: Steps

    private mutating func connect() throws(Stop) {
        let initialize = ClientRequest(
            "POST", typed,
            headers: [
                .init("Content-Type", "application/json"), .init("Accept", "application/json, text/event-stream"),
            ],
            body: Self.initialize)
        let response = try ask(initialize, at: .challenge)
        guard !(200..<300).contains(response.status) else {
            detour("no token is asked for: whoever comes is let in")
            throw Stop(outcome: .connected)
        }
        guard response.status == 401 else {
            throw fail(
                .notChallenged, at: .challenge, typed, found: Self.summary(response),
                expected: "401 with `WWW-Authenticate`")
        }
        challenge = BearerChallenge(response)
        if challenge == nil {
            guard !traits.needsChallenge else {
                throw fail(
                    .challengeMissing, at: .challenge, typed, found: "401 without `WWW-Authenticate`",
                    expected: "`WWW-Authenticate: Bearer resource_metadata=\"…\"`")
            }
            remark("no `WWW-Authenticate`: the well-known places are asked")
        }
    }

    private mutating func register() throws(Stop) {
        let endpoint: String
        if let found = metadata?.registrationEndpoint {
            endpoint = found
        } else if metadata == nil || traits.guessesRegistration {
            endpoint = guessed("register")
            detour("no `registration_endpoint` is known: it is guessed as `\(endpoint)`")
        } else {
            throw fail(
                .registrationMissing, at: .registration, metadata?.url ?? typed, found: "no `registration_endpoint`",
                expected: "a registration endpoint, or a client that is known before")
        }
        var members: [JSONMember] = [
            JSONMember("client_name", .string(client.title)), JSONMember("redirect_uris", .array([.string(redirect)])),
            JSONMember("grant_types", ["authorization_code", "refresh_token"]), JSONMember("response_types", ["code"]),
            JSONMember("token_endpoint_auth_method", "none"),
        ]
        if let scope { members.append(JSONMember("scope", .string(scope))) }
        let response = try ask(
            ClientRequest(
                "POST", endpoint, headers: [.init("Content-Type", "application/json")],
                body: String(decoding: JSON.object(members).encoded(.compact), as: UTF8.self)), at: .registration)
        guard response.status == 201 || response.status == 200 else {
            throw fail(
                .registrationFailed, at: .registration, endpoint,
                found: "\(response.status) \(String(decoding: response.body, as: UTF8.self))", expected: "201")
        }
        guard let answer: JSON = try? JSON.parse(response.body), let id = answer["client_id"]?.string, !id.isEmpty
        else {
            throw fail(
                .registrationUnusable, at: .registration, endpoint, found: "an answer without `client_id`",
                expected: "`client_id`")
        }
        clientID = id
    }

    private mutating func authorize() throws(Stop) -> String {
        let endpoint = metadata?.authorizationEndpoint ?? guessed("authorize")
        var query: [(String, String)] = [
            ("response_type", "code"), ("client_id", clientID ?? ""), ("redirect_uri", redirect), ("state", Self.state),
            ("code_challenge", Self.codeChallenge), ("code_challenge_method", "S256"),
        ]
        if let resource { query.append(("resource", resource.resource)) }
        if let scope { query.append(("scope", scope)) }
        let url = endpoint + (endpoint.contains("?") ? "&" : "?") + Self.form(query)
        let fields: [ClientRequest.Field]
        switch edge.authorize(url) {
        case .returned(let found): fields = found
        case .failed(let why):
            throw fail(.authorizationFailed, at: .authorization, endpoint, found: why, expected: "a code")
        case .withheld(let why):
            note(.authorization, "GET \(endpoint)", "not asked: \(why)")
            throw Stop(outcome: .stopped(before: .authorization, why: why))
        }
        func value(_ name: String) -> String? { fields.first { $0.name == name }?.value }
        note(.authorization, "GET \(endpoint)", value("code") == nil ? "no code" : "a code")
        try judge(issuerParameter: value("iss"), endpoint)
        guard let code = value("code"), !code.isEmpty else {
            throw fail(
                .authorizationFailed, at: .authorization, endpoint, found: value("error") ?? "no code",
                expected: "a code")
        }
        return code
    }

    /// RFC 9207, section 2.4.
    private mutating func judge(issuerParameter found: String?, _ endpoint: String) throws(Stop) {
        guard traits.issuerParameter != .ignored else { return }
        let isAdvertised = metadata?.advertisesIssuerParameter == true
        guard let found else {
            guard !isAdvertised else {
                throw fail(
                    .issuerParameterMissing, at: .authorization, endpoint, found: "no `iss`",
                    expected: metadata?.issuer ?? "")
            }
            return
        }
        guard found == metadata?.issuer else {
            throw fail(
                .issuerParameterMismatch, at: .authorization, endpoint, found: found,
                expected: metadata?.issuer ?? "None")
        }
        guard isAdvertised || traits.issuerParameter != .checkedAndAdvertised else {
            throw fail(
                .issuerParameterUnadvertised, at: .authorization, endpoint,
                found: "`iss` without having been advertised",
                expected: "`authorization_response_iss_parameter_supported`")
        }
    }

    private mutating func redeem(_ code: String) throws(Stop) -> String {
        let endpoint = metadata?.tokenEndpoint ?? guessed("token")
        var form: [(String, String)] = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect),
            ("client_id", clientID ?? ""), ("code_verifier", Self.codeVerifier),
        ]
        if let resource { form.append(("resource", resource.resource)) }
        let response = try ask(
            ClientRequest(
                "POST", endpoint, headers: [.init("Content-Type", "application/x-www-form-urlencoded")],
                body: Self.form(form)), at: .token)
        guard response.status == 200 else {
            throw fail(
                .tokenFailed, at: .token, endpoint,
                found: "(\(response.status)): \(String(decoding: response.body, as: UTF8.self))", expected: "200")
        }
        guard let answer: JSON = try? JSON.parse(response.body), let token = answer["access_token"]?.string else {
            throw fail(
                .tokenFailed, at: .token, endpoint, found: "(200): an answer without `access_token`",
                expected: "`access_token`")
        }
        return token
    }

    private mutating func use(_ token: String) throws(Stop) {
        let response = try ask(
            ClientRequest(
                "POST", typed,
                headers: [
                    .init("Content-Type", "application/json"), .init("Accept", "application/json, text/event-stream"),
                    .init("Authorization", "Bearer \(token)"),
                ], body: Self.initialize), at: .transport)
        guard response.status != 401 else {
            throw fail(
                .stillUnauthorized, at: .transport, typed, found: "401 to a token that was just issued", expected: "200"
            )
        }
    }

    // MARK: What it asks for

    /// The challenge's scope, else the resource's list, else the server's (MCP specification, scope selection).
    private var scope: String? {
        let chosen =
            challenge?["scope"] ?? resource?.scopes?.joined(separator: " ")
            ?? metadata?.scopes?.joined(separator: " ")
        guard let chosen else { return nil }
        let adds =
            traits.addsOfflineAccess && metadata?.scopes?.contains("offline_access") == true
            && !chosen.split(separator: " ").contains("offline_access")
        let text = adds ? "\(chosen) offline_access" : chosen
        return text.isEmpty ? nil : text
    }

    private func guessed(_ endpoint: String) -> String {
        let base = traits.guess == .issuer ? resource?.servers.first ?? server.origin : server.origin
        return "\(base.hasSuffix("/") ? String(base.dropLast()) : base)/\(endpoint)"
    }

    /// Chance and digests are not needed where nobody checks them: RFC 7636, appendix B.
    static var codeVerifier: String { "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk" }
    static var codeChallenge: String { "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM" }
    static var state: String { "af0ifjsldkj" }
    static var initialize: String {
        #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"#
            + #""clientInfo":{"name":"connectorgen","version":"1"}}}"#
    }

    static func form(_ pairs: [(String, String)]) -> String {
        func escaped(_ text: String) -> String {
            text.utf8.reduce(into: "") { result, byte in
                let isPlain =
                    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte)
                result +=
                    isPlain
                    ? String(UnicodeScalar(byte))
                    : "%\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true))"
            }
        }
        return pairs.map { "\($0.0)=\(escaped($0.1))" }.joined(separator: "&")
    }
}

/// Walks a client in, as far as the edge answers.
package func walk(
    _ client: ClientImplementation, to url: String, redirect: String = "http://127.0.0.1:33418/callback",
    through edge: some ClientEdge
) -> Journey? {
    guard let server = ClientURL(url) else { return nil }
    var walk = ClientWalk(client: client, server: server, typed: url, redirect: redirect, edge: edge)
    return walk.run()
}
