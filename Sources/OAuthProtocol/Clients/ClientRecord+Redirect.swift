extension ClientRecord {
    /// The redirect URI of a request: the one that was sent when it is registered, or the only one when none was sent.
    package func redirect(_ sent: String?) throws(RedirectFault) -> RedirectURI {
        guard let sent else {
            guard redirects.count == 1, redirects[0].isConcrete else { throw .missing(registered: redirects.count) }
            return try RedirectURI(redirects[0].uri)
        }
        let requested = try RedirectURI(sent)
        guard redirects.contains(where: { $0.matches(requested) }) else { throw .unregistered }
        guard requested.kind != .privateUse || applicationType == .native else { throw .notNative }
        return requested
    }
}
