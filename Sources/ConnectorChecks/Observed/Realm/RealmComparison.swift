package import ConnectorPlan
import ConnectorSpec
import Diagnostics
import JSONSyntax

/// Holds a realm against the plan: the same comparison as `realm.jq` makes for the scripts, of the same wanted values,
/// with the places of both. The tests hold the two together.
struct RealmComparison {
    let plan: KeycloakPlan
    let realm: LiveRealm
    let scopes: [PlacedJSON]
    let clients: [PlacedJSON]
    let policies: [PlacedJSON]
    let profiles: [PlacedJSON]
    let clientPolicies: [PlacedJSON]
    let everyClient: [PlacedJSON]
    /// Of this deployment, and of the others in the realm.
    let record: RealmRecord
    let others: [RealmRecord]
    private(set) var found: [RealmDifference] = []

    init(_ plan: KeycloakPlan, of spec: Spec, with realm: LiveRealm) {
        self.plan = plan
        self.realm = realm
        var bodies = KeycloakBodies(plan, of: spec)
        let wanted = (
            bodies.scopes(), bodies.clients(), bodies.policies(), bodies.clientProfiles(), bodies.clientPolicies(),
            bodies.everyClient()
        )
        let table = bodies.table
        func placed(_ values: [JSON]) -> [PlacedJSON] { values.map { PlacedJSON($0, in: table, around: plan.origins) } }
        scopes = placed(wanted.0)
        clients = placed(wanted.1)
        policies = placed(wanted.2)
        profiles = placed(wanted.3)
        clientPolicies = placed(wanted.4)
        everyClient = placed(wanted.5)
        let records = (realm["attributes"]?.members ?? []).filter { $0.name.hasPrefix(KeycloakPlan.recordPrefix) }
        func isOwn(_ name: String) -> Bool { name == KeycloakPlan.recordPrefix + plan.deployment }
        record = records.first { isOwn($0.name) }.map { RealmRecord($0.value.string ?? "") } ?? RealmRecord()
        others = records.filter { !isOwn($0.name) }.map { RealmRecord($0.value.string ?? "") }
    }

    /// All differences, in the order of the scripts' steps.
    var differences: [RealmDifference] {
        var comparison = self
        comparison.compareServer()
        comparison.compareRecord()
        comparison.compareNamed(profiles, "clientProfiles", "profiles", "profile")
        comparison.compareNamed(clientPolicies, "clientPolicies", "policies", "policy")
        comparison.compareScopes()
        comparison.compareClients()
        comparison.compareEveryClient()
        comparison.comparePolicies()
        comparison.compareHidden()
        comparison.lookAtOtherClients()
        comparison.lookAtLimit()
        comparison.lookAtRegistration()
        return comparison.found
    }

    mutating func add(
        _ kind: RealmDifference.Kind, _ object: String, _ message: String, at place: Span, _ label: String = "",
        from origins: [Span]? = nil, severity: Severity = .error, help: String? = nil
    ) {
        let origins = origins.flatMap { $0.isEmpty ? nil : $0 } ?? plan.origins
        found.append(
            RealmDifference(
                kind: kind, object: object, message: message, severity: severity, place: Label(place, label),
                origins: origins, help: help))
    }
}

extension Observed {
    /// What every realm file says of the plan's realm.
    package func differences(from plan: DeploymentPlan) -> [RealmDifference] {
        guard let keycloak = plan.keycloak else { return [] }
        return realms(of: keycloak).flatMap { RealmComparison(keycloak, of: plan.spec, with: $0).differences }
    }
}
