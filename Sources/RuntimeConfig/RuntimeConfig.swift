package import OAuthModel
package import WebSyntax

/// The one contract between the compiler and `connectorgen-auth`: what the server is, written by
/// `connectorgen build`, read once at start.
///
/// No member is optional where the server needs a value. Unknown members, bad values and other schema
/// versions are refused by `RuntimeConfig.decode`.
package struct RuntimeConfig: Hashable, Sendable {
    /// Raised by every change that an older server would misread.
    package static let schemaVersion = 2

    package var name: String
    package var mode: ServerMode
    /// Exact bytes; `iss` and the documents carry the same.
    package var issuer: String
    /// `127.0.0.1:8719` or `unix:/run/connectorgen/auth.sock`.
    package var listen: ListenAddress
    package var privateListen: ListenAddress
    /// Who of other machines may connect to them; empty where both are of this machine alone.
    package var trustedProxies: [AddressRange]
    /// The server's master key, from which all its others are derived. Nil has the server make one and keep it beside
    /// its store.
    package var key: SecretReference?
    package var resources: [Resource]
    /// Paths on the issuer's host, by endpoint name (`authorize`, `token`, …); empty in mode `external`.
    package var endpoints: [Endpoint]
    package var documents: [Document]
    /// How clients authenticate at the token endpoint, best first, as the documents advertise it.
    package var authMethods: [AuthenticationMethod]
    /// Scopes that belong to no resource (`offline_access`, `openid`), as the documents list them.
    package var scopes: [String]
    /// True where ID tokens are issued (OpenID Connect Core §2).
    package var openID: Bool
    package var registrationMethods: [RegistrationMethod]
    package var dcr: DynamicRegistration
    package var clients: [Client]
    package var redirects: [Redirect]
    /// Hosts that clients may be redirected to and may name in every URL of theirs.
    package var trustedHosts: [String]
    /// Further hosts for the pages that a client names (`client_uri`, `logo_uri`, `tos_uri`, `policy_uri`): never a
    /// redirect.
    package var clientURIHosts: [String]
    /// True when such pages must be on one of those hosts or a trusted one.
    package var enforceClientURIHosts: Bool
    package var clientDocuments: ClientDocuments
    package var legacyAliases: [Alias]
    package var login: Login?
    /// A file of argon2id hashes (mode `local`).
    package var users: SecretReference?
    package var onPasswordChange: PasswordChange
    package var store: Store?
    package var tokens: Tokens
    package var limits: Limits
    package var serviceTokens: [ServiceToken]
    package var domainProofs: [DomainProof]
    /// How the tokens of another issuer are verified; nil where this server issues them or nobody asks it.
    package var verification: Verification?

    package init(
        name: String, mode: ServerMode, issuer: String, listen: ListenAddress, privateListen: ListenAddress,
        resources: [Resource], endpoints: [Endpoint], documents: [Document], authMethods: [AuthenticationMethod],
        scopes: [String], openID: Bool, registrationMethods: [RegistrationMethod], dcr: DynamicRegistration,
        clients: [Client],
        redirects: [Redirect], trustedHosts: [String], legacyAliases: [Alias], login: Login?, users: SecretReference?,
        onPasswordChange: PasswordChange = .endGrants, store: Store?, tokens: Tokens,
        key: SecretReference? = nil, clientURIHosts: [String] = [],
        enforceClientURIHosts: Bool = true, clientDocuments: ClientDocuments = ClientDocuments(),
        limits: Limits = .off, serviceTokens: [ServiceToken] = [], domainProofs: [DomainProof] = [],
        trustedProxies: [AddressRange] = [], verification: Verification? = nil
    ) {
        self.name = name
        self.mode = mode
        self.issuer = issuer
        self.listen = listen
        self.privateListen = privateListen
        self.resources = resources
        self.endpoints = endpoints
        self.documents = documents
        self.authMethods = authMethods
        self.scopes = scopes
        self.openID = openID
        self.registrationMethods = registrationMethods
        self.dcr = dcr
        self.clients = clients
        self.redirects = redirects
        self.trustedHosts = trustedHosts
        self.legacyAliases = legacyAliases
        self.login = login
        self.users = users
        self.onPasswordChange = onPasswordChange
        self.store = store
        self.tokens = tokens
        self.key = key
        self.clientURIHosts = clientURIHosts
        self.enforceClientURIHosts = enforceClientURIHosts
        self.clientDocuments = clientDocuments
        self.limits = limits
        self.serviceTokens = serviceTokens
        self.domainProofs = domainProofs
        self.trustedProxies = trustedProxies
        self.verification = verification
    }
}

package enum RootKey: String, RuntimeKey {
    case comment = "$comment"
    case schemaVersion = "schema_version"
    case name, mode, issuer, listen
    case privateListen = "private_listen"
    case trustedProxies = "trusted_proxies"
    case key
    case resources, endpoints, documents
    case authMethods = "auth_methods"
    case scopes
    case openID = "openid"
    case registrationMethods = "registration_methods"
    case dcr, clients, redirects
    case trustedHosts = "trusted_hosts"
    case clientURIHosts = "client_uri_hosts"
    case enforceClientURIHosts = "enforce_client_uri_hosts"
    case clientDocuments = "client_documents"
    case legacyAliases = "legacy_aliases"
    case login, users, store, tokens, limits
    case onPasswordChange = "on_password_change"
    case serviceTokens = "service_tokens"
    case domainProofs = "domain_proofs"
    case verification
}

