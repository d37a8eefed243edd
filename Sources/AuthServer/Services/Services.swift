import Cryptography
import OAuthModel
import OAuthProtocol
import OAuthStores
import RuntimeConfig
import WebSyntax

/// The services of the authorization server, put together from its config. Who uses one is given that one, not this.
///
/// A class of constants, since a value of this size would be copied, field by field, on its way.
final class Services: Sendable {
    let config: RuntimeConfig
    let policy: AuthorizationPolicy
    let registration: RegistrationPolicy
    let store: any OAuthStore
    /// Nil where nobody tells how the store is.
    let condition: StoreCondition?
    let clients: ClientService
    let authorizations: AuthorizationService
    let tokens: TokenService
    /// The people of mode `local`; nil in the other modes.
    let users: UserDirectory?
    let keys: ServerKeys
    let signing: SigningKeys
    let clock: Clock
    let limits: RateLimits

    /// `report` is told of every document of a client that could not be had, for the log.
    init(
        _ config: RuntimeConfig, store: any OAuthStore, condition: StoreCondition? = nil, keys: ServerKeys,
        fetcher: (any DocumentFetcher)? = nil, users: UserDirectory? = nil,
        surroundings: Surroundings = .process, random: any RandomSource = SystemRandom(), clock: Clock = .system,
        report: @escaping @Sendable (_ url: String, _ failure: DocumentFailure) -> Void = { _, _ in }
    ) throws(StartFailure) {
        self.config = config
        let policy = AuthorizationPolicy(config)
        self.policy = policy
        let registration = RegistrationPolicy(config, policy: policy)
        self.registration = registration
        self.store = store
        self.condition = condition
        self.users = users
        self.keys = keys
        self.clock = clock
        limits = RateLimits(config.limits)
        authorizations = AuthorizationService(store, limit: config.limits.pendingAuthorizations)
        let documents = fetcher.flatMap { fetcher in
            ClientDocuments(config, policy: policy, fetcher: fetcher, store: store, clock: clock, report: report)
        }
        clients = ClientService(
            try ClientDirectory(
                config, policy: registration, store: store, documents: documents, surroundings: surroundings),
            authentication: ClientAuthentication(config, policy: policy), store: store, documents: documents)
        let identity = policy.idTokenAlgorithm.flatMap(JWSAlgorithm.init) ?? AccessTokenSignature.algorithm
        let others = identity == AccessTokenSignature.algorithm ? [] : [identity]
        let signing = SigningKeys(
            store: store, seal: keys.signing, policy: KeyPolicy(config.tokens),
            algorithms: [AccessTokenSignature.algorithm] + others)
        self.signing = signing
        tokens = TokenService(
            TokenIssuer(config, keys: keys, signing: signing, identityAlgorithm: identity, random: random),
            verifier: TokenVerifier(issuer: config.issuer, store: store, signing: signing, users: users), store: store)
    }
}

extension ClientAuthentication {
    fileprivate init(_ config: RuntimeConfig, policy: AuthorizationPolicy) {
        self.init(
            methods: policy.authMethods,
            assertions: AssertionPolicy(
                issuer: config.issuer, tokenEndpoint: config.url(of: .token) ?? config.issuer,
                audience: config.clientDocuments.audience == .issuer ? .issuer : .issuerOrTokenEndpoint))
    }
}

extension RuntimeConfig {
    /// The scheme and authority of the issuer, which all endpoints share.
    var origin: String { issuer.schemeAndAuthority.map(String.init) ?? issuer }

    func path(of endpoint: EndpointName) -> String? {
        endpoints.first { $0.name == endpoint }?.path
    }

    /// The public URL of an endpoint; nil where the server does not have it.
    func url(of endpoint: EndpointName) -> String? {
        path(of: endpoint).map { origin + $0 }
    }
}
