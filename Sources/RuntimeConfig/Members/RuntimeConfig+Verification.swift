package import OAuthModel
import WebSyntax

extension RuntimeConfig {
    /// How the access tokens of another issuer are verified for `auth_request`.
    package enum Verification: Hashable, Sendable {
        /// Signed tokens (RFC 9068, or a JWT of the issuer's own kind), by the keys that it publishes.
        case signed(SignedTokens)
        /// Tokens of any kind, by a question to the issuer (RFC 7662).
        case introspected(Introspection)
    }

    package struct SignedTokens: Hashable, Sendable {
        package var keys: KeySource
        package var algorithms: [SignatureAlgorithm]
        /// Which `typ` a header may say, without `application/`; case does not count.
        package var types: [String]
        /// Seconds that the issuer's clock may be off.
        package var leeway: Int
        /// Seconds after they were fetched for which keys count while the issuer is away.
        package var staleKeys: Int

        package init(
            keys: KeySource, algorithms: [SignatureAlgorithm], types: [String], leeway: Int, staleKeys: Int
        ) {
            self.keys = keys
            self.algorithms = algorithms
            self.types = types
            self.leeway = leeway
            self.staleKeys = staleKeys
        }
    }

    /// Where the key set of an issuer is found (RFC 7517 §5).
    package enum KeySource: Hashable, Sendable {
        case url(String)
        /// The `jwks_uri` of the first of these documents that is there and names the issuer byte for byte (RFC 8414
        /// §3.3).
        case documents([String])
    }

    package struct Introspection: Hashable, Sendable {
        package var url: String
        package var clientID: String
        package var clientSecret: SecretReference
        /// Seconds for which an answer is used again; a token that was revoked may live so long.
        package var cache: Int
        /// Seconds that the issuer's clock may be off.
        package var leeway: Int

        package init(url: String, clientID: String, clientSecret: SecretReference, cache: Int, leeway: Int) {
            self.url = url
            self.clientID = clientID
            self.clientSecret = clientSecret
            self.cache = cache
            self.leeway = leeway
        }
    }
}

package enum VerificationKey: String, RuntimeKey {
    case jwks, introspection
}

package enum SignedTokensKey: String, RuntimeKey {
    case keys, algorithms, types, leeway
    case staleKeys = "stale_keys"
}

package enum KeySourceKey: String, RuntimeKey {
    case url, documents
}

package enum IntrospectionKey: String, RuntimeKey {
    case url
    case clientID = "client_id"
    case clientSecret = "client_secret"
    case cache, leeway
}

extension RuntimeConfig.Verification {
    static let codec = ValueCodec<Self>.choice([
        .init(
            VerificationKey.jwks, RuntimeConfig.SignedTokens.codec, "Signed tokens, by the keys of the issuer.",
            make: { .signed($0) }, payload: { if case .signed(let signed) = $0 { signed } else { nil } }),
        .init(
            VerificationKey.introspection, RuntimeConfig.Introspection.codec,
            "Tokens of any kind, by a question to the issuer (RFC 7662).", make: { .introspected($0) },
            payload: { if case .introspected(let introspection) = $0 { introspection } else { nil } }),
    ])
}

extension RuntimeConfig.SignedTokens {
    static let codec = ValueCodec.object(
        Member(SignedTokensKey.keys, RuntimeConfig.KeySource.codec, "Where the keys are found.", { $0.keys }),
        Member(SignedTokensKey.algorithms, .list(.word), "What tokens may be signed with.", { $0.algorithms }),
        Member(SignedTokensKey.types, .list(.text), "Which `typ` a header may say.", { $0.types }),
        Member(SignedTokensKey.leeway, .seconds, "How far the issuer's clock may be off.", { $0.leeway }),
        Member(
            SignedTokensKey.staleKeys, .seconds, "How long fetched keys count while the issuer is away.",
            { $0.staleKeys })
    ) { Self(keys: $0, algorithms: $1, types: $2, leeway: $3, staleKeys: $4) }
}

extension RuntimeConfig.KeySource {
    static let codec = ValueCodec<Self>.choice([
        .init(
            KeySourceKey.url, .text(PublicURL.self), "The key set.", make: { .url($0) },
            payload: { if case .url(let url) = $0 { url } else { nil } }),
        .init(
            KeySourceKey.documents, .list(.metadataURL),
            "Documents whose `jwks_uri` leads there: the first that is found and names the issuer.",
            make: { .documents($0) }, payload: { if case .documents(let urls) = $0 { urls } else { nil } }),
    ])
}

extension RuntimeConfig.Introspection {
    static let codec = ValueCodec.object(
        Member(IntrospectionKey.url, .text(PublicURL.self), "The issuer's introspection endpoint.", { $0.url }),
        Member(
            IntrospectionKey.clientID, .text(ClientID.self), "What the issuer knows this server by.", { $0.clientID }),
        Member(IntrospectionKey.clientSecret, .secret, "The secret of that client.", { $0.clientSecret }),
        Member(IntrospectionKey.cache, .seconds, "How long an answer is used again.", { $0.cache }),
        Member(IntrospectionKey.leeway, .seconds, "How far the issuer's clock may be off.", { $0.leeway })
    ) { Self(url: $0, clientID: $1, clientSecret: $2, cache: $3, leeway: $4) }
}
