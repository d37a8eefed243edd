import ConnectorPlan
import ConnectorSpec
package import Diagnostics

extension DiagnosticCode {
    package static let rootMetadataOfResource = DiagnosticCode(
        252, "root-metadata-of-resource", .warning,
        summary: "`root_prm: resource` serves a document under a URL that stands for another resource.",
        why: "RFC 9728 §3.3 has clients refuse a document whose resource is not what its URL implies.",
        remedy: "Set `root_prm` to another value, unless a client that you have to serve needs it.")
}

/// A root document that speaks of the connector.
struct RootMetadataOfResourceRule: PlanRule {
    let documentation = RuleDocumentation(
        .rootMetadataOfResource, failing: [RuleExample(connector: "root_prm: ↓resource")],
        passing: [
            RuleExample(connector: "root_prm: origin"), RuleExample(connector: "root_prm: off"),
            RuleExample(
                connector: "root_prm: resource # connectorgen: allow CG252 -- our own client of 2024 looks nowhere else"
            ),
        ], references: ["RFC 9728 §3.3"])

    let reads: Set<SpecPart> = []

    func check(_ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        // Of ten thousand connectors hardly one has it.
        guard plan.spec.connectors.contains(where: { $0.rootPRM?.value == .resource }) else { return [] }
        return plan.connectors.compactMap { section, resource in
            guard resource.rootMetadata == .resource, let written = section.rootPRM else { return nil }
            return finding(
                "connectors.\(resource.connector).root_prm: resource serves a document under a URL that stands for another "
                    + "resource",
                at: written.span,
                notes: ["RFC 9728 §3.3 has clients refuse a document whose resource is not what its URL implies"],
                help: "keep it only for a client that looks nowhere else; root_prm: origin is the default")
        }
    }
}
