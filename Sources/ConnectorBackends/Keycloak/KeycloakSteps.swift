import ConfigLanguages
import ConnectorPlan
import ConnectorSpec
import Diagnostics
import WebSyntax

/// The plan as calls of the functions in `apply.sh`, in their order, with the bodies that they read.
struct KeycloakSteps {
    /// What has to be read before the first step.
    private(set) var loads = ShellScript()
    private(set) var script = ShellScript()
    private(set) var bodies: [KeycloakBody] = []
    /// By the tags of ``script``.
    private(set) var origins: [[Span]] = []

    private let context: RenderContext
    /// Where the names of scopes are written.
    private let scopeOrigins: [String: [Span]]

    init(_ plan: KeycloakPlan, _ context: RenderContext) {
        self.context = context
        scopeOrigins = Dictionary(
            plan.scopes.map { ($0.name, $0.$name.origins) }, uniquingKeysWith: { first, _ in first })
        for collection in ["scopes", "policies"] { load(collection) }
        if plan.defaultScope != nil || plan.tolerateAllScopes { for list in ["default", "optional"] { load(list) } }
        if !plan.staticClients.isEmpty { load("clients") }
        for (index, scope) in plan.scopes.enumerated() { add(scope, number: index + 1) }
        if plan.tolerateAllScopes { addScopeForAll(plan) }
        if plan.offersRegistration {
            addPolicies(plan)
        } else {
            heading(plan.origins, "clients do not register by themselves: the realm's policies are left alone")
            step("say_registration", [], plan.origins)
        }
        if let way = plan.defaultScope { addOffers(plan, way) }
        if plan.tolerateAllScopes {
            step("step_optional", ["openid"], plan.origins)
            step("step_hidden", ["service_account"], plan.origins)
        }
        for (index, client) in plan.staticClients.enumerated() { add(client, number: index + 1) }
    }

    private mutating func load(_ collection: String) {
        loads.items.append(.call([.name("load_\(collection)")]))
    }

    private mutating func step(_ function: String, _ words: [String], _ origins: [Span]) {
        script.items.append(.call([.name(function)] + words.map { .value($0) }, tag: self.origins.count))
        self.origins.append(origins)
    }

    private mutating func heading(_ origins: [Span], _ text: String) {
        if !script.items.isEmpty { script.items.append(.blank) }
        script.items.append(.comment("\(context.place(of: origins)) \(text)"))
    }

    private mutating func add(_ scope: KeycloakPlan.AudienceScope, number: Int) {
        let file = KeycloakBody.fileName("scope", number, scope.name)
        let origins = scope.origins + scope.$name.origins
        bodies.append(.scope(scope.name, owner: scope.owner, fileName: file, isVisible: true, origins: origins))
        heading(origins, "the scope that brings the audience of \(scope.connector)")
        step("step_scope", [scope.name, file, scope.audience], origins)
        for (index, audience) in ([scope.audience] + scope.aliasAudiences).enumerated() {
            let name = index == 0 ? "mcp-audience" : Self.mapperName(for: audience)
            let file = KeycloakBody.fileName("mapper-\(number)", index + 1, scope.name)
            bodies.append(.audienceMapper(name, audience: audience, fileName: file, origins: origins))
            step("step_mapper", [scope.name, name, file], origins)
        }
    }

    /// The mapper of an alias's audience; the connector's own is plainly `mcp-audience`.
    static func mapperName(for audience: String) -> String { "mcp-audience \(audience)" }

    /// Clients that ask for all that is advertised ask for `openid` too, which is no client scope by itself.
    private mutating func addScopeForAll(_ plan: KeycloakPlan) {
        let file = "scope-openid.json"
        bodies.append(.scope("openid", owner: nil, fileName: file, isVisible: false, origins: plan.origins))
        heading(plan.origins, "tolerate_all_scopes")
        step("step_scope", ["openid", file, ""], plan.origins)
    }

    private mutating func addPolicies(_ plan: KeycloakPlan) {
        heading(plan.origins, "who may register, and with which scopes")
        let scopes = KeycloakBody.policy(
            "allowed-client-templates", list: "allowed-client-scopes",
            entries: plan.scopes.map { ($0.name, $0.$name.origins) }, origins: plan.origins)
        let hosts = KeycloakBody.policy(
            "trusted-hosts", list: "trusted-hosts", entries: plan.trustedHosts.map { ($0.pattern, $0.origins) },
            // Behind a proxy the sender is the proxy; its check may be off only while that of the URIs is on.
            settings: [("host-sending-registration-request-must-match", "false"), ("client-uris-must-match", "true")],
            origins: plan.origins)
        for (provider, body) in [("allowed-client-templates", scopes), ("trusted-hosts", hosts)] {
            bodies.append(body)
            step("step_policy", [provider, "anonymous", body.fileName], plan.origins)
        }
    }

    private mutating func addOffers(_ plan: KeycloakPlan, _ way: KeycloakTarget.DefaultScope) {
        heading(plan.origins, "how the audience reaches clients: \(way.rawValue)")
        for scope in plan.scopes {
            step(
                way == .permanent ? "step_default" : "step_optional", [scope.name], scope.origins + scope.$name.origins)
        }
    }

    private mutating func add(_ client: KeycloakPlan.StaticClient, number: Int) {
        let file = KeycloakBody.fileName("client", number, client.clientID)
        bodies.append(.client(client, fileName: file))
        heading(client.origins, "a client that is known before it comes")
        step("step_client", [client.clientID, file], client.origins)
        for scope in client.scopes {
            step("step_attach", [client.clientID, scope], client.origins + (scopeOrigins[scope] ?? []))
        }
    }
}
