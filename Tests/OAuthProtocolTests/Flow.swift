import OAuthModel
import OAuthProtocol
import RuntimeConfig
import WebSyntax

/// Requests and clients that are valid, for tests that change one thing.
enum Flow {
    static let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    static let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    static let callback = "https://app.example.com/cb"

    static let parameters: [(String, String)] = [
        ("response_type", "code"), ("client_id", "c1"), ("redirect_uri", callback), ("state", "xyz"),
        ("code_challenge", challenge), ("code_challenge_method", "S256"),
        ("resource", "https://mcp.example.com/mcp"), ("scope", "mcp.tools"),
    ]

    static func config(
        resources: [RuntimeConfig.Resource] = [Sample.resource()], redirects: [RuntimeConfig.Redirect] = redirects,
        trustedHosts: [String] = ["chatgpt.com", "app.example.com"], dcr: DynamicRegistration = .dynamic,
        authMethods: [AuthenticationMethod] = [.none, .clientSecretPost, .clientSecretBasic]
    ) -> RuntimeConfig {
        RuntimeConfig(
            name: "sample", mode: .local, issuer: "https://mcp.example.com/mcp", listen: .loopback(port: 1),
            privateListen: .loopback(port: 2), resources: resources, endpoints: [], documents: [],
            authMethods: authMethods, scopes: ["offline_access", "openid"], openID: false,
            registrationMethods: [.predefined, .cimd, .dcr], dcr: dcr,
            clients: [], redirects: redirects,
            trustedHosts: trustedHosts, legacyAliases: [], login: nil, users: nil, store: nil,
            tokens: RuntimeConfig.Tokens(format: .opaque, accessLifetime: 3_600, refreshLifetime: 2_592_000))
    }

    static let redirects = [
        RuntimeConfig.Redirect(uri: "https://chatgpt.com/connector/oauth/{callback_id}", match: .pattern),
        RuntimeConfig.Redirect(uri: "http://127.0.0.1/callback/{id}", match: .loopbackPattern),
        RuntimeConfig.Redirect(uri: "cursor://anysphere.cursor-mcp/oauth/callback", match: .exact),
        RuntimeConfig.Redirect(uri: "https://oauth2.slack.com/external/auth/callback", match: .exact),
    ]

    static var policy: AuthorizationPolicy { AuthorizationPolicy(config()) }

    static func client(
        _ redirects: [String] = [callback], match: RedirectMatch = .exact,
        method: AuthenticationMethod = .none, secrets: [ClientRecord.Secret] = [],
        type: ClientRecord.ApplicationType = .web
    ) -> ClientRecord {
        ClientRecord(
            id: "c1", origin: .dynamic, name: "App", redirects: redirects.map { RegisteredRedirect($0, match) },
            authMethods: [method], secrets: secrets, applicationType: type)
    }

    /// The valid parameters with some replaced, added (a new name) or taken out (nil).
    static func list(_ changes: (String, String?)...) -> ParameterList {
        var pairs = parameters
        for (name, value) in changes {
            pairs.removeAll { $0.0 == name }
            if let value { pairs.append((name, value)) }
        }
        return ParameterList(pairs)
    }

    static func validated(
        _ list: ParameterList, client: ClientRecord? = client(), policy: AuthorizationPolicy = policy
    ) throws(AuthorizationRefusal) -> AuthorizationRequest {
        let id = try AuthorizationRequest.clientID(in: list)
        return try AuthorizationRequest(list, clientID: id, client: client, policy: policy)
    }

    /// What the request is refused for; nil when it is valid.
    static func refusal(
        _ list: ParameterList, client: ClientRecord? = client(), policy: AuthorizationPolicy = policy
    ) -> AuthorizationRefusal? {
        do throws(AuthorizationRefusal) {
            _ = try validated(list, client: client, policy: policy)
            return nil
        } catch {
            return error
        }
    }

    /// The decoded parameters of a redirect, in order.
    static func query(of location: String) -> [(String, String)] {
        guard let mark = location.utf8.firstIndex(of: UInt8(ascii: "?")) else { return [] }
        return location[location.index(after: mark)...].split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), parts.count > 1 ? unescaped(String(parts[1])) : "")
        }
    }

    /// Percent escapes alone, written apart from the code under test.
    static func unescaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension AuthorizationRefusal {
    var isPage: Bool { place == .page }
    var code: String { rejection.wire.code.rawValue }
    /// The error of the redirect; nil for a page.
    var redirectedCode: String? { isPage ? nil : code }
}
