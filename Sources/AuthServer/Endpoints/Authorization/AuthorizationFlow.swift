import Cryptography
import HTTPServer
import OAuthModel
import OAuthProtocol
import OAuthStores
import RuntimeConfig

/// The way of a person from an authorization request to a code: sign-in, consent, and the way back to the client.
///
/// Each step is a page whose form carries the handle of the pending authorization and a token bound to this browser.
final class AuthorizationFlow: Sendable {
    let policy: AuthorizationPolicy
    let clients: ClientService
    let tokens: TokenService
    let authorizations: AuthorizationService
    let identity: any IdentityProvider
    let pages: Pages
    let config: RuntimeConfig
    private let keys: ServerKeys

    init(_ services: Services, pages: Pages, identity: any IdentityProvider) {
        config = services.config
        policy = services.policy
        clients = services.clients
        tokens = services.tokens
        keys = services.keys
        authorizations = services.authorizations
        self.identity = identity
        self.pages = pages
    }

    static let lifetime = Duration.seconds(600)

    /// A pending authorization that a form of ours came back from.
    struct Stage: Sendable {
        let pending: PendingAuthorization
        let handle: OpaqueToken
        let browser: OpaqueToken
        let request: AuthorizationRequest
        let client: ClientRecord

        /// Nil while the person has not answered.
        var answer: ConsentAnswer? { ConsentAnswer(stored: pending.details) }
    }

    // MARK: steps

    /// Keeps a request until the person has answered, and shows the first page.
    func begin(
        _ request: AuthorizationRequest, client: ClientRecord, call: EndpointCall
    ) async throws(Rejection) -> HTTPResponse {
        try identity.checkAvailability()
        let known = browser(of: call.request)
        let browser = if let known { known } else { try tokens.newToken(.browser, now: call.now) }
        let stage = try await stage(of: request, client, browser, from: call.now, now: call.now)
        var response = try page(for: stage, session: try session(of: call, for: stage))
        if known == nil { BrowserCookie.browser.set(browser.text, on: &response) }
        return response
    }

    /// Keeps a request that came at `received`, by a new handle.
    func stage(
        of request: AuthorizationRequest, _ client: ClientRecord, _ browser: OpaqueToken, from received: UnixTime,
        now: UnixTime
    ) async throws(Rejection) -> Stage {
        let handle = try tokens.newToken(.transaction, now: now)
        let pending = PendingAuthorization(
            id: try tokens.hash(of: handle), clientID: client.id, details: request.storedText(), createdAt: received,
            expiresAt: received + Self.lifetime)
        try await authorizations.begin(pending)
        return Stage(pending: pending, handle: handle, browser: browser, request: request, client: client)
    }

    /// Finds what a posted form belongs to. Nothing is looked up for a form that is not this browser's. An
    /// authorization that was answered before has expired for whoever does not ask for such ones too.
    func resume(
        _ form: ParameterList, _ call: EndpointCall, evenAnswered: Bool = false
    ) async throws(Rejection) -> Stage {
        guard FetchSite.allowsForm(call.request.headers["Sec-Fetch-Site"]) else { throw .forgedForm }
        guard BrowserCookie.browser.value(in: call.request) != nil else { throw .missingCookie }
        guard let browser = browser(of: call.request) else { throw .otherBrowser }
        guard let presented = form.first(Field.token), let text = form.first(Field.transaction),
            let handle = OpaqueToken(.transaction, presented: text),
            try formToken(browser, handle).matches(presented)
        else { throw .forgedForm }
        let id = try tokens.hash(of: handle)
        guard let pending = try await authorizations.pending(id, now: call.now),
            let request = AuthorizationRequest(stored: pending.details, clientID: pending.clientID)
        else { throw .expiredTransaction }
        let client = try await client(of: request, call)
        let stage = Stage(pending: pending, handle: handle, browser: browser, request: request, client: client)
        guard evenAnswered || stage.answer == nil else { throw .expiredTransaction }
        return stage
    }

    /// The client of a request that was kept: it may have changed or gone while the person was reading.
    func client(of request: AuthorizationRequest, _ call: EndpointCall) async throws(Rejection) -> ClientRecord {
        guard
            let client = try await clients.client(request.clientID, for: .authorization, from: call.clientAddress)
        else { throw .unknownClient(id: request.clientID) }
        if let host = client.excludedFor { throw .excludedClient(host: host) }
        do throws(RedirectFault) { _ = try client.redirect(request.redirectURI) } catch { throw .redirect(error) }
        return client
    }

