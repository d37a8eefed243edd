import ConnectorPlan
import ConnectorSpec
import Diagnostics
import OAuthModel
import RuntimeConfig
import WebSyntax

/// `issuer.listen` and its like: where nginx finds the server.
struct ListenChange: ChangeRule {
    func consequences(of change: PlanChange) -> [Consequence] {
        [
            consequence("issuer.listen", change.difference { $0.issuer.$listen }),
            consequence("issuer.private_listen", change.difference { $0.issuer.$privateListen }),
        ].compactMap(\.self)
    }

    private func consequence(_ key: String, _ address: PlanChange.Difference<ListenAddress>?) -> Consequence? {
        address.map {
            Consequence(
                key, .noticeable, "\(code($0.old.text)) becomes \(code($0.new.text))",
                "between the restart of connectorgen-auth and the reload of nginx requests get 502: do both at once",
                from: $0.origins)
        }
    }
}

/// Hosts that nginx answers for.
struct HostChange: ChangeRule {
    func consequences(of change: PlanChange) -> [Consequence] {
        let (old, new) = (change.old.edge.hosts, change.new.edge.hosts)
        let names = ListDifference(from: old.map(\.name), to: new.map(\.name))
        var found: [Consequence] = []
        for host in new where names.added.contains(host.name) {
            found.append(
                Consequence(
                    "hosts", .noticeable, "\(code(host.name)) comes",
                    "it needs a name in the DNS, a certificate and a server block",
                    steps: change.new.nginx.map { [.includeHost(host: host.name, file: $0.includePath(of: host))] }
                        ?? [],
                    from: Array(host.origins.prefix(1))))
        }
        for host in old where names.removed.contains(host.name) {
            found.append(
                Consequence(
                    "hosts", .breaking, "\(code(host.name)) goes",
                    "nothing here answers for it any more; a redirect of the site would strip tokens and bodies",
                    steps: change.old.nginx == nil ? [] : [.dropHost(host: host.name)],
                    from: Array(host.origins.prefix(1))))
        }
        if let folder = includeFolders(change) {
            found.append(
                Consequence(
                    "targets.nginx.include_folder", .noticeable,
                    "\(code(folder.old)) becomes \(code(folder.new))",
                    "every `include` of a server block and of the http block names the old folder",
                    steps: change.new.nginx.map { nginx in
                        new.map { .includeHost(host: $0.name, file: nginx.includePath(of: $0)) }
                    } ?? [], from: folder.origins))
        }
        return found
    }

    private func includeFolders(_ change: PlanChange) -> PlanChange.Difference<String>? {
        guard let old = change.old.nginx, let new = change.new.nginx, old.includeFolder != new.includeFolder else {
            return nil
        }
        return .init(
            old: old.includeFolder, new: new.includeFolder,
            origins: Array(new.$includeFolder.origins.prefix(1) + old.$includeFolder.origins.prefix(1)))
    }
}

/// `upstream` and `upstreams`: where requests go.
struct UpstreamChange: ChangeRule {
    func consequences(of change: PlanChange) -> [Consequence] {
        change.commonConnectors.compactMap { old, new in
            let before = ([old.upstream] + old.replicas).map(\.text)
            let after = ([new.upstream] + new.replicas).map(\.text)
            guard before != after else { return nil }
            return Consequence(
                "connectors.\(new.connector).upstream", .noticeable, "\(codes(before)) becomes \(codes(after))",
                "new requests go there from the reload on; sessions and streams that are open end with the old server, and "
                    + "clients open new ones. Have it run before the reload",
                from: new.$upstream.origins.prefix(1) + old.$upstream.origins.prefix(1))
        }
    }
}

/// `allowed_origins`: pages that may call from a browser.
struct BrowserOriginChange: ChangeRule {
    func consequences(of change: PlanChange) -> [Consequence] {
        change.commonConnectors.compactMap { old, new in
            let origins = ListDifference(from: old.allowedOrigins, to: new.allowedOrigins)
            guard !origins.isEmpty else { return nil }
            let loses = !origins.removed.isEmpty
            return Consequence(
                "connectors.\(new.connector).allowed_origins", loses ? .breaking : .quiet, origins.text,
                loses
                    ? "pages there cannot call any more; browsers keep the answer to a preflight for a while"
                    : "pages there may call",
                from: new.$allowedOrigins.origins.prefix(1) + old.$allowedOrigins.origins.prefix(1))
        }
    }
}

