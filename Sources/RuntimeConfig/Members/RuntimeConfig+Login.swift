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
        /// Other spellings of the issuer in the provider's answers.
        package var issuerSpellings: [String]
        /// The `prompt` by which people prove anew who they are, or become somebody else (OpenID Connect Core §3.1.2.1);
        /// nil where the provider knows none.
        package var renewalPrompt: String?
        /// Who says who somebody is, at a provider that gives out no ID tokens.
        package var userAPI: UserAPI?

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
            allow: [LoginAdmission] = [], issuerSpellings: [String] = [], renewalPrompt: String? = nil,
            userAPI: UserAPI? = nil
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
            self.issuerSpellings = issuerSpellings
            self.renewalPrompt = renewalPrompt
            self.userAPI = userAPI
        }
    }

    /// A login by plain OAuth 2.0: nothing of it is discovered, and an API says whose an access token is.
    package struct UserAPI: Hashable, Sendable {
        package var authorizationEndpoint: String
        package var tokenEndpoint: String
        /// One object about the person.
        package var user: String
        /// A list of the person's addresses, each with `email`, `primary` and `verified`.
        package var emails: String?
        /// A list of what the person is a member of, each with `login` and `id`.
        package var organizations: String?

        package init(
            authorizationEndpoint: String, tokenEndpoint: String, user: String, emails: String? = nil,
            organizations: String? = nil
        ) {
            self.authorizationEndpoint = authorizationEndpoint
            self.tokenEndpoint = tokenEndpoint
            self.user = user
            self.emails = emails
            self.organizations = organizations
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
    case issuerSpellings = "issuer_spellings"
    case renewalPrompt = "renewal_prompt"
    case userAPI = "user_api"
}

package enum UserAPIKey: String, RuntimeKey {
    case authorizationEndpoint = "authorization_endpoint"
    case tokenEndpoint = "token_endpoint"
    case user, emails, organizations
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
            "Who may come, each by one way; else everybody whom the provider knows.", { $0.allow }),
        Member(
            LoginKey.issuerSpellings, .list(.text), otherwise: [],
            "Further spellings of the issuer in the provider's answers.", { $0.issuerSpellings }),
        Member(
            optional: LoginKey.renewalPrompt, .text,
            "The `prompt` by which people prove anew who they are; else none is sent.", { $0.renewalPrompt }),
        Member(
            optional: LoginKey.userAPI, RuntimeConfig.UserAPI.codec,
            "What says who somebody is, at a provider without ID tokens; else OpenID Connect does.", { $0.userAPI })
    ) {
        Self(
            provider: $0, issuer: $1, clientID: $2, clientSecret: $3, scopes: $4, parameters: $5, authMethod: $6,
            subject: $7, subjects: $8, allow: $9, issuerSpellings: $10, renewalPrompt: $11, userAPI: $12)
    }
}

extension RuntimeConfig.UserAPI {
    static let codec = ValueCodec.object(
        Member(
            UserAPIKey.authorizationEndpoint, .text(PublicURL.self), "Where people are sent.",
            { $0.authorizationEndpoint }),
        Member(UserAPIKey.tokenEndpoint, .text(PublicURL.self), "Where a code is redeemed.", { $0.tokenEndpoint }),
        Member(UserAPIKey.user, .text(PublicURL.self), "One object about the person.", { $0.user }),
        Member(
            optional: UserAPIKey.emails, .text(PublicURL.self),
            "The person's addresses, each with `email`, `primary` and `verified`.", { $0.emails }),
        Member(
            optional: UserAPIKey.organizations, .text(PublicURL.self),
            "What the person is a member of, each with `login` and `id`.", { $0.organizations })
    ) { Self(authorizationEndpoint: $0, tokenEndpoint: $1, user: $2, emails: $3, organizations: $4) }
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