    /// The nonce of a browser; nil before it has one of ours.
    func browser(of request: HTTPRequest) -> OpaqueToken? {
        BrowserCookie.browser.value(in: request).flatMap { OpaqueToken(.browser, presented: $0) }
    }

    /// Who signed in with this browser and is still one of ours.
    func session(of call: EndpointCall) throws(Rejection) -> Session? {
        guard let browser = browser(of: call.request) else { return nil }
        for text in sessionCookie.values(in: call.request) {
            let session = try Rejection.mapError { () throws(CryptographyError) in
                try Session(text, browser: browser, key: keys.sessions, now: call.now)
            }
            if let session, identity.recognizes(session) { return session }
        }
        return nil
    }

    var sessionCookie: BrowserCookie { .session(of: config) }

    /// The session that counts for this request: one that is as fresh as the request wants.
    func session(of call: EndpointCall, for stage: Stage) throws(Rejection) -> Session? {
        guard let session = try session(of: call) else { return nil }
        let isFresh = stage.request.accepts(signInAt: session.authenticatedAt, received: stage.pending.createdAt)
        return isFresh ? session : nil
    }

    /// The page that comes next: the sign-in, or with a session the consent.
    func page(for stage: Stage, session: Session?) throws(Rejection) -> HTTPResponse {
        let question = question(of: stage)
        let hidden = try fields(of: stage)
        guard let session else {
            switch identity.way {
            case .form: return pages.response(SignInPage(question, action: try path(.login), hidden: hidden))
            case .provider(let login):
                return pages.response(
                    ProviderPage(
                        action: try path(.consent), hidden: hidden, redirectHost: question.redirectHost,
                        clientName: question.clientName, providerHost: login.provider.host))
            }
        }
        return pages.response(
            ConsentPage(action: try path(.consent), hidden: hidden, question: question, subject: session.name))
    }

    /// Sends the browser back to the client.
    ///
    /// A browser that tells where its requests come from is led by a page, since it would hold our `form-action`
    /// against the client's own redirects; everything else gets the redirect.
    func redirect(_ location: String, after call: EndpointCall, to stage: Stage) -> HTTPResponse {
        guard call.request.headers["Sec-Fetch-Site"] != nil else { return .redirect(location) }
        let host = question(of: stage).redirectHost
        return pages.response(ContinuePage(location: location, redirectHost: host))
    }

    /// Lets the browser remember who signed in.
    func remember(_ session: Session, of stage: Stage, on response: inout HTTPResponse) throws(Rejection) {
        let value = try Rejection.mapError { () throws(CryptographyError) in
            try session.cookieValue(browser: stage.browser, key: keys.sessions)
        }
        sessionCookie.set(value, on: &response)
    }

    // MARK: parts

    var issuer: String { config.issuer }

    /// What the person is asked about this request.
    func question(of stage: Stage) -> ConsentQuestion {
        let resource = config.resources.first { $0.resource == stage.request.resource }
        return ConsentQuestion(
            stage.request, client: stage.client,
            unscopedConnector: resource.flatMap { $0.scopes.isEmpty ? $0.name : nil })
    }

    enum Field {
        static let transaction = "transaction"
        static let token = "form_token"
        static let decision = "decision"
        static let username = "username"
        static let password = "password"
    }

    func fields(of stage: Stage) throws(Rejection) -> [HiddenField] {
        [
            HiddenField(Field.transaction, stage.handle.text),
            HiddenField(Field.token, try formToken(stage.browser, stage.handle).text),
        ]
    }

    func path(_ name: EndpointName) throws(Rejection) -> String {
        guard let path = config.path(of: name) else { throw .upstreamRefused }
        return path
    }

    private func formToken(_ browser: OpaqueToken, _ handle: OpaqueToken) throws(Rejection) -> FormToken {
        try Rejection.mapError { () throws(CryptographyError) in
            try FormToken(browser: browser, transaction: handle, key: keys.forms)
        }
    }
}

extension ParameterList {
    /// The value of a field of our own forms.
    func first(_ name: String) -> String? { parameters.first { $0.name == name }?.value }
}

extension HTTPResponse {
    /// 303: whatever the request was, the client is asked with GET (RFC 9700 §4.12).
    static func redirect(_ location: String) -> HTTPResponse {
        HTTPResponse(
            AuthorizationResponse.status,
            headers: ["Location": location, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"])
    }
}
