import Cryptography
import HTTPServer
import OAuthProtocol
import OAuthStores

/// The way to a provider and back. The pending authorization stays behind; what the `state` leads to is a copy of it,
/// which is used up by the first answer that the same browser brings.
extension AuthorizationFlow {
    /// A browser that came back.
    struct Return: Sendable {
        let pending: PendingAuthorization
        let state: OpaqueToken
        let browser: OpaqueToken
        let transaction: LoginTransaction
        let client: ClientRecord
    }

    /// Where the browser is to go to sign in. Whoever must prove anew who they are is sent as is somebody who wants to be
    /// another.
    func departure(
        of stage: Stage, for login: UpstreamLogin, isRenewal: Bool, now: UnixTime
    ) async throws(Rejection) -> String {
        let state = try tokens.newToken(.loginState, now: now)
        let request = stage.request
        let location = try await login.location(
            state: state, isRenewal: isRenewal || request.wantsRenewal, now: now)
        let transaction = try Rejection.mapError { () throws(CryptographyError) in
            try LoginTransaction(request: request, browser: stage.browser)
        }
        let (received, expiry) = (stage.pending.createdAt, stage.pending.expiresAt)
        try await authorizations.begin(
            PendingAuthorization(
                id: try tokens.hash(of: state), clientID: request.clientID, details: transaction.storedText,
                createdAt: received, expiresAt: expiry))
        return location
    }

    /// Finds what an answer of the provider belongs to. Nothing is taken from another browser than the one that went.
    func comeback(_ parameters: ParameterList, _ call: EndpointCall) async throws(Rejection) -> Return {
        guard let text = try parameters.value(.state), let state = OpaqueToken(.loginState, presented: text) else {
            throw .malformedParameter(.state)
        }
        guard BrowserCookie.browser.value(in: call.request) != nil else { throw .missingCookie }
        guard let browser = browser(of: call.request) else { throw .otherBrowser }
        let id = try tokens.hash(of: state)
        guard let pending = try await authorizations.pending(id, now: call.now),
            let transaction = LoginTransaction(stored: pending.details, clientID: pending.clientID)
        else { throw .expiredTransaction }
        let isSame = try Rejection.mapError { () throws(CryptographyError) in try transaction.isOf(browser) }
        guard isSame else { throw .otherBrowser }
        let client = try await client(of: transaction.request, call)
        return Return(pending: pending, state: state, browser: browser, transaction: transaction, client: client)
    }

    /// Uses up the `state`; false when that was done before.
    func take(_ comeback: Return, now: UnixTime) async throws(Rejection) -> Bool {
        guard !comeback.transaction.isAnswered else { return false }
        var (pending, transaction) = (comeback.pending, comeback.transaction)
        transaction.isAnswered = true
        pending.details = transaction.storedText
        return try await authorizations.answer(pending, now: now)
    }

    /// The consent page of somebody who has just signed in.
    func arrive(
        _ comeback: Return, as session: Session, now: UnixTime
    ) async throws(Rejection) -> HTTPResponse {
        let stage = try await stage(
            of: comeback.transaction.request, comeback.client, comeback.browser, from: comeback.pending.createdAt,
            now: now)
        var response = try page(for: stage, session: session)
        try remember(session, of: stage, on: &response)
        return response
    }

    /// The `Location` by which the client is told of a refusal.
    func location(of rejection: Rejection, _ request: AuthorizationRequest) -> String {
        AuthorizationResponse.location(of: rejection.wire, to: request.target, issuer: issuer)
    }
}
