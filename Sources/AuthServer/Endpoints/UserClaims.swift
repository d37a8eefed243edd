import JSONSyntax
import OAuthProtocol

/// What is known of people beyond their subjects, as claims of OpenID Connect Core §5.1.
protocol UserClaims: Sendable {
    /// All that is known; what of it is told, the granted scopes say.
    func claims(ofSubject subject: String) async throws(Rejection) -> [JSONMember]
}

extension LoginMethod: UserClaims {
    /// A user of this deployment has the name that is the subject as well.
    func claims(ofSubject subject: String) -> [JSONMember] {
        switch self {
        case .local(let login):
            login.users.contains(subject) ? [JSONMember("preferred_username", .string(subject))] : []
        case .upstream: []
        }
    }
}
