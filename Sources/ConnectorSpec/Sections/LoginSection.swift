package import Diagnostics
package import OAuthModel
package import WebSyntax

/// `issuer.login:`, the provider where people prove who they are (mode `upstream`).
package struct LoginSection: Sendable {
    package var provider: Located<LoginProvider>
    package var issuer: Located<IssuerURL>
    package var clientID: Located<ClientID>
    package var clientSecret: Located<SecretReference>?
    package var scopes: [Located<ScopeToken>]?
    /// Auth0's `audience` and the like: extra parameters of the authorization request.
    package var parameters: [(name: Located<String>, value: Located<String>)]
    package var span: Span
}
