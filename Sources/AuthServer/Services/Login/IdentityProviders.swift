import JSONSyntax
import OAuthProtocol

/// The identity providers of this release. A further one is a file of its own and a line here.
enum IdentityProviders {
    /// Each makes its provider for a deployment that has it; nil for other deployments.
    private static let all: [@Sendable (Services) -> (any IdentityProvider)?] = [
        LocalPasswords.init
    ]

    static func provider(for services: Services) -> any IdentityProvider {
        for make in all {
            if let provider = make(services) { return provider }
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
