import JSONSyntax
package import OAuthModel
import WebSyntax

extension ProviderCatalogue {
    /// What is particular to a provider where people sign in at it and we are its one client.
    package struct Login: Sendable {
        /// What is asked for where the spec says nothing.
        package let scopes: [String]
        /// Parameters of the authorization request that a spec need not say, in order.
        package let parameters: [(name: String, value: String)]
        /// What the provider answers with an error, or the login cannot do anything with.
        package let refusedParameters: [String]
        package let refusedScopes: [String]
        /// The `prompt` by which people prove anew who they are; nil where the provider knows none.
        package let renewalPrompt: String?
        /// Further spellings of the issuer in the provider's answers.
        package let issuerSpellings: [String]
        /// Parts of an issuer that stand for a tenant and are none: such a document names another issuer.
        package let sharedTenants: [String]
        /// True where anybody on the internet has an account, so that a list of who may come is needed.
        package let isPublic: Bool
        /// False where an address can be one that the person has not proved.
        package let emailIsProved: Bool
        package let authMethod: ClientSecretMethod?
        /// The claim that no rename changes.
        package let subject: String?
        package let userAPI: UserAPI?
        /// True for a provider without ID tokens.
        package let needsUserAPI: Bool
        /// What to make at the provider, one line each.
        package let card: [String]
    }

    package struct UserAPI: Sendable {
        package let authorizationEndpoint, tokenEndpoint, user: String
        package let emails, organizations: String?
    }

    /// The row of a kind of provider that a spec names.
    package func login(at provider: LoginProvider) -> Login? {
        providers.first { $0.name == provider.rawValue }?.login
    }
}

extension ProviderCatalogue.Login {
    /// Of an object without a member the member is empty: a row says what is particular.
    init(row: CatalogueRow) throws(CatalogueError) {
        scopes = try row.texts("scopes")
        parameters = try (row.json["parameters"]?.members ?? []).map { member throws(CatalogueError) in
            guard let value = member.value.string else {
                throw CatalogueError("`\(row.place).parameters.\(member.name)` is no text")
            }
            return (member.name, value)
        }
        refusedParameters = try row.optionalTexts("refused_parameters")
        refusedScopes = try row.optionalTexts("refused_scopes")
        renewalPrompt = row.json["renewal_prompt"]?.string
        issuerSpellings = try row.optionalTexts("issuer_spellings")
        sharedTenants = try row.optionalTexts("shared_tenants")
        isPublic = row.json["public"]?.bool ?? false
        emailIsProved = row.json["email_is_proved"]?.bool ?? true
        authMethod =
            if row.json["token_endpoint_auth_method"] != nil {
                try row.choice("token_endpoint_auth_method")
            } else {
                nil
            }
        subject = row.json["subject"]?.string
        needsUserAPI = row.json["identity"]?.string == "user_api"
        userAPI =
            if let json = row.json["user_api"] {
                try ProviderCatalogue.UserAPI(row: CatalogueRow(json: json, place: "\(row.place).user_api"))
            } else {
                nil
            }
        card = try row.texts("card")
    }
}

extension ProviderCatalogue.UserAPI {
    init(row: CatalogueRow) throws(CatalogueError) {
        authorizationEndpoint = try row.text("authorization_endpoint")
        tokenEndpoint = try row.text("token_endpoint")
        user = try row.text("user")
        emails = row.json["emails"]?.string
        organizations = row.json["organizations"]?.string
    }
}

extension CatalogueRow {
    fileprivate func optionalTexts(_ member: String) throws(CatalogueError) -> [String] {
        json[member] == nil ? [] : try texts(member)
    }
}
