import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let loginEmailSubject = DiagnosticCode(
        729, "login-email-subject",
        summary: "People are known by an address that the provider does not have them prove.",
        why:
            "Whoever writes somebody else's address into their account there would be that person here. Where the provider says "
            + "nothing of `email_verified`, nobody can sign in at all.",
        remedy:
            "Take `issuer.login.subject` out, so that it is `sub`, or name a claim that the directory assigns (`oid`).",
        securitySeverity: "8.1")
}

/// `subject: email` at a provider whose addresses are no proof.
struct LoginEmailSubjectRule: Rule {
    private static let tenant = "https://login.microsoftonline.com/3f2504e0-4f89-41d3-9a0c-0305e82c3301/v2.0"

    let documentation = RuleDocumentation(
        .loginEmailSubject, failing: [RuleExample(issuer: LoginExample.text("entra", tenant, "subject: ↓email"))],
        passing: [
            RuleExample(issuer: LoginExample.text("entra", tenant, "subject: oid")),
            RuleExample(issuer: LoginExample.text("subject: email")),
        ], references: [])

    func check(_ context: RuleContext) -> [Diagnostic] {
        guard let subject = context.draft.issuer?.login?.subject, subject.value == "email",
            let provider = context.loginProvider, provider.login?.emailIsProved == false
        else { return [] }
        return [
            finding(
                "an address at \(provider.title) is not proved to be the person's", at: subject.span,
                "is no identity", help: "take the line out, or name a claim that the directory assigns")
        ]
    }
}