extension RuntimeConfig {
    /// The whole file.
    static let codec = ValueCodec.object(
        Member(optional: RootKey.comment, .text, "What wrote the file; says nothing to the server.") { _ in nil },
        Member(
            RootKey.schemaVersion, .number(from: 1, of: "a version"),
            "\(schemaVersion); a server of another version refuses the file."
        ) { _ in schemaVersion },
        Member(RootKey.name, .text, "The deployment, for logs and for the names of keys.", { $0.name }),
        Member(RootKey.mode, .word, "Who proves who people are, and who issues the tokens.", { $0.mode }),
        Member(
            RootKey.issuer, .text(IssuerURL.self),
            "The issuer identifier (RFC 8414 §2); `iss` and the documents carry the same bytes.", { $0.issuer }),
        Member(RootKey.listen, .value, "Where nginx finds the endpoints.", { $0.listen }),
        Member(
            RootKey.privateListen, .value, "Where nginx asks about tokens; also health and metrics.",
            { $0.privateListen }),
        Member(
            RootKey.trustedProxies, .list(.value), otherwise: [],
            "Who of other machines may connect to either; needed where one is no address of this machine alone.",
            { $0.trustedProxies }),
        Member(
            optional: RootKey.key, .secret,
            "The master key, from which all others are derived; without it the server makes one beside its store.",
            { $0.key }),
        Member(RootKey.resources, .list(Resource.codec), "The protected resources (RFC 9728).", { $0.resources }),
        Member(
            RootKey.endpoints, .list(Endpoint.codec),
            "Paths on the issuer's host; none in mode `external`.", { $0.endpoints }),
        Member(RootKey.documents, .list(Document.codec), "The metadata documents.", { $0.documents }),
        Member(
            RootKey.authMethods, .list(.word),
            "How clients authenticate at the token endpoint, as the documents advertise it.", { $0.authMethods }),
        Member(
            RootKey.scopes, .list(.text(ScopeToken.self)),
            "Scopes that belong to no resource, as the documents list them.", { $0.scopes }),
        Member(
            RootKey.openID, .flag, otherwise: false, "ID tokens are issued (OpenID Connect Core §2).", { $0.openID }),
        Member(RootKey.registrationMethods, .list(.word), "How clients may become known.", { $0.registrationMethods }),
        Member(RootKey.dcr, .word, "What the registration endpoint answers (RFC 7591).", { $0.dcr }),
        Member(RootKey.clients, .list(Client.codec), "The predefined clients.", { $0.clients }),
        Member(
            RootKey.redirects, .list(Redirect.codec),
            "Redirect URIs of clients that have none of their own.", { $0.redirects }),
        Member(
            RootKey.trustedHosts, .list(.text),
            "Hosts that clients may be redirected to and may name in every URL of theirs.", { $0.trustedHosts }),
        Member(
            RootKey.clientURIHosts, .list(.text), "Further hosts for the pages that a client names; never a redirect.",
            { $0.clientURIHosts }),
        Member(
            RootKey.enforceClientURIHosts, .flag, "Such pages must be on one of those hosts or a trusted one.",
            { $0.enforceClientURIHosts }),
        Member(
            RootKey.clientDocuments, ClientDocuments.codec,
            "Client ID Metadata Documents, and the assertions of their clients.", { $0.clientDocuments }),
        Member(
            RootKey.legacyAliases, .list(Alias.codec), "Endpoint paths that are served and not advertised.",
            { $0.legacyAliases }),
        Member(
            optional: RootKey.login, Login.codec, "The provider that signs people in (mode `upstream`).", { $0.login }),
        Member(optional: RootKey.users, .secret, "The users and their argon2id hashes (mode `local`).", { $0.users }),
        Member(
            RootKey.onPasswordChange, .word, otherwise: .endGrants,
            "What becomes of the grants of a user whose password is another.", { $0.onPasswordChange }),
        Member(optional: RootKey.store, Store.codec, "Where clients, codes, grants and keys are kept.", { $0.store }),
        Member(RootKey.tokens, Tokens.codec, "What tokens are, and how long they last.", { $0.tokens }),
        Member(RootKey.limits, Limits.codec, "How much unauthenticated callers may use up.", { $0.limits }),
        Member(
            RootKey.serviceTokens, .list(ServiceToken.codec), "Bearer tokens of the operator's own programs.",
            { $0.serviceTokens }),
        Member(
            RootKey.domainProofs, .list(DomainProof.codec), "Domain verification tokens, answered as `text/plain`.",
            { $0.domainProofs }),
        Member(
            optional: RootKey.verification, Verification.codec,
            "How the tokens of another issuer are verified for nginx.", { $0.verification })
    ) {
        _, _, name, mode, issuer, listen, privateListen, trustedProxies, key, resources, endpoints, documents,
        authMethods, scopes, openID, registrationMethods, dcr, clients, redirects, trustedHosts, clientURIHosts,
        enforceClientURIHosts, clientDocuments,
        legacyAliases, login, users, onPasswordChange, store, tokens, limits, serviceTokens, domainProofs,
        verification in
        RuntimeConfig(
            name: name, mode: mode, issuer: issuer, listen: listen, privateListen: privateListen, resources: resources,
            endpoints: endpoints, documents: documents, authMethods: authMethods, scopes: scopes, openID: openID,
            registrationMethods: registrationMethods, dcr: dcr, clients: clients, redirects: redirects,
            trustedHosts: trustedHosts,
            legacyAliases: legacyAliases, login: login, users: users, onPasswordChange: onPasswordChange, store: store,
            tokens: tokens, key: key, clientURIHosts: clientURIHosts,
            enforceClientURIHosts: enforceClientURIHosts, clientDocuments: clientDocuments, limits: limits,
            serviceTokens: serviceTokens, domainProofs: domainProofs, trustedProxies: trustedProxies,
            verification: verification)
    }
}
