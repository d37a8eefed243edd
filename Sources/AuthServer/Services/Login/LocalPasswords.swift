import JSONSyntax
import OAuthModel
import OAuthProtocol

/// Identities by the names and passwords of this deployment.
struct LocalPasswords: IdentityProvider {
    private let login: LocalLogin

    init(_ login: LocalLogin) {
        self.login = login
    }

    func checkAvailability() {}

    func signIn(_ attempt: SignInAttempt) async -> SignInOutcome {
        // Of the password before it is checked: one that changes meanwhile makes a session that is over.
        let digest = login.users.password(of: attempt.name)
        let outcome = await login.check(
            name: attempt.name, password: attempt.password, address: attempt.address, now: attempt.now)
        switch outcome {
        case .accepted(let subject):
            guard let digest else { return .refused }
            return .signedIn(Session(subject: subject, authenticatedAt: attempt.now, password: digest))
        case .refused: return .refused
        case .throttled(let seconds): return .throttled(retryAfter: seconds)
        case .busy: return .busy
        }
    }

    func recognizes(_ session: Session) -> Bool { login.users.recognizes(session) }

    /// A user of this deployment has the name that is the subject as well.
    func claims(ofSubject subject: String) -> [JSONMember] {
        login.users.contains(subject) ? [JSONMember("preferred_username", .string(subject))] : []
    }
}
