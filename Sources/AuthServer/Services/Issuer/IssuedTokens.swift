import Cryptography
import HTTPClient
import OAuthProtocol
import RuntimeConfig

/// The tokens that the issuer of a deployment gives out, whoever that is.
protocol IssuedTokens: Sendable {
    /// Nil for everything that is no active access token for the resource. Throws when that could not be found out.
    func facts(
        of token: String, at resource: RuntimeConfig.Resource, now: UnixTime
    ) async throws(Rejection) -> AccessTokenFacts?
}

extension TokenVerifier: IssuedTokens {
    func facts(
        of token: String, at resource: RuntimeConfig.Resource, now: UnixTime
    ) async throws(Rejection) -> AccessTokenFacts? {
        try await facts(of: token, now: now)
    }
}

/// What a token stands for at a resource: the one way to find out, whoever gave it out.
struct TokenStandings: Sendable {
    /// Nil where nobody issues tokens that are verified here, so that each is unknown.
    let issued: (any IssuedTokens)?
    let services: ServiceTokens

    init(issued: (any IssuedTokens)? = nil, services: ServiceTokens = .none) {
        self.issued = issued
        self.services = services
    }

    func standing(
        of token: String, at resource: RuntimeConfig.Resource, now: UnixTime
    ) async throws(Rejection) -> TokenStanding {
        if let facts = services.facts(of: token) { return .granted(facts) }
        if resource.passes(token: token) { return .applications }
        guard let issued, let facts = try await issued.facts(of: token, at: resource, now: now) else {
            return .unknown
        }
        return .issued(facts)
    }
}

extension TokenStandings {
    /// The verification of another issuer's tokens; nil where the config has none.
    static func issued(
        by config: RuntimeConfig, clients: IssuerClients? = nil, surroundings: Surroundings = .process,
        report: @escaping IssuerReport = { _ in }
    ) throws(StartFailure) -> (any IssuedTokens)? {
        guard let verification = config.verification else { return nil }
        let clients = if let clients { clients } else { try IssuerClients.open(verification) }
        let reports = IssuerReports.verification(of: config.issuer, report)
        switch verification {
        case .signed(let signed):
            let keys = IssuerKeys(signed, issuer: config.issuer, clients: clients, reports: reports)
            return SignedTokens(signed, issuer: config.issuer, keys: keys)
        case .introspected(let introspection):
            let secret = try introspection.clientSecret.value(surroundings)
            return IntrospectedTokens(
                introspection, issuer: config.issuer, secret: secret, client: clients.configured, reports: reports)
        }
    }
}
