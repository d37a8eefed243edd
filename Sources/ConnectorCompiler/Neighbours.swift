package import ConnectorPlan
import ConnectorSpec
package import Diagnostics
import OAuthModel
import WebSyntax

/// Deployments that stand together on one machine, or share a host: what each of them may have, and all of them only
/// once.
package struct Neighbours {
    private let plans: [DeploymentPlan]
    private var findings: [Diagnostic] = []

    private init(_ plans: [DeploymentPlan]) {
        self.plans = plans
    }

    /// What two of the deployments claim; each finding names both places.
    package static func findings(among plans: [DeploymentPlan]) -> [Diagnostic] {
        var neighbours = Neighbours(plans)
        neighbours.checkNames()
        neighbours.checkHosts()
        neighbours.checkListeners()
        neighbours.checkFiles()
        neighbours.checkClients()
        return neighbours.findings
    }

    /// Who claimed something first, and where that is written.
    private struct Claims<Key: Hashable> {
        private var first: [Key: (plan: Int, span: Span?)] = [:]

        /// The other deployment's place, where another one has it already.
        mutating func take(_ key: Key, by plan: Int, at span: Span?) -> Span?? {
            if first[key] == nil { first[key] = (plan, span) }
            return claim(on: key, besides: plan)
        }

        func claim(on key: Key, besides plan: Int) -> Span?? {
            guard let known = first[key], known.plan != plan else { return nil }
            return .some(known.span)
        }
    }

    private mutating func report(
        _ code: DiagnosticCode, _ message: String, at span: Span?, _ label: String = "", first: Span?, help: String
    ) {
        findings.append(
            Diagnostic(
                code, code.severity, message, at: span.map { Label($0, label) },
                secondary: first.map { [Label($0, "already taken here")] } ?? [], help: help))
    }

    private mutating func checkNames() {
        var names = Claims<String>()
        for (index, plan) in plans.enumerated() {
            let span = plan.spec.name.span
            guard let first = names.take(plan.name, by: index, at: span) else { continue }
            report(
                .deploymentNameTwice, "two deployments are called `\(plan.name)`", at: span, first: first,
                help: "give one of them another name: upstreams, maps and folders carry it")
        }
    }

    // MARK: hosts

    private struct Place: Hashable {
        let host: String
        let match: Route.Match
    }

    private mutating func checkHosts() {
        var roots = Claims<String>()
        var own = Claims<Place>()
        var transports: [(plan: Int, host: String, path: String, span: Span?)] = []
        var reported: Set<[Span?]> = []
        // What a host has once is compared as a whole, and after what its deployments answer for themselves.
        for (index, plan) in plans.enumerated() {
            for host in plan.edge.hosts {
                for route in host.routes where !route.isOfHost {
                    let span = route.origins.first
                    if case .transport = route.action, case .subtree(let path) = route.match {
                        transports.append((index, host.name, path, span))
                    }
                    guard let first = own.take(Place(host: host.name, match: route.match), by: index, at: span),
                        reported.insert([span, first]).inserted
                    else { continue }
                    reportURL("two deployments are to answer \(host.name)\(route.match.path)", at: span, first: first)
                }
            }
        }
        for (index, plan) in plans.enumerated() {
            for host in plan.edge.hosts where !host.rootRoutes.isEmpty {
                let span = host.origins.first
                if let first = roots.take(host.name, by: index, at: span) {
                    report(
                        .hostRootTwice, "two deployments own the root of \(host.name)", at: span,
                        "names the host without leaving its root to the other", first: first,
                        help: "add `guest_on: [\(host.name)]` to targets.nginx of one of them")
                }
                for route in host.rootRoutes {
                    let place = Place(host: host.name, match: route.match)
                    guard let first = own.claim(on: place, besides: index),
                        reported.insert([span, first]).inserted
                    else { continue }
                    reportURL(
                        "\(host.name)\(route.match.path) is at the root, which another deployment owns", at: first,
                        first: span)
                }
            }
        }
        checkBelow(transports, &reported)
        checkForeignIssuers()
    }

    /// An authorization server of others keeps its documents on a host whose root knows nothing of them.
    private mutating func checkForeignIssuers() {
        for (index, plan) in plans.enumerated() where !plan.issuer.isBundled {
            let paths = [WellKnown.authorizationServer, .openIDConfiguration].map {
                $0.inserted(before: plan.issuer.path)
            }
            for (other, owner) in plans.enumerated() where other != index {
                for host in owner.edge.hosts where host.name == plan.issuer.host {
                    let hides = host.rootRoutes.contains { route in
                        switch route.match {
                        case .exact(let path): paths.contains(path)
                        case .subtree(let path): paths.contains { $0.hasPrefix(path) }
                        }
                    }
                    guard hides else { continue }
                    report(
                        .urlOfTwoDeployments,
                        "the metadata of \(plan.issuer.url) is at the root of \(host.name), where another deployment "
                            + "answers that there is none", at: plan.issuer.$url.origins.first,
                        first: host.origins.first,
                        help: "let this deployment own the root: add `guest_on: [\(host.name)]` to the other")
                }
            }
        }
    }

    private mutating func reportURL(_ message: String, at span: Span?, first: Span?) {
        report(.urlOfTwoDeployments, message, at: span, first: first, help: "give one of them another path")
    }

    /// What one deployment answers below the transport of another.
    private mutating func checkBelow(
        _ transports: [(plan: Int, host: String, path: String, span: Span?)], _ reported: inout Set<[Span?]>
    ) {
        for transport in transports {
            for (index, plan) in plans.enumerated() where index != transport.plan {
                for host in plan.edge.hosts where host.name == transport.host {
                    for route in host.routes where route.match.path.hasPrefix(transport.path) {
                        let span = route.origins.first
                        guard route.match != .subtree(transport.path), reported.insert([span, transport.span]).inserted
                        else { continue }
                        reportURL(
                            "\(host.name)\(route.match.path) is below the transport of another deployment", at: span,
                            first: transport.span)
                    }
                }
            }
        }
    }

    // MARK: the machine

    private mutating func checkListeners() {
        var listeners = Claims<String>()
        for (index, plan) in plans.enumerated() {
            let needed =
                (plan.issuer.isBundled ? [(plan.issuer.listen.text, plan.edge.$server)] : [])
                + (plan.issuer.isBundled || plan.resources.contains(where: \.usesPrivateListener)
                    ? [(plan.issuer.privateListen.text, plan.edge.$privateServer)] : [])
            for (address, server) in needed {
                let span = server.origins.first
                guard let first = listeners.take(address, by: index, at: span) else { continue }
                report(
                    .listenerOfTwoDeployments, "connectorgen-auth of two deployments listens on \(address)", at: span,
                    "listens there", first: first,
                    help: "set issuer.listen and issuer.private_listen of one of them")
            }
        }
    }

    private mutating func checkFiles() {
        var files = Claims<String>()
        for (index, plan) in plans.enumerated() {
            var claims: [(path: String, span: Span?, help: String)] = []
            if let nginx = plan.nginx {
                claims.append(
                    (nginx.includeFolder, nginx.$includeFolder.origins.first, "set targets.nginx.include_dir")
                )
            }
            if let store = plan.spec.issuer.store, case .sqlite(let path) = store.value {
                claims.append((path, store.span, "set issuer.store"))
            }
            for claim in claims {
                // Of one name they have one folder; that has been said.
                guard let first = files.take(claim.path, by: index, at: claim.span),
                    !plans[..<index].contains(where: { $0.name == plan.name && $0.nginx?.includeFolder == claim.path })
                else { continue }
                report(
                    .fileOfTwoDeployments, "two deployments have \(claim.path)", at: claim.span, first: first,
                    help: "\(claim.help) of one of them")
            }
        }
    }

    private mutating func checkClients() {
        var clients: [String: (issuer: String, span: Span)] = [:]
        for plan in plans {
            for connector in plan.spec.connectors {
                guard let id = connector.clientID.located else { continue }
                guard let first = clients[id.value.text] else {
                    clients[id.value.text] = (plan.issuer.url, id.span)
                    continue
                }
                guard first.issuer != plan.issuer.url else { continue }
                report(
                    .clientOfTwoIssuers, "one client id is advertised at two issuers", at: id.span, first: first.span,
                    help: "give one of them another client id")
            }
        }
    }
}
