package import JSONSyntax
import WebSyntax

/// What a login provider says of itself (OpenID Connect Discovery 1.0 §3, RFC 8414 §2).
package struct ProviderMetadata: Hashable, Sendable {
    package let authorizationEndpoint: String
    package let tokenEndpoint: String
    package let keysURL: String
    package let userInfoEndpoint: String?
    /// How clients may send a secret; nil where the document does not say, which is `client_secret_basic` alone.
    package let authMethods: [String]?

    package enum Fault: Error, Hashable, Sendable {
        case malformed
        /// The document is of another issuer than the one it was asked for, byte for byte.
        case otherIssuer
        /// The provider gives out no codes.
        case noCode
    }

    package init(_ document: JSON, issuer: String) throws(Fault) {
        guard let named = document["issuer"]?.string else { throw .malformed }
        guard named.hasSameBytes(as: issuer) else { throw .otherIssuer }
        guard let authorization = document["authorization_endpoint"]?.string,
            let token = document["token_endpoint"]?.string, let keys = document["jwks_uri"]?.string
        else { throw .malformed }
        if let types = document["response_types_supported"]?.array {
            guard types.contains("code") else { throw .noCode }
        }
        authorizationEndpoint = authorization
        tokenEndpoint = token
        keysURL = keys
        userInfoEndpoint = document["userinfo_endpoint"]?.string
        authMethods = document["token_endpoint_auth_methods_supported"]?.array?.compactMap(\.string)
    }
}
