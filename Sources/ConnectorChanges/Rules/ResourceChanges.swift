import ConnectorPlan
import ConnectorSpec
import Diagnostics

/// `connectors`: what there is to connect to.
struct ConnectorChange: ChangeRule {
    func consequences(of change: PlanChange) -> [Consequence] {
        let (old, new) = (connectors(of: change.old), connectors(of: change.new))
        let names = ListDifference(from: old.map(\.connector), to: new.map(\.connector))
        let added = new.filter { names.added.contains($0.connector) }.map { resource in
            Consequence(
                "connectors.\(resource.connector)", .noticeable, "comes, at \(code(resource.publicURL))",
                "people can add it; those who are connected elsewhere notice nothing",
                steps: [.tellUsers("a new connector can be added: \(code(resource.publicURL))")],
                from: Array(resource.$publicURL.origins.prefix(1)))
        }
        let removed = old.filter { names.removed.contains($0.connector) }.map { resource in
            Consequence(
                "connectors.\(resource.connector)", .breaking, "goes, from \(code(resource.publicURL))",
                "its URL is not served any more, and its tokens are good nowhere",
                steps: [
                    .purge([resource.metadataURL]),
                    .tellUsers("remove the connector \(code(resource.publicURL)): it is no longer served"),
                ], from: Array(resource.$publicURL.origins.prefix(1)))
        }
        return removed + added
    }

    private func connectors(of plan: DeploymentPlan) -> [ResourcePlan] { plan.resources.filter { !$0.isAlias } }
}

/// `public_url` and `resource` of a connector: what people pasted, and what tokens are for.
struct ResourceChange: ChangeRule {
    func consequences(of change: PlanChange) -> [Consequence] {
        change.commonConnectors.flatMap { old, new in
            let origins = new.$publicURL.origins.prefix(1) + old.$publicURL.origins.prefix(1)
            let services: [DeployStep] =
                new.verification == .application && old.resource != new.resource
                ? [.tellService(connector: new.connector, what: "`aud` of its tokens is \(code(new.resource)) now")]
                : []
            if old.publicURL != new.publicURL {
                let isServed = change.new.resources.contains { $0.publicURL == old.publicURL }
                return [
                    Consequence(
                        "connectors.\(new.connector).public_url", isServed ? .noticeable : .breaking,
                        "\(code(old.publicURL)) becomes \(code(new.publicURL))",
                        isServed
                            ? "the old URL is served still, as an alias; who connects anew takes the new one"
                            : "people pasted the old URL, which is not served any more: they must remove the connector "
                                + "and add it with the new one. Tokens for the old resource are good nowhere",
                        clients: isServed ? [] : [ClientFate(.everybody, .reconnects)],
                        steps: services + [
                            .purge([old.metadataURL, new.metadataURL]),
                            .tellUsers(
                                isServed
                                    ? "the connector's URL is \(code(new.publicURL)) now; the old one goes on working"
                                    : "remove the connector and add it again with \(code(new.publicURL))"),
                        ], from: Array(origins))
                ]
            }
            guard old.resource != new.resource else { return [] }
            return [
                Consequence(
                    "connectors.\(new.connector).resource", .breaking,
                    "\(code(old.resource)) becomes \(code(new.resource))",
                    "tokens name the old resource in `aud` and are refused; refresh tokens do not move to another "
                        + "resource, so everybody signs in and consents again",
                    clients: [ClientFate(.everybody, .signsInAgain)],
                    steps: services + [
                        .purge([old.metadataURL, new.metadataURL]),
                        .tellUsers("sign in again; where that does not help, remove the connector and add it again"),
                    ], from: new.$resource.origins.prefix(1) + old.$resource.origins.prefix(1))
            ]
        }
    }
}

/// `aliases` and `alias_hosts`: further URLs of a connector, each a resource of its own.
struct AliasChange: ChangeRule {
    func consequences(of change: PlanChange) -> [Consequence] {
        let (old, new) = (aliases(of: change.old), aliases(of: change.new))
        let urls = ListDifference(from: old.map(\.publicURL), to: new.map(\.publicURL))
        var found: [Consequence] = []
        // One that became the connector's own URL is told there.
        let gone = old.filter { alias in
            urls.removed.contains(alias.publicURL)
                && !change.new.resources.contains { $0.publicURL == alias.publicURL }
        }
        for alias in gone {
            found.append(
                Consequence(
                    "connectors.\(alias.connector).aliases", .breaking, "\(code(alias.publicURL)) goes",
                    "who added the connector by this URL must remove it and add it with another one",
                    steps: [
                        .purge([alias.metadataURL]),
                        .tellUsers("whoever connects by \(code(alias.publicURL)) must add the connector's other URL"),
                    ], from: Array(alias.$publicURL.origins.prefix(1))))
        }
        for alias in new where urls.added.contains(alias.publicURL) {
            let wasThere = change.old.resources.contains { $0.publicURL == alias.publicURL }
            if wasThere { continue }
            found.append(
                Consequence(
                    "connectors.\(alias.connector).aliases", .quiet, "\(code(alias.publicURL)) comes",
                    "a further URL with metadata of its own, for clients that hold on to a stale registration",
                    from: Array(alias.$publicURL.origins.prefix(1))))
        }
        return found
    }

    private func aliases(of plan: DeploymentPlan) -> [ResourcePlan] { plan.resources.filter(\.isAlias) }
}

/// `scopes` of a connector: what clients ask for and tokens carry.
struct ScopeChange: ChangeRule {
    func consequences(of change: PlanChange) -> [Consequence] {
        change.commonConnectors.compactMap { old, new in
            let scopes = ListDifference(from: old.scopes, to: new.scopes)
            guard !scopes.isEmpty else { return nil }
            let isNeeded = !scopes.added.isEmpty
            return Consequence(
                "connectors.\(new.connector).scopes", isNeeded ? .noticeable : .quiet, scopes.text,
                isNeeded
                    ? "tokens that are out lack \(codes(scopes.added)), and a refresh does not add a scope: where the MCP "
                        + "server or `allow` asks for it, people sign in and consent again"
                    : "tokens that are out keep \(codes(scopes.removed)) until they end",
                clients: isNeeded ? [ClientFate(.everybody, .signsInAgain)] : [],
                steps: [.purge([new.metadataURL])]
                    + (isNeeded
                        ? [.tellUsers("sign in again: the connector asks for \(codes(scopes.added)) now")] : []),
                from: new.$scopes.origins.prefix(1) + old.$scopes.origins.prefix(1))
        }
    }
}
