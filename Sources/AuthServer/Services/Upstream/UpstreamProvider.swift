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
    let metadata: IssuerCopy<ProviderMetadata>
    let keys: IssuerCopy<JWKSet>

    /// Seconds that the provider's clock may be off.
    static let leeway = 60
    /// Seconds for which what the provider published counts while it is away.
    private static let usableFor = 86_400

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
        let documents = ProviderDocuments(issuer: login.issuer, clients: clients)
        let metadata = IssuerCopy<ProviderMetadata>(usableFor: Self.usableFor, reports: nil, clock: clock) {
            _ throws(IssuerTrouble) in try await documents.metadata()
        }
        self.metadata = metadata
        keys = IssuerCopy<JWKSet>(usableFor: Self.usableFor, reports: nil, clock: clock) {
            now throws(IssuerTrouble) in try await documents.keys(at: try await metadata.current(at: now).value.keysURL)
        }
    }

    /// The host that people are sent to.
    var host: String { (try? IssuerURL(parsing: login.issuer))?.host.text ?? login.issuer }

    /// True for the issuer as the provider spells it in its answers.
    func isIssuer(_ text: String) -> Bool { login.provider.spellings(of: login.issuer).contains(text) }

    /// Fetches what the provider publishes, so that the first person need not wait for it.
    func prepare(now: UnixTime) async throws(IssuerTrouble) {
        _ = try await metadata.current(at: now)
        _ = try await keys.current(at: now)
    }

    // MARK: there

    /// Where the browser is sent (OpenID Connect Core §3.1.2.1). `isRenewal` is for people who have to prove anew who
    /// they are, or want to be somebody else.
    func location(
        state: OpaqueToken, isRenewal: Bool, now: UnixTime
    ) async throws(LoginTrouble) -> String {
        let metadata = try await LoginTrouble.mapError { () throws(IssuerTrouble) in
            let found = try await self.metadata.current(at: now).value
            _ = try clients.client(for: found.authorizationEndpoint, namedAt: login.issuer)
            return found
        }
        let proof: LoginProofs.Proof
        do throws(CryptographyError) { proof = try proofs.proof(for: state) } catch { throw .cryptography(error) }
        var parameters = [
            ("response_type", "code"), ("client_id", login.clientID), ("redirect_uri", callback),
            ("scope", login.scopes.joined(separator: " ")), ("state", state.text), ("nonce", proof.nonce),
            ("code_challenge", proof.challenge), ("code_challenge_method", "S256"),
        ]
        let renewal = isRenewal ? login.provider.renewalPrompt : nil
        parameters += login.parameters.filter { renewal == nil || $0.name != "prompt" }.map { ($0.name, $0.value) }
        if let renewal { parameters.append(("prompt", renewal)) }
        let endpoint = metadata.authorizationEndpoint
        return endpoint + (endpoint.utf8.contains(UInt8(ascii: "?")) ? "&" : "?") + Self.encoded(parameters)
    }

    static func encoded(_ parameters: [(String, String)]) -> String {
        parameters.map { "\(FormText.encoded($0))=\(FormText.encoded($1))" }.joined(separator: "&")
    }
}
