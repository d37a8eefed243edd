package import OAuthModel
package import RuntimeConfig

/// A client as the protocol sees it, whichever registration method it came by.
package struct ClientRecord: Hashable, Sendable {
    package enum Origin: Hashable, Sendable {
        /// From the spec.
        case predefined
        /// Client ID Metadata Document: the id is the URL.
        case document
        /// RFC 7591.
        case dynamic
    }

    package enum ApplicationType: String, Hashable, Sendable, CaseIterable { case web, native }

    /// The digest of a client secret, and the second from which on it is no longer taken; two of them overlap
    /// while a secret is rotated.
    package struct Secret: Hashable, Sendable {
        package let digest: [UInt8]
        package let notAfter: Int?

        package init(digest: [UInt8], notAfter: Int? = nil) {
            self.digest = digest
            self.notAfter = notAfter
        }
    }

    package var id: String
    package var origin: Origin
    package var status: ClientStatus
    /// What people read; empty when the client has no name.
    package var name: String
    package var redirects: [RegisteredRedirect]
    /// How it may authenticate; never empty.
    package var authMethods: Set<AuthenticationMethod>
    package var secrets: [Secret]
    package var grantTypes: Set<GrantType>
    package var applicationType: ApplicationType
    /// `jwks_uri` of a client that signs assertions.
    package var keysURI: String?
    /// The scopes that it may be granted; empty for all there are.
    package var scopes: [String]
    /// The scopes that the client named itself when it registered; empty where it named none. They say what it is for,
    /// and limit nothing.
    package var registeredScopes: [String]
    /// True for a resource server, which may ask about tokens of other clients (RFC 7662).
    package var allowIntrospection: Bool
    /// Redirects that it registered and that the policy of today does not take any more.
    package var withdrawn: [WithdrawnRedirect] = []
    /// The host, or the application, for which the policy of today does not take this client at all any more; nil for
    /// a client that may go on.
    package var excludedFor: String?

    package init(
        id: String, origin: Origin, status: ClientStatus = .active, name: String = "",
        redirects: [RegisteredRedirect], authMethods: Set<AuthenticationMethod>, secrets: [Secret] = [],
        grantTypes: Set<GrantType> = [.authorizationCode, .refreshToken], applicationType: ApplicationType = .web,
        keysURI: String? = nil, scopes: [String] = [], registeredScopes: [String] = [], allowIntrospection: Bool = false
    ) {
        self.id = id
        self.origin = origin
        self.status = status
        self.name = name
        self.redirects = redirects
        self.authMethods = authMethods
        self.secrets = secrets
        self.grantTypes = grantTypes
        self.applicationType = applicationType
        self.keysURI = keysURI
        self.scopes = scopes
        self.registeredScopes = registeredScopes
        self.allowIntrospection = allowIntrospection
    }

    /// A client of the spec. Without redirects of its own it may be redirected to all of the deployment's.
    package init(_ client: RuntimeConfig.Client, secretDigest: [UInt8]?, in config: RuntimeConfig) {
        let redirects = (client.redirects.isEmpty ? config.redirects : client.redirects).map(RegisteredRedirect.init)
        self.init(
            id: client.id, origin: .predefined, status: client.status, name: client.label, redirects: redirects,
            authMethods: Set(client.authMethods), secrets: secretDigest.map { [Secret(digest: $0)] } ?? [],
            applicationType: .native,
            keysURI: client.keysURL, scopes: client.scopes, allowIntrospection: client.allowIntrospection)
    }

    /// Those of the scopes that this client may be granted.
    package func allowed(of all: [String]) -> [String] { scopes.isEmpty ? all : all.filter(scopes.contains) }

    /// Refuses a grant type that the client did not register.
    package func checkGrantType(_ type: GrantType) throws(Rejection) {
        guard grantTypes.contains(type) else { throw .unregisteredGrantType }
    }

    /// True for a client that gets refresh tokens.
    package var refreshes: Bool { grantTypes.contains(.refreshToken) }

    /// Its methods as a log tells them.
    package var methodNames: String { authMethods.map(\.rawValue).sorted().joined(separator: " or ") }

    /// True for a client that cannot keep a secret (RFC 6749 §2.1).
    package var isPublic: Bool { authMethods.contains(.none) }
}
