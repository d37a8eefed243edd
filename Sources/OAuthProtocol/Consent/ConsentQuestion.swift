import WebSyntax

/// What a person is asked before a client gets a code: values for a page, all of them still unescaped.
package struct ConsentQuestion: Hashable, Sendable {
    package enum Warning: Hashable, Sendable {
        /// Only programs on this machine can receive the code, and any of them could pretend to be the client.
        case loopback
        /// The code goes to an application by its own scheme, which another application could claim too.
        case privateUseScheme
        /// The host of the client's document is not the host that receives the code.
        case otherHost
    }

    /// Where the code goes: shown most prominently, since a name can be anybody's.
    package let redirectHost: String
    /// What the client calls itself; nil where it says nothing.
    package let clientName: String?
    /// Host of the metadata document; nil for clients of other registration methods.
    package let clientHost: String?
    package let clientID: String
    package let resource: String
    package let scopes: [String]
    /// The name of a connector that has no scopes, whose token therefore opens all of its tools; nil for every other.
    package let unscopedConnector: String?
    /// True when the client gets a refresh token, whether it asked for one or not.
    package let staysConnected: Bool
    package let warnings: [Warning]

    package init(
        redirectHost: String, clientName: String?, clientHost: String?, clientID: String, resource: String,
        scopes: [String], unscopedConnector: String? = nil, staysConnected: Bool, warnings: [Warning]
    ) {
        self.redirectHost = redirectHost
        self.clientName = clientName
        self.clientHost = clientHost
        self.clientID = clientID
        self.resource = resource
        self.scopes = scopes
        self.unscopedConnector = unscopedConnector
        self.staysConnected = staysConnected
        self.warnings = warnings
    }

    package init(_ request: AuthorizationRequest, client: ClientRecord, unscopedConnector: String? = nil) {
        let redirect = try? RedirectURI(request.redirectURI)
        redirectHost = redirect?.displayHost ?? request.redirectURI
        clientName = client.name.isEmpty ? nil : client.name
        let documentHost = client.origin == .document ? ClientDocumentURL(client.id)?.host : nil
        clientHost = documentHost
        clientID = client.id
        resource = request.resource
        scopes = request.scopes
        self.unscopedConnector = unscopedConnector
        staysConnected = client.refreshes
        var warnings: [Warning] = []
        if redirect?.kind == .loopback { warnings.append(.loopback) }
        if redirect?.kind == .privateUse { warnings.append(.privateUseScheme) }
        if redirect?.kind == .https, let documentHost, !documentHost.matchesIgnoringCase(redirectHost) {
            warnings.append(.otherHost)
        }
        self.warnings = warnings
    }
}
