import Cryptography
import HTTPServer
import OAuthModel
import OAuthProtocol
import RuntimeConfig

/// `/login`: takes name and password of the sign-in page, and goes on to the consent.
struct SignInEndpoint: Endpoint {
    let flow: AuthorizationFlow
    let purpose: RateLimits.Purpose? = .form

    func answer(_ call: EndpointCall) async throws(Rejection) -> HTTPResponse {
        let (stage, form) = try await flow.resume(call)
        guard case .local(let login) = flow.login else { throw .upstreamRefused }
        let name = form.first(AuthorizationFlow.Field.username) ?? ""
        // Of the password before it is checked: one that changes meanwhile makes a session that is over.
        let digest = login.users.password(of: name)
        let outcome = await login.check(
            name: name, password: Secret(form.first(AuthorizationFlow.Field.password) ?? ""),
            address: ClientAddress(call.clientAddress), now: call.now)
        switch outcome {
        case .accepted(let subject):
            guard let digest else { return try again(stage, name, .refused) }
            let session = Session(subject: subject, authenticatedAt: call.now, password: digest)
            var response = try flow.page(for: stage, session: session)
            do throws(CryptographyError) {
                let value = try session.cookieValue(browser: stage.browser, key: flow.authority.keys.sessions)
                flow.sessionCookie.set(value, on: &response)
            } catch {
                throw Rejection(error)
            }
            return response
        case .refused: return try again(stage, name, .refused)
        case .throttled(let seconds): return try again(stage, name, .throttled(retryAfter: seconds))
        case .busy: return try again(stage, name, .busy)
        }
    }

    private func again(
        _ stage: AuthorizationFlow.Stage, _ name: String, _ notice: SignInPage.Notice
    ) throws(Rejection) -> HTTPResponse {
        flow.pages.response(
            SignInPage(
                flow.question(of: stage), action: try flow.path(.login),
                hidden: try flow.fields(of: stage), username: name, notice: notice))
    }
}
