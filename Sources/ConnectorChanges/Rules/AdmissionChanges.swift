import ConnectorPlan
import ConnectorSpec
import Diagnostics
import OAuthModel
import RuntimeConfig
import WebSyntax

/// `issuer.registration` and `issuer.dcr`: how clients become known.
struct RegistrationChange: ChangeRule {
    func consequences(of change: PlanChange) -> [Consequence] {
        var found: [Consequence] = []
        if let methods = change.difference({ $0.issuer.$registrationMethods }) {
            let words = ListDifference(from: methods.old.map(\.rawValue), to: methods.new.map(\.rawValue))
            let lost = Set(methods.old).subtracting(methods.new)
            var fates: [ClientFate] = []
            if lost.contains(.dcr) { fates.append(ClientFate(.registered, .shutOut)) }
            if lost.contains(.cimd) { fates.append(ClientFate(.documented, .shutOut)) }
            if !words.isEmpty {
                found.append(
                    Consequence(
                        "issuer.registration", fates.isEmpty ? .noticeable : .breaking, words.text,
                        fates.isEmpty
                            ? "clients that know this way find it in the metadata"
                            : "clients that became known this way are not led anywhere when they come anew; give them an "
                                + "id of their own under `clients`",
                        clients: fates,
                        steps: [.purge(change.documentURLs)]
                            + (fates.isEmpty
                                ? [] : [.tellUsers("remove the connector and add it with the id that you get")]),
                        from: methods.origins))
            }
        }
        if let dcr = change.difference({ $0.issuer.$dcr }), change.new.issuer.registrationMethods.contains(.dcr) {
            found.append(
                Consequence(
                    "issuer.dcr", .noticeable, "\(code(dcr.old.rawValue)) becomes \(code(dcr.new.rawValue))",
                    "clients that are registered keep their ids; who registers anew gets what the new word says",
                    steps: [.purge(change.documentURLs)], from: dcr.origins))
        }
        return found
    }
}

/// `trusted_hosts` and `client_uri_hosts`: the hosts that clients may name.
struct TrustedHostChange: ChangeRule {
    func consequences(of change: PlanChange) -> [Consequence] {
        [
            consequence(
                "trusted_hosts", change.difference { $0.$trustedHosts },
                loss: "clients that are sent back there get no more codes, and no more tokens where they have no other "
                    + "redirect; access tokens live to their end", in: change),
            consequence(
                "client_uri_hosts", change.difference { $0.$clientURIHosts },
                loss: "clients that registered a page there are excluded: no more codes and no more refreshes",
                in: change),
        ].compactMap(\.self)
    }

    private func consequence(
        _ fact: String, _ hosts: PlanChange.Difference<[TrustedHost]>?, loss: String, in change: PlanChange
    ) -> Consequence? {
        guard let hosts else { return nil }
        let patterns = ListDifference(from: hosts.old.map(\.pattern), to: hosts.new.map(\.pattern))
        guard !patterns.isEmpty else { return nil }
        let loses = !patterns.removed.isEmpty
        return Consequence(
            fact, loses ? .breaking : .quiet, patterns.text, loses ? loss : "clients of these hosts may register",
            clients: loses ? [ClientFate(.registered, .shutOut)] : [],
            steps: loses
                ? [.tellUsers("clients of \(codes(patterns.removed)) cannot connect any more")] : [],
            from: hosts.origins)
    }
}

/// `trusted_redirects`: where any client may be sent back to.
struct RedirectChange: ChangeRule {
    func consequences(of change: PlanChange) -> [Consequence] {
        // Those of a client or a profile are told with it.
        let (old, new) = (change.old.spec.trustedRedirects, change.new.spec.trustedRedirects)
        let listed = ListDifference(from: old.map(\.value.text), to: new.map(\.value.text))
        guard !listed.isEmpty else { return [] }
        let loses = !listed.removed.isEmpty
        return [
            Consequence(
                "trusted_redirects", loses ? .breaking : .quiet, listed.text,
                loses
                    ? "clients that are sent back there get an error page and no code"
                    : "clients may register these redirects",
                clients: loses ? [ClientFate(.registered, .shutOut)] : [],
                from: [new.first?.span, old.first?.span].compactMap(\.self))
        ]
    }
}

