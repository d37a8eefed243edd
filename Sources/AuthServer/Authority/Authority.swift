import Cryptography
import OAuthModel
import OAuthProtocol
import OAuthStores
import RuntimeConfig

/// What the endpoints of the authorization server share: who it is, what it knows, and where time and chance come from.
///
/// A class of constants, since a value of this size would be copied, field by field, on its way to each endpoint.
final class Authority: Sendable {
    let config: RuntimeConfig
    let policy: AuthorizationPolicy
    let registration: RegistrationPolicy
    let store: any OAuthStore
    /// Nil where nobody tells how the store is.
    let condition: StoreCondition?
    let clients: ClientDirectory
    /// The people of mode `local`; nil in the other modes.
    let users: UserDirectory?
    /// Nil where no client introduces itself by a document.
    let documents: ClientDocuments?
    let authentication: ClientAuthentication
    let mint: TokenMint
    let keys: ServerKeys
    let signing: SigningKeys
    let random: any RandomSource
    let clock: Clock
    let limits: RateLimits

    init(
        _ config: RuntimeConfig, store: any OAuthStore, condition: StoreCondition? = nil, keys: ServerKeys,
        fetcher: (any DocumentFetcher)? = nil, users: UserDirectory? = nil, log: RequestLog = .off,
        surroundings: Surroundings = .process, random: any RandomSource = SystemRandom(), clock: Clock = .system
    ) throws(StartFailure) {
        self.config = config
        let policy = AuthorizationPolicy(config)
        self.policy = policy
        registration = RegistrationPolicy(config, policy: policy)
        self.store = store
        self.condition = condition
        self.users = users
        documents = fetcher.flatMap { fetcher in
            ClientDocuments(config, policy: policy, fetcher: fetcher, store: store, clock: clock, report: log.note)
        }
        clients = try ClientDirectory(
            config, policy: registration, store: store, documents: documents, surroundings: surroundings)
        authentication = ClientAuthentication(
            methods: policy.authMethods,
            assertions: AssertionPolicy(
                issuer: config.issuer, tokenEndpoint: config.url(of: .token) ?? config.issuer,
                audience: config.clientDocuments.audience == .issuer ? .issuer : .issuerOrTokenEndpoint))
        let identity = policy.idTokenAlgorithm.flatMap(JWSAlgorithm.init) ?? TokenMint.accessTokenAlgorithm
        let others = identity == TokenMint.accessTokenAlgorithm ? [] : [identity]
        let signing = SigningKeys(
            store: store, seal: keys.signing, policy: KeyPolicy(config.tokens),
            algorithms: [TokenMint.accessTokenAlgorithm] + others)
        mint = TokenMint(config, keys: keys, signing: signing, identityAlgorithm: identity, random: random)
        self.signing = signing
        self.keys = keys
        self.random = random
        self.clock = clock
        limits = RateLimits(config.limits)
    }

    var verifier: TokenVerifier { TokenVerifier(issuer: config.issuer, store: store, signing: signing, users: users) }
}

extension RuntimeConfig {
    /// The scheme and authority of the issuer, which all endpoints share.
    var origin: String {
        guard let slashes = issuer.utf8.firstRange(of: "://".utf8) else { return issuer }
        let end = issuer.utf8[slashes.upperBound...].firstIndex(of: UInt8(ascii: "/")) ?? issuer.endIndex
        return String(issuer[..<end])
    }

    func path(of endpoint: EndpointName) -> String? {
        endpoints.first { $0.name == endpoint }?.path
    }

    /// The public URL of an endpoint; nil where the server does not have it.
    func url(of endpoint: EndpointName) -> String? {
        path(of: endpoint).map { origin + $0 }
    }
}
