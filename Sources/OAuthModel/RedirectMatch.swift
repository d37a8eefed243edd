/// How a redirect URI of a request is compared with a registered one.
package enum RedirectMatch: String, Hashable, Sendable, CaseIterable {
    /// Byte by byte (RFC 9700 §2.1).
    case exact
    /// Byte by byte but for the port (RFC 8252 §7.3).
    case loopback
    /// `{name}` stands for one path segment of unreserved characters.
    case pattern
    /// Both of the above.
    case loopbackPattern = "loopback-pattern"
}
