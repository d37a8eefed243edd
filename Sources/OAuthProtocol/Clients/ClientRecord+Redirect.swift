package import WebSyntax

extension ClientRecord {
    /// The redirect URI of a request: the one that was sent when it is registered, or the only one when none was sent.
    /// One that was registered under another policy is refused by its host.
    package func redirect(_ sent: String?) throws(RedirectFault) -> RedirectURI {
        guard let sent else {
            if redirects.isEmpty, let withdrawn = withdrawn.first { throw .withdrawn(withdrawn.host) }
            guard redirects.count == 1, redirects[0].isConcrete else { throw .missing(registered: redirects.count) }
            return try RedirectURI(checking: redirects[0].uri)
        }
        let requested = try RedirectURI(checking: sent)
        guard redirects.contains(where: { $0.matches(requested) }) else {
            let former = withdrawn.first { $0.redirect.matches(requested) }
            throw former.map { .withdrawn($0.host) } ?? .unregistered
        }
        guard requested.kind != .privateUse || applicationType == .native else { throw .notNative }
        return requested
    }
}
