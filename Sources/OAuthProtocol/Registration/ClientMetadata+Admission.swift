import WebSyntax

extension ClientMetadata {
    /// The record of a client that registered itself, as far as it could register today.
    ///
    /// Redirects that the policy does not take any more are kept apart. A client that has no other, or whose pages or
    /// keys are on hosts that it may not name any more, is excluded: it gets neither codes nor further tokens. It is
    /// judged anew each time and nothing of it is deleted, so that it goes on when its host comes back.
    package func record(
        id: String, secrets: [ClientRecord.Secret], admittedBy policy: RegistrationPolicy
    ) -> ClientRecord {
        var record = record(id: id, secrets: secrets)
        record.redirects = []
        for redirect in redirectURIs.compactMap({ try? RedirectURI($0) }) {
            let registered = RegisteredRedirect(registering: redirect)
            if policy.admits(redirect) {
                record.redirects.append(registered)
            } else {
                record.withdrawn.append(WithdrawnRedirect(registered, host: redirect.displayHost))
            }
        }
        record.excludedFor = foreignHost(policy) ?? (record.redirects.isEmpty ? record.withdrawn.first?.host : nil)
        return record
    }

    /// The host of a page, or of the keys, that the client could not name today.
    private func foreignHost(_ policy: RegistrationPolicy) -> String? {
        let pages = [clientURI, logoURI, termsURI, policyURI].compactMap(\.self).filter { !policy.admits(page: $0) }
        let keys = keysURI.flatMap { policy.admits(uri: $0, mustBeTrusted: true) ? nil : $0 }
        return (pages + [keys].compactMap(\.self)).first.map { uri in
            (try? AbsoluteURI(uri))?.authority?.host ?? "another URL"
        }
    }
}
