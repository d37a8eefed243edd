import ConnectorPlan
import ConnectorSpec
import Diagnostics
import JSONSyntax

/// `keycloak/plan.json`: what a realm has to hold, and what the scripts try.
///
/// It is all that the scripts know of the spec; `realm.jq` compares it with an export of the realm.
struct KeycloakPlanFile {
    let plan: KeycloakPlan
    private let issuer: String
    private let spec: Spec
    var bodies: KeycloakBodies

    init(_ plan: KeycloakPlan, issuer: String, of spec: Spec) {
        self.plan = plan
        self.issuer = issuer
        self.spec = spec
        bodies = KeycloakBodies(plan, of: spec)
    }

    mutating func artifact() -> Artifact {
        let printed = bodies.table.json(document(), from: plan.origins).printed()
        return Artifact(
            path: "keycloak/plan.json", mode: 0o644, bytes: printed.bytes,
            provenance: bodies.table.provenance(of: printed))
    }

    private mutating func document() -> JSON {
        let scopes = bodies.scopes()
        let clients = bodies.clients()
        let target = spec.targets.keycloak
        return [
            "deployment": .string(plan.deployment),
            "realm": bodies.table.json(.string(plan.realm), from: target?.realm.span),
            "server": bodies.table.json(.string(plan.server), from: target?.server.span),
            "issuer": bodies.table.json(.string(issuer), from: spec.issuer.url.span),
            "admin_realm": bodies.table.json(
                .string(plan.adminRealm), from: (target?.adminRealm ?? target?.realm)?.span),
            "admin_client": bodies.table.json(.string(plan.adminClient), from: target?.adminClient?.span),
            "version": bodies.table.json(.string(plan.version.text), from: target?.version.span),
            "dcr": .bool(plan.offersRegistration),
            "documents": .bool(plan.documents != nil),
            "offer": plan.defaultScope.map { .string($0.rawValue) } ?? .null,
            "connectors": .array(plan.connectors.map { .string($0) }),
            "scopes": .array(scopes),
            "clients": .array(clients),
            "policies": .array(bodies.policies()),
            "client_profiles": .array(bodies.clientProfiles()),
            "client_policies": .array(bodies.clientPolicies()),
            "every_client": .array(bodies.everyClient()),
            "hidden": .array(plan.tolerateAllScopes ? ["service_account"] : []),
            "own_hosts": .object(
                plan.ownHosts.sorted { $0.key < $1.key }.map { host, connectors in
                    let value = JSON.array(connectors.map { .string($0) })
                    return JSONMember(host, bodies.table.json(value, from: bodies.places(of: host)))
                }),
            "redirect_hosts": bodies.list(plan.redirectHosts),
            "registrations": .array(registrations()),
        ]
    }

    // MARK: What the scripts try

    private mutating func registrations() -> [JSON] {
        guard plan.offersRegistration else { return [] }
        return plan.registrations.map { one in
            bodies.table.json(
                [
                    "profile": .string(one.profile),
                    "title": .string(one.title),
                    "redirects": .array(one.redirects.map { .string($0) }),
                    "origins": .array(one.browserOrigins.map { .string($0) }),
                ], from: one.origins)
        }
    }
}
