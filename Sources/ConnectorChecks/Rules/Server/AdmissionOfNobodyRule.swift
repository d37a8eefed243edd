import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let admissionOfNobody = DiagnosticCode(
        267, "admission-without-condition", .warning,
        summary: "An entry of `allow` says nothing, and so lets everybody in.",
        why: "One entry that holds is enough: the others have no effect beside it.",
        remedy: "Say by it who may come, or take it out.")
}

/// `allow: [{}]`.
struct AdmissionOfNobodyRule: Rule {
    let documentation = RuleDocumentation(
        .admissionOfNobody, failing: [RuleExample(connector: "allow: [{ subject: alice }, ↓{}]")],
        passing: [RuleExample(connector: "allow: [{ subject: alice }]")], references: [])

    let reads: Set<SpecPart> = [.connectors]

    func check(_ context: RuleContext) -> [Diagnostic] {
        context.draft.connectors.flatMap(\.admissions).filter { way in
            way.subject == nil && way.group == nil && way.claims.isEmpty && way.scope == nil
        }.map {
            finding("this entry of allow lets everybody in", at: $0.span, "says nothing", help: "say who may come")
        }
    }
}
