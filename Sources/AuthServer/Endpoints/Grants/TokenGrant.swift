import OAuthModel
import OAuthProtocol

/// A grant of the token endpoint (RFC 6749 §1.3), as what is its own: the endpoint reads the form, authenticates the
/// client and asks whether it may use the grant.
protocol TokenGrant: Sendable {
    associatedtype Request: Sendable

    var type: GrantType { get }
    /// Reads the parameters of the grant; all that can be refused without a look into the store is.
    func parse(_ form: ParameterList) throws(Rejection) -> Request
    /// Exchanges what a client presents for tokens, after all that can be refused without consuming it was refused.
    func exchange(
        _ request: Request, for client: ClientRecord, now: UnixTime
    ) async throws(Rejection) -> TokenResponse
}

/// A grant with a request that it has read.
struct GrantExchange: Sendable {
    let type: GrantType
    let exchange: @Sendable (_ client: ClientRecord, _ now: UnixTime) async throws(Rejection) -> TokenResponse

    init<Requested: TokenGrant>(_ grant: Requested, _ form: ParameterList) throws(Rejection) {
        let request = try grant.parse(form)
        type = grant.type
        exchange = { (client, now) async throws(Rejection) -> TokenResponse in
            try await grant.exchange(request, for: client, now: now)
        }
    }
}

extension TokenGrant {
    /// The grant bound to a request.
    func exchange(_ form: ParameterList) throws(Rejection) -> GrantExchange { try GrantExchange(self, form) }
}
