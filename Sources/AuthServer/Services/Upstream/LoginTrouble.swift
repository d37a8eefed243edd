import Cryptography
import HTTPClient
import OAuthProtocol

/// Why nobody is signed in by what a provider said.
enum LoginTrouble: Error, Hashable, Sendable {
    case issuer(IssuerTrouble)
    case answer(LoginTokens.Fault)
    case idToken(IDTokenFault)
    /// What the provider says when it is asked is about somebody else than the ID token.
    case otherPerson
    case policy(LoginPolicy.Fault)
    case cryptography(CryptographyError)

    static func mapError<Value>(
        _ ask: () async throws(IssuerTrouble) -> Value
    ) async throws(LoginTrouble) -> Value {
        do throws(IssuerTrouble) { return try await ask() } catch { throw .issuer(error) }
    }

    /// What the client, or the person, is told: never a word of the provider's.
    var rejection: Rejection {
        switch self {
        case .issuer(.fetch), .issuer(.paused), .answer(.unavailable): .unavailable(.upstream, retryAfter: 5)
        case .issuer(.status(let status)) where status == 429 || status >= 500:
            .unavailable(.upstream, retryAfter: 5)
        case .issuer: .login(.provider)
        case .answer(.credentials): .login(.credentials)
        case .answer(.code): .login(.code)
        case .answer: .login(.answer)
        case .idToken(.signature(.unjudged(let failure))), .cryptography(let failure): Rejection(failure)
        case .idToken: .login(.idToken)
        case .otherPerson: .login(.otherPerson)
        case .policy(.subject): .login(.subject)
        case .policy(.notAdmitted): .notAdmitted
        }
    }

    /// What the operator is told, who alone can mend it; nil for what a single login failed at.
    var report: IssuerTrouble? {
        switch self {
        case .issuer(let trouble): trouble
        case .answer(.credentials): .credentials
        default: nil
        }
    }
}
