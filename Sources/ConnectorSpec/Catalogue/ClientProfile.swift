import JSONSyntax
package import OAuthModel

/// One kind of client: where it is redirected to, how it becomes known, and how that is known of it.
package struct ClientProfile: Sendable {
    package let name: String
    package let otherNames: [String]
    /// What people call it.
    package let title: String
    /// True for a client that asks from its vendor's machines, of which all its users share a few addresses and which
    /// see the public internet alone; false for one that runs on the user's own machine.
    package let isHosted: Bool
    package let redirects: [Redirect]
    /// Client id metadata documents, patterns with `{name}` included.
    package let metadataDocuments: [String]
    /// Hosts for registration policy, host parts of private-use redirects included.
    package let trustedHosts: [String]
    /// Further hosts of the pages that it names at registration; never of a redirect.
    package let clientURIHosts: [String]
    /// Origins of the pages that ask the server from a browser; of most clients none does.
    package let browserOrigins: [String]
    /// False for one that registers without a scope and asks for no scope of the resource.
    package let asksForScopes: Bool
    /// False for a document with members that a strict reader refuses, as Keycloak's is.
    package let hasReadableDocument: Bool
    /// Best first.
    package let registrationMethods: [RegistrationMethod]
    package let authMethods: [AuthenticationMethod]
    package let notes: [String]
    /// ISO date or interval of the evidence.
    package let asOf: String
    package let evidence: Evidence
    package let source: String

    /// How a fact about a client is known.
    package enum Evidence: String, Hashable, Sendable, CaseIterable {
        case vendor = "V"
        /// A statement of the vendor, known through others.
        case quoted = "Q"
        case reported = "R"
        case measured = "X"
    }

    /// A redirect URI as the client sends it.
    package struct Redirect: Hashable, Sendable {
        package let uri: String
        package let match: RedirectMatch
        /// When it is used; nil when always.
        package let condition: String?
        package let evidence: Evidence
    }
}

extension ClientProfile {
    init(row: CatalogueRow) throws(CatalogueError) {
        name = try row.text("name")
        otherNames = row.json["other_names"] == nil ? [] : try row.texts("other_names")
        title = try row.text("title")
        isHosted = row.json["hosted"]?.bool ?? false
        var redirects: [Redirect] = []
        for redirect in try row.rows("redirect_uris") { redirects.append(try Redirect(row: redirect)) }
        self.redirects = redirects
        metadataDocuments = try row.texts("metadata_documents")
        trustedHosts = try row.texts("trusted_hosts")
        clientURIHosts = row.json["client_uri_hosts"] == nil ? [] : try row.texts("client_uri_hosts")
        browserOrigins = row.json["browser_origins"] == nil ? [] : try row.texts("browser_origins")
        asksForScopes = row.json["asks_for_scopes"]?.bool ?? true
        hasReadableDocument = row.json["readable_document"]?.bool ?? true
        registrationMethods = try row.choices("registration_methods")
        authMethods = try row.choices("auth_methods")
        notes = try row.texts("notes")
        asOf = try row.text("as_of")
        evidence = try row.choice("evidence")
        source = try row.text("source")
    }
}

extension ClientProfile.Redirect {
    init(row: CatalogueRow) throws(CatalogueError) {
        uri = try row.text("uri")
        match = try row.choice("match")
        condition = row.json["condition"]?.string
        evidence = try row.choice("evidence")
    }
}
