import OAuthModel

extension PlanProperty {
    static let deployment: [PlanProperty] = [
        PlanProperty("name", "the deployment's name, which names upstreams and files", \.$name),
        PlanProperty("trusted_hosts", "hosts that may register and be redirected to, comma between", \.$trustedHosts),
        PlanProperty(
            "redirect_uris", "redirect URIs and patterns that registration allows, comma between", \.$redirects),
        PlanProperty("client_ids", "ids of the predefined clients that are accepted, comma between", \.clientIDs),
    ]

    static let issuer: [PlanProperty] = [
        PlanProperty("issuer.url", "the issuer identifier: iss, metadata, authorization_servers", \.issuer.$url),
        PlanProperty("issuer.mode", "upstream, local or external", \.issuer.$mode),
        PlanProperty("issuer.host", "the issuer's host", \.issuer.$host),
        PlanProperty("issuer.origin", "scheme, host and port of the issuer", \.issuer.$origin),
        PlanProperty(
            "issuer.metadata_url", "where clients look first for the AS metadata (RFC 8414 §3.1)",
            \.issuer.metadataURL),
        PlanProperty(
            "issuer.scopes", "the AS's scopes_supported, blank between", \.issuer.$scopesSupported, separator: " "),
        PlanProperty("issuer.registration", "the registration methods, comma between", \.issuer.$registrationMethods),
        PlanProperty("issuer.dcr", "dynamic, static-client or off", \.issuer.$dcr),
        PlanProperty(
            "issuer.dynamic_registration", "true when clients may register themselves, else false",
            \.issuer.dynamicRegistration),
        PlanProperty("issuer.listen", "where connectorgen-auth listens for nginx", \.issuer.$listen),
        PlanProperty(
            "issuer.private_listen", "where it answers verification, health and metrics", \.issuer.$privateListen),
        PlanProperty("issuer.login.provider", "the kind of the upstream provider", \.login?.$provider),
        PlanProperty("issuer.login.issuer", "the upstream provider's issuer identifier", \.login?.$issuer),
        PlanProperty("issuer.login.origin", "the upstream provider without its path", \.login?.$origin),
        PlanProperty("issuer.login.client_id", "our client id at the upstream provider", \.login?.$clientID),
        PlanProperty(
            "issuer.login.client_secret", "our client secret at the upstream provider, by reference",
            \.login?.$clientSecret),
        PlanProperty(
            "issuer.login.scopes", "scopes asked of the upstream provider, blank between", \.login?.$scopes,
            separator: " "),
        PlanProperty(
            "issuer.login.callback_url", "what the upstream provider must know as redirect URI",
            \.issuer.endpoints.derived[.callback]),
    ]

    /// `issuer.endpoints.authorize` and its like: absolute URLs. Then the same by the names that metadata gives them.
    static let endpoints: [PlanProperty] =
        EndpointName.allCases.map { endpoint("issuer.endpoints.\($0.rawValue)", $0) }
        + [
            endpoint("issuer.authorization_endpoint", .authorize), endpoint("issuer.token_endpoint", .token),
            endpoint("issuer.registration_endpoint", .register), endpoint("issuer.revocation_endpoint", .revoke),
            endpoint("issuer.introspection_endpoint", .introspect), endpoint("issuer.userinfo_endpoint", .userinfo),
            endpoint("issuer.jwks_uri", .jwks),
        ]

    private static func endpoint(_ key: String, _ name: EndpointName) -> PlanProperty {
        PlanProperty(key, "the absolute URL of the \(name.rawValue) endpoint", \.issuer.endpoints.derived[name])
    }
}
