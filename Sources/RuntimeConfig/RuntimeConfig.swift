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
    /// The server's master key, from which all its others are derived. Nil has the server make one and keep it beside
    /// its store.
    package var key: SecretReference?
    package var resources: [Resource]
    /// Paths on the issuer's host, by endpoint name (`authorize`, `token`, …); empty in mode `companion`.
    package var endpoints: [Endpoint]
    package var documents: [Document]
    /// How clients authenticate at the token endpoint, best first, as the documents advertise it.
    package var authMethods: [AuthenticationMethod]
    /// Scopes that belong to no resource (`offline_access`, `openid`), as the documents list them.
    package var scopes: [String]
    /// True where ID tokens are issued (OpenID Connect Core §2).
    package var openID: Bool
    package var lanes: [RegistrationMethod]
    package var dcr: DynamicRegistration
    package var clients: [Client]
    package var redirects: [Redirect]
    /// Hosts that clients may be redirected to and may name in every URL of theirs.
    package var trustedHosts: [String]
    /// Further hosts for the pages that a client names (`client_uri`, `logo_uri`, `tos_uri`, `policy_uri`): never a
    /// redirect.
    package var pageHosts: [String]
    /// True when such pages must be on one of those hosts or a trusted one.
    package var clientURIsMustMatch: Bool
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

    package struct Resource: Hashable, Sendable {
        package var name: String
        package var resource: String
        /// Further texts that requests may name it by: the origin, where the root document says that.
        package var spellings: [String]
        /// Where the challenge's `resource_metadata` points.
        package var metadataURL: String
        package var scopes: [String]
        /// The advertised `mcp.client_id`, when there is one.
        package var clientID: String?
        /// Origins whose browsers may call it.
        package var allowedOrigins: [String]

        package init(
            name: String, resource: String, metadataURL: String, scopes: [String], clientID: String?,
            allowedOrigins: [String], spellings: [String] = []
        ) {
            self.name = name
            self.resource = resource
            self.metadataURL = metadataURL
            self.scopes = scopes
            self.clientID = clientID
            self.allowedOrigins = allowedOrigins
            self.spellings = spellings
        }
    }

    package struct Endpoint: Hashable, Sendable {
        package var name: EndpointName
        package var path: String

        package init(name: EndpointName, path: String) {
            self.name = name
            self.path = path
        }
    }

    /// A metadata document and where it is served: the same bytes that nginx answers from its own copy.
    package struct Document: Hashable, Sendable {
        package struct Location: Hashable, Sendable {
            package var host: String
            package var path: String

            package init(host: String, path: String) {
                self.host = host
                self.path = path
            }
        }

        package var kind: DocumentKind
        /// Compact JSON, kept in the file as an object.
        package var body: String
        package var etag: String
        package var locations: [Location]

        package init(kind: DocumentKind, body: String, etag: String, locations: [Location]) {
            self.kind = kind
            self.body = body
            self.etag = etag
            self.locations = locations
        }
    }

    package struct Client: Hashable, Sendable {
        package var id: String
        package var label: String
        package var status: ClientStatus
        /// How it may authenticate; one with a secret that the spec does not bind to a method may use Basic and the form.
        package var authMethods: [AuthenticationMethod]
        package var secret: SecretReference?
        /// Where the keys are of a client that authenticates by `private_key_jwt`.
        package var keysURL: String?
        /// The scopes that it may be granted; empty for a client that may be granted all there are.
        package var scopes: [String]
        /// True for a resource server, which may ask about tokens of other clients (RFC 7662).
        package var introspects: Bool
        /// Its own; empty for a client that may be redirected to all of the deployment's `redirects`.
        package var redirects: [Redirect]

        package init(
            id: String, label: String, status: ClientStatus, authMethods: [AuthenticationMethod],
            secret: SecretReference?,
            redirects: [Redirect],
            keysURL: String? = nil, scopes: [String] = [], introspects: Bool = false
        ) {
            self.id = id
            self.label = label
            self.status = status
            self.authMethods = authMethods
            self.secret = secret
            self.redirects = redirects
            self.keysURL = keysURL
            self.scopes = scopes
            self.introspects = introspects
        }
    }

    package struct Redirect: Hashable, Sendable {
        package var uri: String
        package var match: RedirectMatch

        package init(uri: String, match: RedirectMatch) {
            self.uri = uri
            self.match = match
        }
    }

    package struct Alias: Hashable, Sendable {
        package var path: String
        package var endpoint: EndpointName
        package var sunset: CalendarDate
        package var defaultClient: String?

        package init(path: String, endpoint: EndpointName, sunset: CalendarDate, defaultClient: String?) {
            self.path = path
            self.endpoint = endpoint
            self.sunset = sunset
            self.defaultClient = defaultClient
        }
    }

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

    package enum Store: Hashable, Sendable {
        case sqlite(path: String)
        case postgres(SecretReference)
    }

    package struct Tokens: Hashable, Sendable {
        package var format: TokenFormat
        /// Seconds.
        package var accessLifetime: Int
        /// Seconds that a refresh token lasts unused.
        package var refreshLifetime: Int
        /// Seconds from the user's consent on; no token of the grant outlives them, however often it is refreshed.
        package var grantLifetime: Int

        package init(format: TokenFormat, accessLifetime: Int, refreshLifetime: Int, grantLifetime: Int = 365 * 86_400)
        {
            self.format = format
            self.accessLifetime = accessLifetime
            self.refreshLifetime = refreshLifetime
            self.grantLifetime = grantLifetime
        }
    }

    package init(
        name: String, mode: ServerMode, issuer: String, listen: ListenAddress, privateListen: ListenAddress,
        resources: [Resource], endpoints: [Endpoint], documents: [Document], authMethods: [AuthenticationMethod],
        scopes: [String], openID: Bool, lanes: [RegistrationMethod], dcr: DynamicRegistration, clients: [Client],
        redirects: [Redirect], trustedHosts: [String], legacyAliases: [Alias], login: Login?, users: SecretReference?,
        onPasswordChange: PasswordChange = .endGrants, store: Store?, tokens: Tokens,
        key: SecretReference? = nil, pageHosts: [String] = [],
        clientURIsMustMatch: Bool = true, clientDocuments: ClientDocuments = ClientDocuments(),
        limits: Limits = .off, serviceTokens: [ServiceToken] = [], domainProofs: [DomainProof] = []
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
        self.lanes = lanes
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
        self.pageHosts = pageHosts
        self.clientURIsMustMatch = clientURIsMustMatch
        self.clientDocuments = clientDocuments
        self.limits = limits
        self.serviceTokens = serviceTokens
        self.domainProofs = domainProofs
    }
}
