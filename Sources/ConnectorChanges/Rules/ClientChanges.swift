import ConnectorPlan
import ConnectorSpec
import Diagnostics
import OAuthModel

extension ClientPlan {
    /// By what people know it: the profile's name, or the id.
    var knownAs: String { profile ?? id ?? label }
}

/// `client_id` of a connector: the id that metadata and challenges advertise.
struct AdvertisedClientChange: ChangeRule {
    func consequences(of change: PlanChange) -> [Consequence] {
        change.commonConnectors.compactMap { old, new in
            guard old.clientID != new.clientID else { return nil }
            let isKnown = old.clientID.map { id in
                change.new.clients.contains { $0.id == id && $0.status != .ignored }
                    || change.new.resources.contains { $0.clientID == id }
            }
            let isLost = isKnown == false
            let before = old.clientID.map(code) ?? "none"
            return Consequence(
                "connectors.\(new.connector).client_id", isLost ? .breaking : .noticeable,
                "\(before) becomes \(new.clientID.map(code) ?? "none")",
                isLost
                    ? "clients keep the id that they were told when they connected; \(before) is unknown now, and they "
                        + "must remove and add the connector. `clients: [{ id: …, status: legacy }]` would keep it alive"
                    : "who is connected goes on with the id that it has; who connects anew is told the new one",
                clients: isLost ? [old.clientID.map { ClientFate(.named($0), .shutOut) }].compactMap(\.self) : [],
                steps: [.purge(change.documentURLs)]
                    + (isLost ? [.tellUsers("remove the connector and add it again: its client id has changed")] : []),
                from: new.$clientID.origins.prefix(1) + old.$clientID.origins.prefix(1))
        }
    }
}

/// `clients`: profiles and predefined ids.
struct PredefinedClientChange: ChangeRule {
    func consequences(of change: PlanChange) -> [Consequence] {
        let (old, new) = (clients(of: change.old), clients(of: change.new))
        let names = ListDifference(from: old.map(\.knownAs), to: new.map(\.knownAs))
        var found: [Consequence] = []
        for client in old where names.removed.contains(client.knownAs) {
            // The advertised ids of connectors are told with them.
            if client.profile == nil, isAdvertised(client, in: change.old) { continue }
            found.append(
                Consequence(
                    "clients", .breaking, "\(code(client.knownAs)) goes",
                    client.profile == nil
                        ? "its codes, tokens and refreshes are refused with `invalid_client`"
                        : "clients of this profile that registered are excluded: no more codes and no more refreshes; "
                            + "access tokens live to their end",
                    clients: [ClientFate(.named(client.knownAs), .shutOut)],
                    steps: [.tellUsers("\(code(client.knownAs)) cannot connect any more")],
                    from: Array(client.origins.prefix(1))))
        }
        for client in new where names.added.contains(client.knownAs) {
            if client.profile == nil, isAdvertised(client, in: change.new) { continue }
            found.append(
                Consequence(
                    "clients", .quiet, "\(code(client.knownAs)) comes", "it may connect from now on",
                    clients: [ClientFate(.named(client.knownAs), .added)], from: Array(client.origins.prefix(1))))
        }
        for client in new {
            guard let before = old.first(where: { $0.knownAs == client.knownAs }) else { continue }
            found += differences(from: before, to: client)
        }
        return found
    }

    private func clients(of plan: DeploymentPlan) -> [ClientPlan] { plan.clients.filter { $0.status != .ignored } }

    private func isAdvertised(_ client: ClientPlan, in plan: DeploymentPlan) -> Bool {
        plan.resources.contains { $0.clientID == client.id }
    }

    private func differences(from old: ClientPlan, to new: ClientPlan) -> [Consequence] {
        let name = code(new.knownAs)
        let origins = new.origins.prefix(1) + old.origins.prefix(1)
        var found: [Consequence] = []
        if old.secret != new.secret || old.keysURL != new.keysURL || old.authMethods != new.authMethods {
            let methods = codes(new.authMethods.map(\.rawValue))
            found.append(
                Consequence(
                    "clients", .breaking, "\(name) proves who it is by something else: \(methods)",
                    "its token requests are refused with `invalid_client` until it has the new credentials",
                    clients: [ClientFate(.named(new.knownAs), .shutOut)],
                    steps: [.tellUsers("give \(name) its new credentials at the time of the change")],
                    from: Array(origins)))
        }
        let redirects = ListDifference(from: old.redirects.map(\.uri), to: new.redirects.map(\.uri))
        if !redirects.isEmpty {
            let loses = !redirects.removed.isEmpty
            found.append(
                Consequence(
                    "clients", loses ? .breaking : .quiet, "redirects of \(name): \(redirects.text)",
                    loses
                        ? "an authorization that ends at one of them gets an error page and no code"
                        : "it may be sent back there too",
                    clients: loses ? [ClientFate(.named(new.knownAs), .signsInAgain)] : [], from: Array(origins)))
        }
        let scopes = ListDifference(from: old.scopes, to: new.scopes)
        if !scopes.isEmpty {
            found.append(
                Consequence(
                    "clients", .noticeable, "scopes of \(name): \(scopes.text)",
                    "grants that are out keep what they have; what it asks for from now on is held against the new list",
                    from: Array(origins)))
        }
        if old.status != new.status || old.allowIntrospection != new.allowIntrospection {
            found.append(
                Consequence(
                    "clients", .quiet,
                    "\(name) is \(code(new.status.rawValue))"
                        + (new.allowIntrospection ? " and may introspect tokens" : ""),
                    "it comes in as before", from: Array(origins)))
        }
        return found
    }
}