/// Limits at the server and at nginx.
struct LimitChange: ChangeRule {
    func consequences(of change: PlanChange) -> [Consequence] {
        var found: [Consequence] = []
        if change.old.runtime.limits != change.new.runtime.limits {
            found.append(
                Consequence(
                    "issuer.limits", .quiet, "what unauthenticated callers may use up changes",
                    "who goes beyond a limit gets 429 and tries again later",
                    from: [change.new.spec.issuer.span, change.old.spec.issuer.span]))
        }
        for (old, new) in change.commonConnectors
        where old.rateLimit != new.rateLimit || old.maxBody != new.maxBody || old.readTimeout != new.readTimeout {
            found.append(
                Consequence(
                    "connectors.\(new.connector)", .quiet, "limits of requests change",
                    "a larger body gets 413, more requests 429, a silent stream ends after \(new.readTimeout)s",
                    from: sections(change, new, old)))
        }
        return found
    }
}

/// `targets.keycloak`: what is brought into a realm.
struct RealmChange: ChangeRule {
    func consequences(of change: PlanChange) -> [Consequence] {
        guard let old = change.old.keycloak else { return [] }
        guard let new = change.new.keycloak else {
            return [
                Consequence(
                    "targets.keycloak", .noticeable, "goes",
                    "the realm \(code(old.realm)) keeps what was made in it",
                    steps: [.cleanRealm("take it out with the old \(code("keycloak/retire.sh"))")],
                    from: Array(old.origins.prefix(1)))
            ]
        }
        var found: [Consequence] = []
        let origins = Array(new.origins.prefix(1) + old.origins.prefix(1))
        if old.realm != new.realm || old.server != new.server {
            found.append(
                Consequence(
                    "targets.keycloak.realm", .breaking,
                    "\(code("\(old.server)/realms/\(old.realm)")) becomes \(code("\(new.server)/realms/\(new.realm)"))",
                    "people, clients and grants are the realm's own: everybody registers and signs in anew",
                    clients: [ClientFate(.everybody, .reconnects)],
                    steps: [.tellUsers("remove the connector and add it again")], from: origins))
        }
        let scopes = ListDifference(from: old.scopes.map(\.name), to: new.scopes.map(\.name))
        if !scopes.isEmpty {
            found.append(
                Consequence(
                    "targets.keycloak.scopes", scopes.removed.isEmpty ? .quiet : .noticeable, scopes.text,
                    "clients that registered before get a new scope only by `apply.sh --attach-existing`, and keep an old "
                        + "one until it is taken out of the realm",
                    steps: scopes.removed.isEmpty
                        ? [] : [.cleanRealm("see \(code("keycloak/status.sh")) for what is left over in the realm")],
                    from: origins))
        }
        return found
    }
}

/// `targets.env`: variables of services.
struct EnvironmentChange: ChangeRule {
    func consequences(of change: PlanChange) -> [Consequence] {
        change.new.environment.compactMap { file in
            guard let old = change.old.environment.first(where: { $0.fileName == file.fileName }) else { return nil }
            let names = ListDifference(from: old.variables.map(\.name), to: file.variables.map(\.name))
            let changed = file.variables.filter { variable in
                old.variables.contains { $0.name == variable.name && $0.value != variable.value }
            }.map(\.name)
            guard !names.isEmpty || !changed.isEmpty else { return nil }
            let parts = [names.isEmpty ? nil : names.text, changed.isEmpty ? nil : "\(codes(changed)) changed"]
            return Consequence(
                "targets.env", .quiet,
                "\(code("env/" + file.fileName)): \(parts.compactMap(\.self).joined(separator: "; "))",
                "its service reads it at the next start; what a process manager remembers wins over the file",
                from: Array(file.origins.prefix(1) + old.origins.prefix(1)))
        }
    }
}
