import JSONSyntax
import OAuthModel
import OAuthProtocol
import RuntimeConfig

/// The identity providers of this release. A further one is a file of its own and a line here.
enum IdentityProviders {
    /// Makes the provider of a deployment that has it; nil for another deployment.
    private typealias Make = @Sendable (RuntimeConfig, UserDirectory?) -> (any IdentityProvider)?

    private static let all: [Make] = [
        { _, users in users.map { LocalPasswords(LocalLogin($0)) } }
    ]

    /// The provider of a deployment; `users` are those of its own, nil where it has none.
    static func provider(for config: RuntimeConfig, users: UserDirectory?) -> any IdentityProvider {
        for make in all {
            if let provider = make(config, users) { return provider }
        }
        return UnservedProvider()
    }
}

/// A provider that this release cannot ask: every authorization ends with `server_error`.
private struct UnservedProvider: IdentityProvider {
    func checkAvailability() throws(Rejection) { throw .upstreamRefused }

    func signIn(_ attempt: SignInAttempt) throws(Rejection) -> SignInOutcome { throw .upstreamRefused }

    func recognizes(_ session: Session) -> Bool { false }

    func claims(ofSubject subject: String) -> [JSONMember] { [] }
}
