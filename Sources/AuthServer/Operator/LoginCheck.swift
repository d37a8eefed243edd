import CommandLineSyntax
import Cryptography
import OAuthModel
import OAuthProtocol
import RuntimeConfig

/// `connectorgen-auth check-login`: asks the login provider, from where the server asks it, what can be asked without a
/// person. Three requests at most: its document, its keys, and the redemption of a code that nobody was given.
enum LoginCheck {
    static let command = Command(
        "check-login", "ask the login provider what can be asked before somebody signs in",
        discussion: [
            "Fetches the provider's document and keys as the server does, and redeems a code that nobody was given: a provider that "
                + "knows our client refuses the code, another one the client. Whether the callback URL is registered only "
                + "a sign-in shows."
        ],
        options: [ConnectorgenAuth.config],
        examples: [
            Example(
                "connectorgen-auth check-login --config out/runtime/connectorgen-auth.json",
                "says on the machine that will serve what is wrong with the login, and what to do")
        ])

    /// Nobody was given it, and nobody has the proof of it.
    private static let code = "connectorgen-auth-check-login"
    private static let verifier = "connectorgen-auth-check-login-proves-nothing-by-this"

    /// What the command prints where nothing is wrong.
    static func run(
        _ config: RuntimeConfig, clients: IssuerClients? = nil, surroundings: Surroundings = .process,
        clock: Clock = .system
    ) async throws(StartFailure) -> String {
        guard config.mode == .upstream, let login = config.login, let callback = config.url(of: .callback) else {
            throw failure("nobody signs in at a provider here: issuer.mode is `\(config.mode.rawValue)`", .invalid)
        }
        let clients = if let clients { clients } else { try IssuerClients.openForLogin() }
        let secret: Secret? = if let reference = login.clientSecret { try reference.value(surroundings) } else { nil }
        // Nobody leaves for the provider here, so that the proofs bind nothing.
        let provider = UpstreamProvider(
            login, callback: callback, secret: secret, clients: clients, proofs: LoginProofs(key: Secret(code)),
            clock: clock)
        var lines: [String] = []
        do throws(IssuerTrouble) {
            try await provider.prepare(now: clock.now)
        } catch {
            throw failure(error, login)
        }
        if login.userAPI == nil { lines.append("\(login.issuer): its document and its keys are there") }
        lines.append(try await credentials(provider, login, now: clock.now))
        lines.append("callback URL, to be registered there exactly so: \(callback)")
        return lines.map { $0 + "\n" }.joined()
    }

    private static func credentials(
        _ provider: UpstreamProvider, _ login: RuntimeConfig.Login, now: UnixTime
    ) async throws(StartFailure) -> String {
        do throws(LoginTrouble) {
            let endpoints = try await LoginTrouble.mapError { () throws(IssuerTrouble) in
                try await provider.identity.endpoints(now: now)
            }
            _ = try await provider.tokens(for: code, verifier: verifier, endpoints)
        } catch {
            switch error {
            case .answer(.code): return "client \(login.clientID): the provider knows it"
            case .answer(.credentials): throw failure(.credentials, login)
            case .answer(.unavailable): throw failure(.status(503), login)
            case .issuer(let trouble): throw failure(trouble, login)
            default:
                return "client \(login.clientID): the provider's answer does not say whether it knows it; sign in once"
            }
        }
        throw failure(
            "\(login.issuer) gave tokens for a code that it never made: whoever answers there proves nothing of people",
            .invalid)
    }

    private static func failure(_ trouble: IssuerTrouble, _ login: RuntimeConfig.Login) -> StartFailure {
        let isAway =
            switch trouble {
            case .fetch, .paused: true
            case .status(let status): status == 429 || status >= 500
            default: false
            }
        return failure(
            "nobody can sign in at \(login.issuer): \(trouble): \(remedy(trouble))", isAway ? .environment : .invalid)
    }

    private static func remedy(_ trouble: IssuerTrouble) -> String {
        switch trouble {
        case .fetch: "look at the name, and at the way there from this machine; proxies of the environment are not used"
        case .status(let status) where status == 429 || status >= 500: "the provider is not well; ask again later"
        case .status: "its document is at issuer.login.issuer and /.well-known/openid-configuration"
        case .malformed: "compare issuer.login.issuer with the address of a document that has endpoints and `jwks_uri`"
        case .otherIssuer: "write issuer.login.issuer as its document has it, byte for byte, and build again"
        case .unsafeURL: "have the provider published on https"
        case .invalidKeys: "have it sign by RS256 or ES256 and publish the key"
        case .credentials:
            "compare issuer.login.client_id and client_secret with the client there, and how it wants the secret sent with "
                + "token_endpoint_auth_method"
        case .paused: "ask again"
        }
    }

    private static func failure(_ text: String, _ status: ExitStatus) -> StartFailure {
        StartFailure("\(ConnectorgenAuth.name): \(text)\n", status)
    }
}
