import ConnectorSpec
package import Diagnostics
import OAuthModel
import WebSyntax

extension DiagnosticCode {
    package static let loginSharedTenant = DiagnosticCode(
        728, "login-shared-tenant",
        summary: "The issuer of the login stands for all tenants of a provider, and is none.",
        why:
            "The document at such an address names an issuer with a placeholder, and each token names the tenant of its person: no "
            + "token is of the issuer that is written, and accepting every tenant would let anybody in who has one.",
        remedy: "Write the issuer of your own tenant: `https://login.microsoftonline.com/TENANT-GUID/v2.0`.")
}

/// Entra's `common` and its like.
struct LoginSharedTenantRule: Rule {
    private static let base = "https://login.microsoftonline.com/"

    let documentation = RuleDocumentation(
        .loginSharedTenant,
        failing: [
            RuleExample(issuer: LoginExample.text("entra", "↓\(base)common/v2.0", "scopes: [openid]")),
            RuleExample(issuer: LoginExample.text("oidc", "↓\(base)organizations/v2.0", "scopes: [openid]")),
        ],
        passing: [
            RuleExample(
                issuer: LoginExample.text(
                    "entra", "\(base)3f2504e0-4f89-41d3-9a0c-0305e82c3301/v2.0", "scopes: [openid]"))
        ], references: [])

    func check(_ context: RuleContext) -> [Diagnostic] {
        guard let issuer = context.draft.issuer?.login?.issuer, let provider = context.loginProvider,
            let tenant = issuer.value.path.split(separator: "/").first,
            provider.login?.sharedTenants.contains(String(tenant)) == true
        else { return [] }
        return [
            finding(
                "`\(tenant)` is no tenant of \(provider.title)", at: issuer.span, "stands for all of them",
                help: "write the identifier of your tenant in its place")
        ]
    }
}
