package import OAuthModel
import WebSyntax

extension RuntimeConfig {
    package struct Login: Hashable, Sendable {
        package var provider: LoginProvider
        package var issuer: String
        package var clientID: String
        package var clientSecret: SecretReference?
        package var scopes: [String]
        /// Extra parameters of the authorization request, in order.
        package var parameters: [Parameter]

        package struct Parameter: Hashable, Sendable {
            package var name: String
            package var value: String

            package init(name: String, value: String) {
                self.name = name
                self.value = value
            }
        }

        package init(
            provider: LoginProvider, issuer: String, clientID: String, clientSecret: SecretReference?,
            scopes: [String],
            parameters: [Parameter]
        ) {
            self.provider = provider
            self.issuer = issuer
            self.clientID = clientID
            self.clientSecret = clientSecret
            self.scopes = scopes
            self.parameters = parameters
        }
    }
}

package enum LoginKey: String, RuntimeKey {
    case provider, issuer
    case clientID = "client_id"
    case clientSecret = "client_secret"
    case scopes, parameters
}

package enum ParameterKey: String, RuntimeKey {
    case name, value
}

extension RuntimeConfig.Login {
    static let codec = ValueCodec.object(
        Member(LoginKey.provider, .word, "Whose peculiarities it has.", { $0.provider }),
        Member(LoginKey.issuer, .text(IssuerURL.self), "The provider's issuer identifier.", { $0.issuer }),
        Member(LoginKey.clientID, .text(ClientID.self), "The static client that it knows us by.", { $0.clientID }),
        Member(optional: LoginKey.clientSecret, .secret, "The secret of that client.", { $0.clientSecret }),
        Member(LoginKey.scopes, .list(.text(ScopeToken.self)), "Scopes that are asked for.", { $0.scopes }),
        Member(
            LoginKey.parameters, .list(Parameter.codec), "Further parameters of the authorization request, in order.",
            { $0.parameters })
    ) {
        Self(provider: $0, issuer: $1, clientID: $2, clientSecret: $3, scopes: $4, parameters: $5)
    }
}

extension RuntimeConfig.Login.Parameter {
    static let codec = ValueCodec.object(
        Member(ParameterKey.name, .text, "The parameter.", { $0.name }),
        Member(ParameterKey.value, .text, "Its value.", { $0.value })
    ) { Self(name: $0, value: $1) }
}
