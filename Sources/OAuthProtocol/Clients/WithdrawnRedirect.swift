/// A redirect that a client registered when the policy took it.
package struct WithdrawnRedirect: Hashable, Sendable {
    package let redirect: RegisteredRedirect
    /// The host, or the application, that is not admitted any more; for the log.
    package let host: String

    package init(_ redirect: RegisteredRedirect, host: String) {
        self.redirect = redirect
        self.host = host
    }
}
