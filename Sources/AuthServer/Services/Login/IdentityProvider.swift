import Cryptography
import JSONSyntax
import OAuthModel
import OAuthProtocol

/// What is known of people beyond their subjects, as claims of OpenID Connect Core §5.1.
protocol UserClaims: Sendable {
    /// All that is known; what of it is told, the granted scopes say.
    func claims(ofSubject subject: String) async throws(Rejection) -> [JSONMember]
}

/// How people prove who they are.
enum SignInWay: Sendable {
    /// By the form of the sign-in page.
    case form
    case provider(UpstreamLogin)
}

/// Proves who people are. A deployment has one of ``IdentityProviders``.
protocol IdentityProvider: UserClaims {
    var way: SignInWay { get }
    /// Refuses an authorization request, before anything of it is kept, where nobody could sign in.
    func checkAvailability() throws(Rejection)
    /// Judges what somebody entered into the sign-in form.
    func signIn(_ attempt: SignInAttempt) async throws(Rejection) -> SignInOutcome
    /// True while whoever signed in is still known, by the proof of then.
    func recognizes(_ session: Session) -> Bool
}

extension IdentityProvider {
    var way: SignInWay { .form }
}

/// What somebody entered into the sign-in form, and from where.
struct SignInAttempt: Sendable {
    let name: String
    let password: Secret
    let address: ClientAddress
    let now: UnixTime
}

/// What came of a sign-in.
enum SignInOutcome: Hashable, Sendable {
    case signedIn(Session)
    case refused
    /// Too many wrong attempts for the account or from the address; seconds, at least one.
    case throttled(retryAfter: Int)
    /// Too many checks wait; nothing was counted.
    case busy
}
