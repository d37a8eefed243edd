/// How an authorization response gets to the client (OAuth 2.0 Multiple Response Type Encoding Practices §2.1).
package enum ResponseMode: String, Hashable, Sendable, CaseIterable {
    case query
}
