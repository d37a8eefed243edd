import ConfigLanguages
import ConnectorPlan
import ConnectorSpec
import Diagnostics
import JSONSyntax
import Templates
import WebSyntax

/// `keycloak/`: scripts that bring a realm to the plan, say how far it is from it, and try it as a client does, with the
/// JSON bodies that they send.
///
/// The scripts are skeletons; what the plan adds is a list of calls with quoted words, in the order of keycloak.md §10.
package struct KeycloakBackend: Backend {
    package static let name = "keycloak"

    package init() {}

    package func render(_ context: RenderContext) -> Rendering {
        guard let plan = context.plan.keycloak else { return Rendering() }
        let findings = Self.tooLongNames(plan)
        guard !findings.hasErrors else { return Rendering(diagnostics: findings) }
        do {
            let steps = KeycloakSteps(plan, context)
            let artifacts = [
                try apply(plan, steps, context), try status(plan, context), try verify(plan, context),
            ]
            return Rendering(artifacts: artifacts + steps.bodies.map(\.artifact), diagnostics: findings)
        } catch let failure as TemplateFailure {
            return Rendering(diagnostics: findings + failure.diagnostics)
        } catch {
            let reason = (error as? Unrepresentable).map { "it has \($0.reason)" } ?? "\(error)"
            let finding = Diagnostic(
                .keycloakValueUnrepresentable, .error, "a value of targets.keycloak cannot be written: \(reason)",
                at: plan.origins.first.map { Label($0) }, help: "change the value in the spec")
            return Rendering(diagnostics: findings + [finding])
        }
    }

    // MARK: Scripts

    private func apply(
        _ plan: KeycloakPlan, _ steps: KeycloakSteps, _ context: RenderContext
    ) throws -> Artifact {
        let path = "keycloak/apply.sh"
        let printed = try steps.script.printed()
        var holes = try banner(plan, context, path)
        holes["server"] = try ShellLanguage.quoted(plan.server)
        holes["realm"] = try ShellLanguage.quoted(plan.realm)
        holes["admin_realm"] = try ShellLanguage.quoted(plan.adminRealm)
        holes["admin_client"] = try ShellLanguage.quoted(plan.adminClient)
        holes["loads"] = try steps.loads.printed().fragment
        holes["steps"] = printed.fragment
        let rendered = try context.templates.render(.keycloakApply, holes)
        let first = rendered.blockLines["steps"] ?? 1
        let target = context.plan.spec.targets.keycloak
        let settings = rendered.provenance([
            "server": spans(target?.server.span), "realm": spans(target?.realm.span),
            "admin_realm": spans(target?.adminRealm?.span ?? target?.realm.span),
            "admin_client": spans(target?.adminClient?.span),
        ])
        let provenance = printed.lines.map { place in
            Provenance(
                lines: place.lines.lowerBound + first - 1...place.lines.upperBound + first - 1,
                origins: steps.origins[place.tag])
        }
        return Artifact(path: path, mode: 0o700, bytes: rendered.bytes, provenance: settings + provenance)
    }

    private func status(_ plan: KeycloakPlan, _ context: RenderContext) throws -> Artifact {
        let path = "keycloak/status.sh"
        var holes = try banner(plan, context, path)
        holes["summary"] = try ShellLanguage.quoted("realm \(plan.realm) at \(plan.server)")
        let rendered = try context.templates.render(.keycloakStatus, holes)
        let target = context.plan.spec.targets.keycloak
        return Artifact(
            path: path, mode: 0o700, bytes: rendered.bytes,
            provenance: rendered.provenance(["summary": spans(target?.realm.span) + spans(target?.server.span)]))
    }

    private func verify(_ plan: KeycloakPlan, _ context: RenderContext) throws -> Artifact {
        let path = "keycloak/verify.sh"
        let scopes = plan.scopes.map(\.name).joined(separator: " ")
        var holes = try banner(plan, context, path)
        holes["issuer"] = try ShellLanguage.quoted(context.plan.issuer.url)
        holes["redirect"] = try ShellLanguage.quoted(Self.smokeRedirect(plan))
        holes["scopes"] = try ShellLanguage.quoted(scopes)
        holes["registration"] = try ShellLanguage.quoted(plan.offersRegistration ? "offered" : "closed")
        let rendered = try context.templates.render(.keycloakVerify, holes)
        let provenance = rendered.provenance([
            "issuer": [context.plan.spec.issuer.url.span],
            "redirect": Self.smokeHost(plan)?.origins ?? [],
            "scopes": plan.scopes.flatMap(\.$name.origins),
            "registration": context.plan.spec.issuer.registration?.map(\.span) ?? [],
        ])
        return Artifact(path: path, mode: 0o700, bytes: rendered.bytes, provenance: provenance)
    }

    private func banner(
        _ plan: KeycloakPlan, _ context: RenderContext, _ path: String
    ) throws -> [String: Fragment<ShellLanguage>] {
        var holes = try Banner(context, file: path).values { text throws(Unrepresentable) in
            try ShellLanguage.commentText(text)
        }
        holes["target"] = try ShellLanguage.commentText(plan.version.text)
        return holes
    }

    /// A redirect that the trusted hosts allow; nobody is ever sent there.
    private static func smokeRedirect(_ plan: KeycloakPlan) -> String {
        let host = smokeHost(plan)?.pattern ?? LoopbackHost.name
        let isLoopback = LoopbackHost.contains(host)
        return "\(isLoopback ? "http" : "https")://\(host)/connectorgen-smoke"
    }

    /// The first trusted host that is no pattern.
    private static func smokeHost(_ plan: KeycloakPlan) -> TrustedHost? {
        plan.trustedHosts.first { !$0.pattern.utf8.contains(UInt8(ascii: "*")) }
    }

    /// None for what is not written.
    private func spans(_ span: Span?) -> [Span] { span.map { [$0] } ?? [] }

    // MARK: What cannot be done

    /// Names are columns of 255 characters in Keycloak's database; a longer one is answered with 500 `unknown_error`.
    private static func tooLongNames(_ plan: KeycloakPlan) -> [Diagnostic] {
        let names =
            plan.staticClients.map { ("the label of \($0.clientID)", $0.label, $0.origins) }
            + plan.scopes.flatMap { scope in
                scope.aliasAudiences.map { ("the name of a mapper", KeycloakSteps.mapperName(for: $0), scope.origins) }
            }
        return names.filter { $0.1.unicodeScalars.count > 255 }.map { what, name, origins in
            Diagnostic(
                .keycloakValueUnrepresentable, .error,
                "\(what) has \(name.unicodeScalars.count) characters, and Keycloak takes 255",
                at: origins.first.map { Label($0) }, help: "shorten it")
        }
    }
}
