import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let clientDocumentsUnused = DiagnosticCode(
        512, "client-documents-unused", .warning,
        summary: "`issuer.client_documents` is written and the registration method `cimd` is not offered.",
        why: "No document is fetched, so a policy for documents restricts nobody.",
        remedy: "Add `cimd` to `issuer.registration`, or remove `issuer.client_documents`.")
}

/// A policy for documents that are not fetched.
struct ClientDocumentsUnusedRule: Rule {
    let documentation = RuleDocumentation(
        .clientDocumentsUnused,
        failing: [
            RuleExample(issuer: "registration: [predefined, dcr]\nclient_documents: { hosts: [↓chatgpt.com] }"),
            RuleExample(issuer: "registration: [dcr]\nclient_documents: { assertions: ↓required }"),
        ],
        passing: [
            RuleExample(issuer: "registration: [predefined, cimd]\nclient_documents: { hosts: [chatgpt.com] }"),
            RuleExample(issuer: "client_documents: { assertions: required }"),
        ], references: [])

    let reads: Set<SpecPart> = [.issuer, .clients]

    func check(_ context: RuleContext) -> [Diagnostic] {
        guard let issuer = context.draft.issuer, issuer.mode.value != .external, let section = issuer.clientDocuments,
            let registrationMethods = issuer.registration, !registrationMethods.contains(where: { $0.value == .cimd }),
            let written = section.hosts.first?.span ?? section.assertions?.span,
            !context.draft.clients.contains(where: { $0.authMethod?.value == .privateKeyJWT })
        else { return [] }
        return [
            finding(
                "issuer.client_documents has no effect: issuer.registration does not offer cimd", at: written,
                secondary: registrationMethods.first.map {
                    [Label($0.span, "the registration methods that are offered")]
                } ?? [],
                help: "add cimd to issuer.registration, or remove issuer.client_documents")
        ]
    }
}
