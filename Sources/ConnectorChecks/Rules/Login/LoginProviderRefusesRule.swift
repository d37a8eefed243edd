import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let loginProviderRefuses = DiagnosticCode(
        727, "login-provider-refuses",
        summary: "The login asks a provider for what it does not know.",
        why:
            "Providers answer a scope or a parameter that they do not know with an error, or with a page of their own that leads "
            + "nowhere: nobody can sign in.",
        remedy: "Take it out of `issuer.login.scopes` or `issuer.login.parameters`.")
}

/// A scope or a parameter that the provider's documents rule out.
struct LoginProviderRefusesRule: Rule {
    private static let supabase = "https://project.supabase.co/auth/v1"

    let documentation = RuleDocumentation(
        .loginProviderRefuses,
        failing: [
            RuleExample(issuer: LoginExample.text("supabase", supabase, "scopes: [openid, ↓offline_access]")),
            RuleExample(
                issuer: LoginExample.text(
                    "oidc", supabase, "parameters: { ↓resource: https://mcp.example.com/mcp }")),
        ],
        passing: [
            RuleExample(issuer: LoginExample.text("supabase", supabase, "scopes: [openid, email]")),
            RuleExample(issuer: LoginExample.text("scopes: [openid, offline_access]")),
        ], references: ["M#128"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        guard let login = context.draft.issuer?.login, let provider = context.loginProvider,
            let known = provider.login
        else { return [] }
        let scopes = (login.scopes ?? []).filter { known.refusedScopes.contains($0.value.text) }.map {
            (name: $0.value.text, span: $0.span, list: "scopes")
        }
        let parameters = login.parameters.filter { known.refusedParameters.contains($0.name.value) }.map {
            (name: $0.name.value, span: $0.name.span, list: "parameters")
        }
        return (scopes + parameters).map { item in
            finding(
                "\(provider.title) does not know `\(item.name)` of `issuer.login.\(item.list)` (as of \(provider.asOf))",
                at: item.span, "is refused", help: "take it out")
        }
    }
}
