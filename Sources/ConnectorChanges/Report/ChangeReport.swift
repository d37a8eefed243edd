import ConnectorBackends
package import ConnectorPlan
package import Diagnostics
import OAuthModel

/// What a change of a spec does: to outputs, to clients, to those who deploy it and to those who use it.
package struct ChangeReport: Sendable {
    /// What becomes of one client, and why.
    package struct ClientRow: Sendable {
        package let name: String
        package let outcome: ClientFate.Outcome
        /// The facts that do it.
        package let facts: [String]
    }

    /// The spec, as it was named.
    package let spec: String
    /// What it is held against, as it was named.
    package let against: String
    package let artifacts: [ArtifactChange]
    /// How many outputs differ in what they say of the spec alone.
    package let restamped: Int
    /// Empty too where ``silence`` says why.
    package let consequences: [Consequence]
    package let clients: [ClientRow]
    package let steps: [DeployStep]
    /// Why nothing is said of clients and users, where nobody knows what the old outputs were made from.
    package let silence: String?
    package let sources: SourceMap

    /// True when there is nothing to do.
    package var isEmpty: Bool { artifacts.isEmpty && consequences.isEmpty }

    package init(
        spec: String, against: String, from old: KnownOutputs, oldPlan: DeploymentPlan?, to new: KnownOutputs,
        newPlan: DeploymentPlan, isFirst: Bool = false, sources: SourceMap
    ) {
        (self.spec, self.against, self.sources) = (spec, against, sources)
        (artifacts, restamped) = ArtifactChange.changes(from: old, to: new)
        silence =
            oldPlan != nil ? nil : isFirst ? "nothing was built in \(code(against)) yet: all is new" : Self.unknown
        consequences = oldPlan.map { PlanChange(from: $0, to: newPlan).consequences } ?? []
        clients = oldPlan.map { [consequences] in Self.clients($0, newPlan, consequences) } ?? []
        steps = DeployStep.ordered(
            Self.steps(for: artifacts, needsServer: newPlan.needsServer || oldPlan?.needsServer == true)
                + consequences.flatMap(\.steps))
    }

    /// What deploying the outputs that differ takes.
    private static func steps(for artifacts: [ArtifactChange], needsServer: Bool) -> [DeployStep] {
        artifacts.compactMap { artifact in
            if case .removed = artifact.kind, artifact.path.hasPrefix("env/") { return nil }
            switch BackendRegistry.owner(of: artifact.path) {
            case "nginx": return .reloadNginx
            case "runtime": return needsServer ? .restartServer : nil
            case "env": return .installEnvironment(artifact.path)
            case "keycloak": return .applyKeycloak
            default: return nil
            }
        }
    }

    private static func clients(
        _ old: DeploymentPlan, _ new: DeploymentPlan, _ consequences: [Consequence]
    ) -> [ClientRow] {
        var groups: [(group: ClientFate.Group, name: String)] = []
        for client in old.clients + new.clients where client.status != .ignored {
            let group = ClientFate.Group.named(client.knownAs)
            if !groups.contains(where: { $0.group == group }) { groups.append((group, client.knownAs)) }
        }
        let methods = old.issuer.registrationMethods
        if methods.contains(.dcr) { groups.append((.registered, "clients that registered themselves")) }
        if methods.contains(.cimd) { groups.append((.documented, "clients with a metadata document")) }
        return groups.map { group, name in
            let isNew = Self.isNew(group, besides: old)
            var outcome = isNew ? ClientFate.Outcome.added : .unaffected
            var facts: [String] = []
            for consequence in consequences {
                for fate in consequence.clients where fate.group == group || fate.group == .everybody && !isNew {
                    outcome = max(outcome, fate.outcome)
                    if !facts.contains(consequence.fact) { facts.append(consequence.fact) }
                }
            }
            return ClientRow(name: name, outcome: outcome, facts: facts)
        }
    }

    /// True for a client that was not there before.
    private static func isNew(_ group: ClientFate.Group, besides old: DeploymentPlan) -> Bool {
        guard case .named(let name) = group else { return false }
        return !old.clients.contains { $0.knownAs == name && $0.status != .ignored }
    }

    private static let unknown =
        "what the old outputs were made from is not known: no revision of the spec in git has the digest that their lock "
        + "names, so nothing is said of clients and of users; --against REVISION compares with a revision"

    /// `connector.yaml:16`
    func place(_ span: Span) -> String {
        let file = sources[span.file]
        return "\(file.path):\(file.position(at: span.start).line)"
    }

    /// Steps of those who deploy, in their order.
    var deploySteps: [DeployStep] { steps.filter { $0.word != "tell-users" } }

    /// What to tell those who use it.
    var messages: [String] { steps.filter { $0.word == "tell-users" }.map(\.text) }
}
