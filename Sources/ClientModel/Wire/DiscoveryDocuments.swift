import JSONSyntax

/// Protected resource metadata (RFC 9728, section 2), as far as clients look.
struct ResourceDocument: Hashable {
    let resource: String
    /// One at least.
    let servers: [String]
    let scopes: [String]?

    /// Nil for what is no such document: no JSON, or a member that is missing or no URL.
    init?(_ body: [UInt8], addsRootSlash: Bool) {
        guard let json: JSON = try? JSON.parse(body), let resource = json["resource"]?.url(addsRootSlash),
            let servers = json["authorization_servers"]?.array, !servers.isEmpty
        else { return nil }
        let urls = servers.compactMap { $0.url(addsRootSlash) }
        guard urls.count == servers.count, json.hasTexts("scopes_supported") else { return nil }
        self.resource = resource
        self.servers = urls
        scopes = json.texts("scopes_supported")
    }
}

/// Authorization server metadata (RFC 8414, section 2), as far as clients look.
struct ServerDocument: Hashable {
    /// Where it was found.
    let url: String
    let issuer: String
    let authorizationEndpoint: String
    let tokenEndpoint: String
    let registrationEndpoint: String?
    let scopes: [String]?
    let codeChallengeMethods: [String]?
    let responseTypes: [String]?
    let advertisesIssuerParameter: Bool

    init?(_ body: [UInt8], at url: String, addsRootSlash: Bool) {
        guard let json: JSON = try? JSON.parse(body), let issuer = json["issuer"]?.url(addsRootSlash),
            let authorization = json["authorization_endpoint"]?.url(addsRootSlash),
            let token = json["token_endpoint"]?.url(addsRootSlash),
            json.hasTexts("scopes_supported"), json.hasTexts("code_challenge_methods_supported"),
            json.hasTexts("response_types_supported")
        else { return nil }
        self.url = url
        self.issuer = issuer
        authorizationEndpoint = authorization
        tokenEndpoint = token
        switch json["registration_endpoint"] {
        case nil, .null?: registrationEndpoint = nil
        case let member?:
            guard let endpoint = member.url(addsRootSlash) else { return nil }
            registrationEndpoint = endpoint
        }
        scopes = json.texts("scopes_supported")
        codeChallengeMethods = json.texts("code_challenge_methods_supported")
        responseTypes = json.texts("response_types_supported")
        advertisesIssuerParameter = json["authorization_response_iss_parameter_supported"]?.bool == true
    }
}

extension JSON {
    /// A text that is an http or https URL, as the client keeps it.
    fileprivate func url(_ addsRootSlash: Bool) -> String? {
        guard let text = string, let url = ClientURL(text) else { return nil }
        return addsRootSlash && url.path.isEmpty ? url.origin + "/" + url.query : text
    }

    fileprivate func texts(_ name: String) -> [String]? { self[name]?.array?.compactMap(\.string) }

    /// False for a member that is there and no list of texts.
    fileprivate func hasTexts(_ name: String) -> Bool {
        guard let member = self[name], !member.isNull else { return true }
        return member.array?.allSatisfy { $0.string != nil } == true
    }
}
