import JSONSyntax
import OAuthProtocol

/// How a provider says who somebody is: by an ID token, or by an API.
protocol ProviderIdentity: Sendable {
    /// False where a `nonce` would come back in nothing.
    var takesNonce: Bool { get }
    /// Fetches what the provider publishes, so that the first person need not wait for it.
    func prepare(now: UnixTime) async throws(IssuerTrouble)
    func endpoints(now: UnixTime) async throws(IssuerTrouble) -> ProviderEndpoints
    /// What the provider says of the person whose tokens these are; `needed` are the claims that decide.
    func claims(
        of tokens: LoginTokens, nonce: String, needed: Set<String>, now: UnixTime
    ) async throws(LoginTrouble) -> JSON
}

/// Where a login goes.
struct ProviderEndpoints: Hashable, Sendable {
    let authorization: String
    let token: String
    /// How clients may send a secret; nil where nothing says it.
    let authMethods: [String]?
}
