extension PlanProperty {
    /// What unauthenticated callers may do, and how long what they get lasts: as the server has it.
    static let policies: [PlanProperty] = [
        PlanProperty(
            "client_uri_hosts", "further hosts for the pages that clients name at registration, comma between",
            \.$clientURIHosts),
        PlanProperty(
            "issuer.enforce_client_uri_hosts", "true when such pages must be on one of those hosts",
            \.policies.$enforceClientURIHosts),
        PlanProperty(
            "issuer.client_documents.hosts", "hosts that client documents may come from, comma between",
            \.policies.$documentHosts),
        PlanProperty(
            "issuer.client_documents.assertions", "whether clients may sign who they are (private_key_jwt)",
            \.issuer.$assertions),
        PlanProperty(
            "issuer.client_documents.assertion_audience", "what the aud of such a signature may be",
            \.policies.$assertionAudience),
        PlanProperty("issuer.key", "the server's master key, by reference", \.policies.$key),
        PlanProperty("issuer.tokens.format", "opaque or jwt", \.policies.$tokenFormat),
        PlanProperty(
            "issuer.tokens.access_lifetime", "seconds that an access token lasts", \.policies.$accessLifetime),
        PlanProperty(
            "issuer.tokens.refresh_lifetime", "seconds that a refresh token lasts unused",
            \.policies.$refreshLifetime),
        PlanProperty("issuer.tokens.grant_lifetime", "seconds that a consent lasts", \.policies.$grantLifetime),
        PlanProperty(
            "issuer.limits.registrations", "registrations of one address; 0 for no limit",
            \.policies.$registrations),
        PlanProperty(
            "issuer.limits.authorizations", "authorization requests of one address; 0 for no limit",
            \.policies.$authorizations),
        PlanProperty(
            "issuer.limits.token_requests", "token requests of one address; 0 for no limit",
            \.policies.$tokenRequests),
        PlanProperty(
            "issuer.limits.unused_clients", "clients that never had a token, at one time; 0 for no limit",
            \.policies.$unusedClients),
        PlanProperty(
            "issuer.limits.pending_authorizations", "authorizations under way, at one time; 0 for no limit",
            \.policies.$pendingAuthorizations),
    ]
}
