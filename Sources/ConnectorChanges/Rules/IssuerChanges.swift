import ConnectorPlan
import ConnectorSpec
import Diagnostics
import OAuthModel
import RuntimeConfig
import WebSyntax

/// `name`: upstreams, zones, files and marks carry it.
struct NameChange: ChangeRule {
    func consequences(of change: PlanChange) -> [Consequence] {
        guard let name = change.difference({ $0.$name }) else { return [] }
        var steps: [DeployStep] = []
        if let realm = change.old.keycloak {
            steps.append(
                .cleanRealm(
                    "take what \(code(name.old)) made in the realm \(code(realm.realm)) out with the old "
                        + code("keycloak/retire.sh")))
        }
        return [
            Consequence(
                "name", .noticeable, "\(code(name.old)) becomes \(code(name.new))",
                "names of upstreams, zones and files change; in a realm the marks of the old name stay behind",
                steps: steps, from: name.origins)
        ]
    }
}

/// `issuer.url`: clients and tokens belong to an issuer by its exact bytes.
struct IssuerURLChange: ChangeRule {
    func consequences(of change: PlanChange) -> [Consequence] {
        guard let url = change.difference({ $0.issuer.$url }) else { return [] }
        let connectors = change.new.resources.filter { !$0.isAlias && $0.verification == .application }
        let services = connectors.map {
            DeployStep.tellService(connector: $0.connector, what: "tokens come from the issuer \(code(url.new)) now")
        }
        return [
            Consequence(
                "issuer.url", .breaking, "\(code(url.old)) becomes \(code(url.new))",
                "changing `issuer.url` invalidates every registered client and every token: clients keep both by the "
                    + "issuer, and look for no other; people must remove and add the connector",
                clients: [ClientFate(.everybody, .reconnects)],
                steps: services + [
                    .purge(change.documentURLs),
                    .tellUsers("remove the connector and add it again: its authorization server has moved"),
                ], from: url.origins)
        ]
    }
}

/// `issuer.mode`: who issues the tokens.
struct IssuerModeChange: ChangeRule {
    func consequences(of change: PlanChange) -> [Consequence] {
        guard let mode = change.difference({ $0.issuer.$mode }) else { return [] }
        let changesServer = change.old.issuer.isBundled != change.new.issuer.isBundled
        return [
            Consequence(
                "issuer.mode", .breaking, "\(code(mode.old.rawValue)) becomes \(code(mode.new.rawValue))",
                changesServer
                    ? "another server issues the tokens: it knows no client that registered at the old one, and no token "
                        + "of it; people must remove and add the connector"
                    : "people prove who they are elsewhere, so that their subjects change: everybody signs in and "
                        + "consents again, and an application that keeps data by subject sees strangers",
                clients: [ClientFate(.everybody, changesServer ? .reconnects : .signsInAgain)],
                steps: [
                    .purge(change.documentURLs),
                    .tellUsers(
                        changesServer
                            ? "remove the connector and add it again: another server signs you in now"
                            : "sign in again: accounts are at another place now"),
                ], from: mode.origins)
        ]
    }
}

/// `issuer.endpoints`: where clients go, which some have kept since they connected.
struct EndpointChange: ChangeRule {
    func consequences(of change: PlanChange) -> [Consequence] {
        // With another issuer everything is new anyway.
        guard change.old.issuer.url == change.new.issuer.url else { return [] }
        return EndpointName.allCases.compactMap { name in
            let (old, new) = (change.old.issuer.endpoints.derived[name], change.new.issuer.endpoints.derived[name])
            guard let old, old.value != new?.value else { return nil }
            // Registration that ends is told with its method.
            if name == .register, new == nil { return nil }
            let isServedStill = change.new.runtime.legacyAliases.contains { alias in
                old.value.hasSuffix(alias.path) && change.new.issuer.origin + alias.path == old.value
            }
            let isKept = [.authorize, .token, .register].contains(name) && !isServedStill
            return Consequence(
                "issuer.endpoints.\(name.rawValue)", isKept ? .breaking : .noticeable,
                "\(code(old.value)) becomes \(new.map { code($0.value) } ?? "none")",
                isKept
                    ? "some clients keep the endpoints that they saw first (\"Failed to resolve OAuth client\"): list the "
                        + "old path under `legacy_aliases`, or have people remove and add the connector"
                    : isServedStill
                        ? "the old path is served still, and advertised nowhere; clients find the new one in the metadata"
                        : "clients find the new one in the metadata",
                clients: isKept ? [ClientFate(.everybody, .reconnects)] : [],
                steps: [.purge(change.documentURLs)]
                    + (isKept ? [.tellUsers("remove the connector and add it again if it does not connect")] : []),
                from: (new?.origins.prefix(1) ?? []) + old.origins.prefix(1))
        }
    }
}

/// `legacy_aliases`: endpoints that old registrations still use.
struct LegacyAliasChange: ChangeRule {
    func consequences(of change: PlanChange) -> [Consequence] {
        let (old, new) = (aliases(of: change.old), aliases(of: change.new))
        let paths = ListDifference(from: old.map(\.path), to: new.map(\.path))
        var found: [Consequence] = []
        if !paths.removed.isEmpty {
            found.append(
                Consequence(
                    "legacy_aliases", .breaking, paths.text,
                    "clients that hold on to these paths get 404 from now on; those that connected since the move do not "
                        + "use them. The access log says who still does",
                    steps: [.tellUsers("remove the connector and add it again if it stopped working")],
                    from: old.filter { paths.removed.contains($0.path) }.flatMap { $0.origins.prefix(1) }))
        } else if !paths.added.isEmpty {
            found.append(
                Consequence(
                    "legacy_aliases", .quiet, paths.text, "served for old registrations, advertised nowhere",
                    from: new.filter { paths.added.contains($0.path) }.flatMap { $0.origins.prefix(1) }))
        }
        for alias in new {
            guard let before = old.first(where: { $0.path == alias.path }), before.sunset != alias.sunset else {
                continue
            }
            found.append(
                Consequence(
                    "legacy_aliases", .quiet,
                    "the end of \(code(alias.path)) moves from \(before.sunset.text) to \(alias.sunset.text)",
                    "answers name the new day in `Sunset`", from: alias.origins.prefix(1) + before.origins.prefix(1)))
        }
        return found
    }

    private func aliases(of plan: DeploymentPlan) -> [LegacyAlias] { plan.resources.flatMap(\.legacyAliases) }
}
