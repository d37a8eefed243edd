import WebSyntax

/// A client identifier that is the URL of its metadata (Client ID Metadata Documents §3).
package struct ClientDocumentURL: Hashable, Sendable {
    /// Byte for byte what the client sent.
    package let text: String
    package let host: String
    /// Nil for 443.
    package let port: Int?

    /// Nil for every other identifier, which is then looked up like any: nothing is fetched for it.
    package init?(_ clientID: String) {
        guard let uri = try? AbsoluteURI(clientID), uri.scheme.hasSameBytes(as: "https"),
            let authority = uri.authority, !authority.hasUserinfo, !authority.host.isEmpty,
            uri.path.utf8.count > 1, uri.fragment == nil, !uri.hasDotSegments
        else { return nil }
        text = clientID
        host = authority.host
        port = authority.port
    }

    /// `scheme://host:port` for the comparison of origins (RFC 6454 §4).
    func isSameOrigin(as uri: AbsoluteURI) -> Bool {
        guard uri.hasScheme("https"), let authority = uri.authority else { return false }
        return authority.host.matchesIgnoringCase(host) && (authority.port ?? 443) == (port ?? 443)
    }
}
