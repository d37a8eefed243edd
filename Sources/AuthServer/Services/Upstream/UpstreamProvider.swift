import Cryptography
import HTTPClient
import JSONSyntax
import OAuthModel
import OAuthProtocol
import RuntimeConfig
import WebSyntax

/// A provider where people prove who they are, asked as its one static client (OpenID Connect Core §3.1).
struct UpstreamProvider: Sendable {
    let login: RuntimeConfig.Login
    let callback: String
    let secret: Secret?
    let clients: IssuerClients
    let proofs: LoginProofs
    let policy: LoginPolicy
    let identity: any ProviderIdentity

    /// Seconds that the provider's clock may be off.
    static let leeway = 60

    /// `callback` is our redirect URI there; `secret` nil for a public client.
    init(
        _ login: RuntimeConfig.Login, callback: String, secret: Secret?, clients: IssuerClients, proofs: LoginProofs,
        clock: Clock
    ) {
        self.login = login
        self.callback = callback
        self.secret = secret
        self.clients = clients
        self.proofs = proofs
        policy = LoginPolicy(login)
        identity =
            if let api = login.userAPI {
                UserAPIIdentity(login, api, clients: clients)
            } else {
                OpenIDIdentity(login, clients: clients, clock: clock)
            }
    }

    /// The host that people are sent to.
    var host: String { (try? IssuerURL(parsing: login.issuer))?.host.text ?? login.issuer }

    /// True for the issuer as the provider spells it in its answers.
    func isIssuer(_ text: String) -> Bool { login.spellings.contains(text) }

    /// Fetches what the provider publishes, so that the first person need not wait for it.
    func prepare(now: UnixTime) async throws(IssuerTrouble) { try await identity.prepare(now: now) }

    /// Asks at a URL that the provider's document, or the operator, names.
    func client(for url: String) throws(IssuerTrouble) -> any IssuerClient {
        // Without discovery it is the operator's own word.
        login.userAPI == nil ? try clients.client(for: url, namedAt: login.issuer) : clients.configured
    }

    // MARK: there

    /// Where the browser is sent (OpenID Connect Core §3.1.2.1). `isRenewal` is for people who have to prove anew who
    /// they are, or want to be somebody else.
    func location(
        state: OpaqueToken, isRenewal: Bool, now: UnixTime
    ) async throws(LoginTrouble) -> String {
        let endpoint = try await LoginTrouble.mapError { () throws(IssuerTrouble) in
            let found = try await identity.endpoints(now: now).authorization
            _ = try client(for: found)
            return found
        }
        let proof: LoginProofs.Proof
        do throws(CryptographyError) { proof = try proofs.proof(for: state) } catch { throw .cryptography(error) }
        var parameters = [
            ("response_type", "code"), ("client_id", login.clientID), ("redirect_uri", callback),
            ("scope", login.scopes.joined(separator: " ")), ("state", state.text), ("nonce", proof.nonce),
            ("code_challenge", proof.challenge), ("code_challenge_method", "S256"),
        ]
        if !identity.takesNonce { parameters.removeAll { $0.0 == "nonce" } }
        if login.scopes.isEmpty { parameters.removeAll { $0.0 == "scope" } }
        let renewal = isRenewal ? login.renewalPrompt : nil
        parameters += login.parameters.filter { renewal == nil || $0.name != "prompt" }.map { ($0.name, $0.value) }
        if let renewal { parameters.append(("prompt", renewal)) }
        return endpoint + (endpoint.utf8.contains(UInt8(ascii: "?")) ? "&" : "?") + Self.encoded(parameters)
    }

    static func encoded(_ parameters: [(String, String)]) -> String {
        parameters.map { "\(FormText.encoded($0))=\(FormText.encoded($1))" }.joined(separator: "&")
    }
}

extension RuntimeConfig.Login {
    /// The issuer, in every spelling that the provider has.
    var spellings: [String] { [issuer] + issuerSpellings }
}