/// `issuer.client_documents`: what a client's document may be and do.
struct ClientDocumentChange: ChangeRule {
    func consequences(of change: PlanChange) -> [Consequence] {
        var found: [Consequence] = []
        if let hosts = change.difference({ $0.policies.$documentHosts }) {
            let list = ListDifference(from: hosts.old, to: hosts.new)
            let narrows = hosts.old.isEmpty || !hosts.new.isEmpty && !list.removed.isEmpty
            found.append(
                Consequence(
                    "issuer.client_documents.hosts", narrows ? .breaking : .quiet,
                    "from \(named(hosts.old)) to \(named(hosts.new))",
                    narrows
                        ? "clients with a document on another host get no more codes and no more tokens"
                        : "more clients may come with a document",
                    clients: narrows ? [ClientFate(.documented, .shutOut)] : [], from: hosts.origins))
        }
        if let assertions = change.difference({ $0.issuer.$assertions }) {
            let shuts = assertions.new != .accepted
            found.append(
                Consequence(
                    "issuer.client_documents.assertions", shuts ? .breaking : .quiet,
                    "\(code(assertions.old.rawValue)) becomes \(code(assertions.new.rawValue))",
                    shuts
                        ? "clients that prove who they are in the other way are refused with `invalid_client`"
                        : "clients may sign, and need not",
                    clients: shuts ? [ClientFate(.documented, .reconnects)] : [],
                    steps: [.purge(change.documentURLs)], from: assertions.origins))
        }
        if let audience = change.difference({ $0.policies.$assertionAudience }) {
            found.append(
                Consequence(
                    "issuer.client_documents.assertion_audience", .noticeable,
                    "\(code(audience.old.rawValue)) becomes \(code(audience.new.rawValue))",
                    "clients that sign for another `aud` are refused with `invalid_client`", from: audience.origins))
        }
        if let enforced = change.difference({ $0.policies.$enforceClientURIHosts }) {
            found.append(
                Consequence(
                    "issuer.enforce_client_uri_hosts", enforced.new ? .breaking : .quiet,
                    "\(enforced.old) becomes \(enforced.new)",
                    enforced.new
                        ? "clients that registered pages on other hosts are excluded" : "pages may be on any host",
                    clients: enforced.new ? [ClientFate(.registered, .shutOut)] : [], from: enforced.origins))
        }
        return found
    }

    private func named(_ hosts: [String]) -> String { hosts.isEmpty ? "every public host" : codes(hosts) }
}

/// `allow`: whose tokens are let in.
struct AdmissionChange: ChangeRule {
    func consequences(of change: PlanChange) -> [Consequence] {
        change.commonConnectors.compactMap { old, new in
            guard old.admissions != new.admissions else { return nil }
            let entries = ListDifference(from: old.admissions, to: new.admissions)
            let narrows = old.admissions.isEmpty || !entries.removed.isEmpty && !new.admissions.isEmpty
            return Consequence(
                "connectors.\(new.connector).allow", narrows ? .breaking : .noticeable,
                "\(counted(old.admissions.count)) becomes \(counted(new.admissions.count))",
                narrows
                    ? "people whom no entry lets in any more get 403 from the next request on; their clients stay registered"
                    : "more people are let in",
                steps: narrows ? [.tellUsers("who may use \(code(new.publicURL)) has changed")] : [],
                from: sections(change, new, old))
        }
    }

    private func counted(_ count: Int) -> String {
        count == 0 ? "everybody with a token" : count == 1 ? "1 entry" : "\(count) entries"
    }
}

/// `verify`, and how tokens of others are verified.
struct VerificationChange: ChangeRule {
    func consequences(of change: PlanChange) -> [Consequence] {
        var found: [Consequence] = change.commonConnectors.compactMap { old, new in
            guard old.verification != new.verification else { return nil }
            let byEdge = new.verification == .edge
            return Consequence(
                "connectors.\(new.connector).verify", byEdge ? .quiet : .noticeable,
                "\(code(old.verification.rawValue)) becomes \(code(new.verification.rawValue))",
                byEdge
                    ? "tokens are verified before they reach the MCP server, which gets the subject in headers"
                    : "requests reach the MCP server unverified: it must verify every token itself before nginx is reloaded",
                steps: byEdge
                    ? [] : [.tellService(connector: new.connector, what: "it verifies tokens itself from now on")],
                from: sections(change, new, old))
        }
        if change.old.runtime.verification != change.new.runtime.verification {
            found.append(
                Consequence(
                    "issuer.verification", .noticeable, "how tokens of the issuer are verified changes",
                    "tokens that the new way does not accept get 401 from the next request on",
                    from: [change.new.spec.issuer.span, change.old.spec.issuer.span]))
        }
        return found
    }
}
