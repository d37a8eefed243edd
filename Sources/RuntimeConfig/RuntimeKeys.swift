/// The members of one kind of object, in the order they are written.
///
/// The tables of ``RuntimeMembers`` and the checks between members name them so.
package protocol RuntimeKey: RawRepresentable, CaseIterable, Hashable, Sendable where RawValue == String {}

package enum RootKey: String, RuntimeKey {
    case comment = "$comment"
    case schemaVersion = "schema_version"
    case name, mode, issuer, listen
    case privateListen = "private_listen"
    case key
    case resources, endpoints, documents
    case authMethods = "auth_methods"
    case scopes
    case openID = "openid"
    case lanes, dcr, clients, redirects
    case trustedHosts = "trusted_hosts"
    case pageHosts = "page_hosts"
    case clientURIsMustMatch = "client_uris_must_match"
    case clientDocuments = "client_documents"
    case legacyAliases = "legacy_aliases"
    case login, users, store, tokens, limits
    case onPasswordChange = "on_password_change"
    case serviceTokens = "service_tokens"
    case domainProofs = "domain_proofs"
}

package enum ResourceKey: String, RuntimeKey {
    case name, resource, spellings
    case metadataURL = "metadata_url"
    case scopes
    case clientID = "client_id"
    case allowedOrigins = "allowed_origins"
}

package enum EndpointKey: String, RuntimeKey {
    case name, path
}

package enum DocumentKey: String, RuntimeKey {
    case kind, etag, locations, body
}

package enum LocationKey: String, RuntimeKey {
    case host, path
}

package enum ClientKey: String, RuntimeKey {
    case id, label, status
    case authMethods = "auth_methods"
    case secret
    case keysURL = "jwks_uri"
    case scopes, introspects, redirects
}

package enum RedirectKey: String, RuntimeKey {
    case uri, match
}

package enum AliasKey: String, RuntimeKey {
    case path, endpoint, sunset
    case defaultClient = "default_client"
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

package enum SecretKey: String, RuntimeKey {
    case env, file
}

package enum StoreKey: String, RuntimeKey {
    case sqlite, postgres
}

package enum TokensKey: String, RuntimeKey {
    case format
    case accessLifetime = "access_lifetime"
    case refreshLifetime = "refresh_lifetime"
    case grantLifetime = "grant_lifetime"
}

package enum ClientDocumentsKey: String, RuntimeKey {
    case hosts, assertions
    case audience = "assertion_audience"
}

package enum LimitsKey: String, RuntimeKey {
    case registrations, authorizations
    case tokenRequests = "token_requests"
    case unusedClients = "unused_clients"
    case pendingAuthorizations = "pending_authorizations"
}

package enum RateKey: String, RuntimeKey {
    case requests, seconds
}

package enum ServiceTokenKey: String, RuntimeKey {
    case label, token, subject, resource, scopes
}

package enum TokenKey: String, RuntimeKey {
    case sha256, env, file
}

package enum DomainProofKey: String, RuntimeKey {
    case host, path, text
}
