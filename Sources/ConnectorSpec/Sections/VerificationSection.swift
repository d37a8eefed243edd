package import Diagnostics
package import OAuthModel
package import WebSyntax

/// `issuer.verification:`, how `connectorgen-auth` verifies the tokens of another issuer for nginx (`verify: edge`).
package enum VerificationSection: Sendable {
    case signed(SignedTokensSection)
    case introspected(IntrospectionSection)

    package var span: Span {
        switch self {
        case .signed(let section): section.span
        case .introspected(let section): section.span
        }
    }
}

/// `issuer.verification.jwks:`, signed tokens by the keys of their issuer.
package struct SignedTokensSection: Sendable {
    package var url: Located<PublicURL>?
    package var algorithms: [Located<SignatureAlgorithm>]?
    package var types: [Located<String>]?
    package var leeway: Located<TimeSpan>?
    package var staleKeys: Located<TimeSpan>?
    package var span: Span
}

/// `issuer.verification.introspection:`, tokens of any kind by a question to their issuer (RFC 7662).
package struct IntrospectionSection: Sendable {
    package var url: Located<PublicURL>
    package var clientID: Located<ClientID>
    package var clientSecret: Located<SecretReference>
    package var cache: Located<TimeSpan>?
    package var leeway: Located<TimeSpan>?
    package var span: Span
}

extension VerificationSection {
    package enum Default {
        package static let algorithms = SignatureAlgorithm.allCases
        /// RFC 9068 §2.1, and what issuers say that do not know it.
        package static let types = ["at+jwt", "JWT"]
        package static let leeway = TimeSpan.seconds(30)
        package static let staleKeys = TimeSpan.hours(1)
        package static let cache = TimeSpan.seconds(30)
    }

    static let keys = SectionKeys<Self>(
        "issuer.verification",
        "How connectorgen-auth verifies the tokens of another issuer for nginx (`verify: edge`). Exactly one of the keys.",
        Key(
            "jwks", .section(SignedTokensSection.keys), .conditional("or `introspection`"),
            "Signed tokens (JWT), by the keys that the issuer publishes.", example: "{}"),
        Key(
            "introspection", .section(IntrospectionSection.keys), .conditional("or `jwks`"),
            "Tokens of any kind, by a question to the issuer (RFC 7662).",
            example: "{ url: https://login.example.com/introspect, client_id: cid_example, "
                + "client_secret: { env: INTROSPECTION_SECRET } }")
    ) { _, signed, introspected in
        signed.map(Self.signed) ?? introspected.map(Self.introspected)
    }
}

extension SignedTokensSection {
    private typealias Default = VerificationSection.Default

    static let keys = SectionKeys<Self>(
        "issuer.verification.jwks", "Signed tokens, by the keys that the issuer publishes.",
        Key(
            "url", .publicURL, .optional("what the issuer's metadata names"),
            "The issuer's key set; https, or http on the machine itself.",
            example: "https://login.example.com/jwks.json"),
        Key(
            "algorithms", .list(.choice(SignatureAlgorithm.self)),
            .optional(Default.algorithms.map(\.rawValue).joined(separator: ", ")), "What tokens may be signed with.",
            example: "[ES256]"),
        Key(
            "types", .list(.plain), .optional(Default.types.joined(separator: ", ")),
            "Which `typ` the header of a token may say; ID tokens and refresh tokens are refused besides.",
            example: "[at+jwt]"),
        Key(
            "leeway", .timeSpan, .standard(Default.leeway), "How far the issuer's clock may be off.", example: "10s"),
        Key(
            "stale_keys", .timeSpan, .standard(Default.staleKeys),
            "How long keys count after they were fetched, while the issuer is away.", example: "6h")
    ) {
        SignedTokensSection(url: $1, algorithms: $2, types: $3, leeway: $4, staleKeys: $5, span: $0.span)
    }
}

extension IntrospectionSection {
    private typealias Default = VerificationSection.Default

    static let keys = SectionKeys<Self>(
        "issuer.verification.introspection", "Tokens of any kind, by a question to the issuer (RFC 7662).",
        Key(
            "url", .publicURL, "The issuer's introspection endpoint; https, or http on the machine itself.",
            example: "https://login.example.com/introspect"),
        Key("client_id", .clientID, "What the issuer knows connectorgen-auth by.", example: "cid_example"),
        Key(
            "client_secret", .secret, "Its secret, which goes by HTTP Basic.", example: "{ env: INTROSPECTION_SECRET }"),
        Key(
            "cache", .timeSpan, .standard(Default.cache),
            "How long an answer is used again; a token that was revoked may live so long.", example: "10s"),
        Key(
            "leeway", .timeSpan, .standard(Default.leeway), "How far the issuer's clock may be off.", example: "10s")
    ) {
        IntrospectionSection(url: $1, clientID: $2, clientSecret: $3, cache: $4, leeway: $5, span: $0.span)
    }
}
