package import ConnectorSpec
package import Diagnostics

/// Turns a spec into a plan: the one place where defaults are filled in and URLs are joined.
///
/// It never stops at a problem: what cannot be resolved is reported and left out, so that one run shows
/// every finding, and the rest of the plan can still be looked at by rules and `explain`. Work grows with the
/// number of connectors and no faster.
struct Lowering {
    let spec: Spec
    let clients: ClientCatalogue
    let presets: PresetCatalogue
    var diagnostics: [Diagnostic] = []

    mutating func lower(sourceName: String) -> DeploymentPlan {
        let issuer = issuerPlan()
        let resources = resourcePlans(issuer: issuer)
        let (known, redirects) = clientPlans(issuer: issuer)
        let trustedHosts = trustedHosts()
        let clientURIHosts = clientURIHosts(besides: trustedHosts.value)
        let login = spec.issuer.login.map { loginPlan($0) }
        let policies = policyPlan()
        let documents = metadataDocuments(issuer: issuer, resources: resources)
        let hosts = hostPlans(issuer: issuer, resources: resources, documents: documents)
        let runtime = runtimeConfig(
            issuer: issuer, login: login, policies: policies, resources: resources, documents: documents.all,
            clients: known, redirects: redirects.value, trustedHosts: trustedHosts.value,
            clientURIHosts: clientURIHosts.value)
        checkPolicies()
        requireStaticClient(runtime)
        var plan = DeploymentPlan(
            name: Derived(written: spec.name.value.text, at: spec.name.span), sourceName: sourceName, issuer: issuer,
            login: login, policies: policies, resources: resources, clients: known,
            redirects: redirects, trustedHosts: trustedHosts, clientURIHosts: clientURIHosts, documents: documents.all,
            edge: edgePlan(hosts, issuer: issuer), nginx: spec.targets.nginx.map { nginxPlan($0) },
            environment: [],
            keycloak: spec.targets.keycloak.map {
                keycloakPlan(
                    $0, issuer: issuer, resources: resources, clients: known,
                    hosts: trustedHosts.value + clientURIHosts.value)
            },
            runtime: runtime, spec: spec)
        plan.environment = environmentFiles(plan)
        return plan
    }

    /// The same spec, with nothing found yet: what a part of the work starts from that is done beside others.
    var withoutDiagnostics: Lowering { Lowering(spec: spec, clients: clients, presets: presets) }

    /// Whether there is enough to do for several threads.
    var isLarge: Bool { spec.connectors.count >= Spec.manyConnectors }

    mutating func report(
        _ code: DiagnosticCode, _ severity: Severity, _ message: String, at span: Diagnostics.Span,
        _ label: String = "", secondary: [Label] = [], notes: [String] = [], help: String? = nil
    ) {
        diagnostics.append(
            Diagnostic(
                code, severity, message, at: Label(span, label), secondary: secondary, notes: notes, help: help))
    }

    /// An error.
    mutating func report(
        _ code: DiagnosticCode, _ message: String, at span: Diagnostics.Span, _ label: String = "",
        secondary: [Label] = [], notes: [String] = [], help: String? = nil
    ) {
        report(code, .error, message, at: span, label, secondary: secondary, notes: notes, help: help)
    }
}

extension DeploymentPlan {
    /// The plan of a spec, and what was found on the way.
    ///
    /// With an error among the findings the plan is for reading alone (rules, `explain`), not for rendering.
    /// It is nil when there is nothing to plan: no connector.
    package static func make(
        from spec: Spec, clients: ClientCatalogue, presets: PresetCatalogue, sourceName: String
    ) -> (DeploymentPlan?, [Diagnostic]) {
        var lowering = Lowering(spec: spec, clients: clients, presets: presets)
        guard !spec.connectors.isEmpty else { return (nil, []) }
        let plan = lowering.lower(sourceName: sourceName)
        return (plan, lowering.diagnostics)
    }
}
