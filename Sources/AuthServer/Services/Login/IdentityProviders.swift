import JSONSyntax
import OAuthModel
import OAuthProtocol

/// The identity providers of this release. A further one is a file of its own and a line here.
enum IdentityProviders {
    /// The provider of a deployment: `users` of its own, or `upstream`.
    static func provider(users: UserDirectory?, upstream: UpstreamLogin?) -> any IdentityProvider {
        if let users { return LocalPasswords(LocalLogin(users)) }
        return upstream ?? UnservedProvider()
    }
}

/// Where nobody can sign in: every authorization ends with `server_error`.
private struct UnservedProvider: IdentityProvider {
    func checkAvailability() throws(Rejection) { throw .upstreamRefused }

    func signIn(_ attempt: SignInAttempt) throws(Rejection) -> SignInOutcome { throw .upstreamRefused }

    func recognizes(_ session: Session) -> Bool { false }

    func claims(ofSubject subject: String) -> [JSONMember] { [] }
}
