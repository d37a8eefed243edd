import Cryptography
import OAuthModel
import OAuthProtocol
import RuntimeConfig

/// The signed access tokens of another issuer (RFC 9068 §4, RFC 8725), verified by its keys.
struct SignedTokens: IssuedTokens {
    private let form: JWSPolicy
    private let policy: ForeignToken.Policy
    private let keys: IssuerKeys
    /// Those that were verified lately; a signature costs more than all the rest.
    private let known = RecentValues<String, ForeignToken>(limit: 2_048)

    /// Longer ones are verified each time, so that memory has a bound.
    private static let longestKept = 4_096
    /// The longest token that is looked at.
    static let longest = 16_384

    init(_ signed: RuntimeConfig.SignedTokens, issuer: String, keys: IssuerKeys) {
        form = JWSPolicy(
            types: .oneOf(signed.types.map { $0.lowercased() }),
            algorithms: Set(signed.algorithms.map(JWSAlgorithm.init)), needsKeyID: false,
            maximumLength: Self.longest)
        policy = ForeignToken.Policy(issuer: issuer, leeway: signed.leeway)
        self.keys = keys
    }

    func facts(
        of token: String, at resource: RuntimeConfig.Resource, now: UnixTime
    ) async throws(Rejection) -> AccessTokenFacts? {
        let copy = try await IssuerTrouble.rejecting { () throws(IssuerTrouble) in try await keys.current(at: now) }
        let seconds = Int(now.seconds)
        if let found = known.value(token, of: copy.generation) { return found.facts(for: resource, now: seconds) }
        switch try verified(token, by: copy) {
        case .success(let found): return found?.facts(for: resource, now: seconds)
        // Signed by a key that we do not have yet, or by none of the issuer's.
        case .failure:
            let newer = try await IssuerTrouble.rejecting { () throws(IssuerTrouble) in
                try await keys.newer(than: copy, at: now)
            }
            guard let newer, case .success(let found) = try verified(token, by: newer)
            else { return nil }
            return found?.facts(for: resource, now: seconds)
        }
    }

    /// No key of the set fits.
    private struct UnknownKey: Error {}

    /// The token, once its signature and what it says are found to be good; nil in its place for one that is not.
    private func verified(
        _ token: String, by copy: IssuerKeys.Copy
    ) throws(Rejection) -> Result<ForeignToken?, UnknownKey> {
        do throws(JWSError) {
            let claims = try JWS.verify(token, keys: copy.value, policy: form).claims()
            guard let found = try? ForeignToken(signed: claims.json, policy) else { return .success(nil) }
            if token.utf8.count <= Self.longestKept { known.keep(found, for: token, of: copy.generation) }
            return .success(found)
        } catch {
            switch error {
            case .unknownKey: return .failure(UnknownKey())
            case .unjudged(let failure): throw Rejection(failure)
            default: return .success(nil)
            }
        }
    }
}

extension JWSAlgorithm {
    init(_ algorithm: SignatureAlgorithm) {
        self =
            switch algorithm {
            case .rs256: .rs256
            case .es256: .es256
            }
    }
}
