import Cryptography
import HTTPServer
import OAuthModel
import OAuthProtocol
import RuntimeConfig

/// `/login`: takes name and password of the sign-in page, and goes on to the consent.
struct SignInEndpoint: Endpoint {
    let readers = EndpointReaders.people
    let access: EndpointAccess<ParameterList, AuthorizationFlow.Stage>
    private let flow: AuthorizationFlow

    init(flow: AuthorizationFlow) {
        self.flow = flow
        access = .proven(by: .browserForm, limit: .form) { (form, call) throws(Rejection) in
            try await flow.resume(form, call)
        }
    }

    func parse(_ call: EndpointCall) throws(Rejection) -> ParameterList { try call.ownForm() }

    func act(
        _ form: ParameterList, by stage: AuthorizationFlow.Stage, _ call: EndpointCall
    ) async throws(Rejection) -> HTTPResponse {
        let name = form.first(AuthorizationFlow.Field.username) ?? ""
        let attempt = SignInAttempt(
            name: name, password: Secret(form.first(AuthorizationFlow.Field.password) ?? ""),
            address: ClientAddress(call.clientAddress), now: call.now)
        switch try await flow.identity.signIn(attempt) {
        case .signedIn(let session):
            var response = try flow.page(for: stage, session: session)
            try flow.remember(session, of: stage, on: &response)
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
