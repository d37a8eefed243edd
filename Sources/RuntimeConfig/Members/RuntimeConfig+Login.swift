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
        /// How the secret is sent; nil for what the provider's document says.
        package var authMethod: ClientSecretMethod?
        /// The claim that is the subject of our tokens; `email` counts when it is verified.
        package var subject: String
        /// Subjects of ours in place of what the provider says: so people keep theirs when the provider is another.
        package var subjects: [Parameter]
        /// Who may come, each by one way; empty for everybody whom the provider knows.
        package var allow: [LoginAdmission]

        /// The one claim that no provider changes (OpenID Connect Core §2).
        package static let standardSubject = "sub"

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
            scopes: [String], parameters: [Parameter], authMethod: ClientSecretMethod? = nil,
            subject: String = RuntimeConfig.Login.standardSubject, subjects: [Parameter] = [],
            allow: [LoginAdmission] = []
        ) {
            self.provider = provider
            self.issuer = issuer
            self.clientID = clientID
            self.clientSecret = clientSecret
            self.scopes = scopes
            self.parameters = parameters
            self.authMethod = authMethod
            self.subject = subject
            self.subjects = subjects
            self.allow = allow
        }
    }

    /// One way to be let in by a login: everything that it says holds of the person.
    package struct LoginAdmission: Hashable, Sendable {
        /// A whole address, which the provider has verified; case does not count.
        package var email: String?
        /// What stands behind the `@` of a verified address.
        package var domain: String?
        package var claims: [Admission.Claim]

        package init(email: String? = nil, domain: String? = nil, claims: [Admission.Claim] = []) {
            self.email = email
            self.domain = domain
            self.claims = claims
        }
    }
}

package enum LoginKey: String, RuntimeKey {
    case provider, issuer
    case clientID = "client_id"
    case clientSecret = "client_secret"
    case scopes, parameters
    case authMethod = "token_endpoint_auth_method"
    case subject, subjects, allow
}

package enum LoginAdmissionKey: String, RuntimeKey {
    case email, domain, claims
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
            { $0.parameters }),
        Member(
            optional: LoginKey.authMethod, .word, "How the secret is sent; else as the provider's document says.",
            { $0.authMethod }),
        Member(
            LoginKey.subject, .text, otherwise: RuntimeConfig.Login.standardSubject,
            "The claim that is the subject of our tokens.", { $0.subject }),
        Member(
            LoginKey.subjects, .list(Parameter.codec), otherwise: [],
            "Our subjects in place of what the provider says.", { $0.subjects }),
        Member(
            LoginKey.allow, .list(RuntimeConfig.LoginAdmission.codec), otherwise: [],
            "Who may come, each by one way; else everybody whom the provider knows.", { $0.allow })
    ) {
        Self(
            provider: $0, issuer: $1, clientID: $2, clientSecret: $3, scopes: $4, parameters: $5, authMethod: $6,
            subject: $7, subjects: $8, allow: $9)
    }
}

extension RuntimeConfig.LoginAdmission {
    static let codec = ValueCodec.object(
        Member(optional: LoginAdmissionKey.email, .text, "A verified address.", { $0.email }),
        Member(optional: LoginAdmissionKey.domain, .text, "The domain of a verified address.", { $0.domain }),
        Member(
            LoginAdmissionKey.claims, .list(RuntimeConfig.Admission.Claim.codec), otherwise: [],
            "Claims of the person, all of them.", { $0.claims })
    ) { Self(email: $0, domain: $1, claims: $2) }
}

extension RuntimeConfig.Login.Parameter {
    static let codec = ValueCodec.object(
        Member(ParameterKey.name, .text, "The parameter.", { $0.name }),
        Member(ParameterKey.value, .text, "Its value.", { $0.value })
    ) { Self(name: $0, value: $1) }
}
