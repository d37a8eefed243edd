/// The methods that a handler may see (RFC 9110 §9, RFC 5789).
///
/// The list is closed: `TRACE`, `CONNECT`, other words and other spellings are refused before a handler is asked.
package enum HTTPMethod: String, Hashable, Sendable, CaseIterable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
    case options = "OPTIONS"
}
