package import OAuthModel
import RuntimeConfig

/// A valid token request (RFC 6749 §4.1.3, §6), whose client has still to authenticate and whose grant has still to be
/// found.
package enum TokenRequest: Hashable, Sendable {
    case authorizationCode(CodeRedemption)
    case refreshToken(Refresh)

    package struct CodeRedemption: Hashable, Sendable {
        package let code: String
        package let redirectURI: String?
        package let verifier: String
        /// The canonical identifier; nil when the request names none.
        package let resource: String?
    }

    package struct Refresh: Hashable, Sendable {
        package let refreshToken: String
        /// Nil for the whole grant.
        package let scopes: [String]?
        /// The canonical identifier; nil when the request names none, which keeps the grant's.
        package let resource: String?
    }

    package var grantType: GrantType {
        switch self {
        case .authorizationCode: .authorizationCode
        case .refreshToken: .refreshToken
        }
    }

    package init(_ form: ParameterList, resources: ResourceIndicators) throws(Rejection) {
        try form.checkRepetition()
        let name = try form.required(.grantType)
        guard let type = GrantType(rawValue: name) else { throw .unsupportedGrantType }
        switch type {
        case .authorizationCode:
            let code = try form.required(.code)
            let redirectURI = try form.value(.redirectURI)
            let verifier = try form.required(.codeVerifier)
            guard CodeChallenge.isVerifier(verifier) else { throw .grant(.malformedVerifier) }
            let resource = try Self.resource(form, resources)
            self = .authorizationCode(
                CodeRedemption(code: code, redirectURI: redirectURI, verifier: verifier, resource: resource))
        case .refreshToken:
            let token = try form.required(.refreshToken)
            let scope = try form.value(.scope)
            var scopes: [String]?
            if let scope { scopes = try Scopes.parsed(scope) }
            let resource = try Self.resource(form, resources)
            self = .refreshToken(Refresh(refreshToken: token, scopes: scopes, resource: resource))
        }
    }

    /// Refuses a grant type that the client did not register.
    package func checkGrantType(of client: ClientRecord) throws(Rejection) {
        guard client.grantTypes.contains(grantType) else { throw .unregisteredGrantType }
    }

    /// One resource of ours at most, since a token has one audience; named more than once it is still one (RFC 8707 §2).
    private static func resource(_ form: ParameterList, _ resources: ResourceIndicators) throws(Rejection) -> String? {
        try resources.resource(form.values(.resource))?.resource
    }
}
