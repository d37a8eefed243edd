import ConfigLanguages
package import Diagnostics
import ObservedFiles

extension DiagnosticCode {
    package static let deployedFilesContradict = DiagnosticCode(
        833, "deployed-files-contradict", .warning,
        summary: "Two deployed files contradict each other.",
        why:
            "An example that lacks what the deployment asks for makes the next installation fail; of two variants of one file only one can be right.",
        remedy: "Bring them together, or remove the one that nobody uses.")
}

/// Files of one deployment that do not agree.
struct DeployedFilesContradictRule: DeploymentRule {
    let documentation = RuleDocumentation(
        .deployedFilesContradict,
        failing: [
            RuleExample(
                top: DeployedExample.target,
                files: ["compose.yaml": "services:\n  mcp:\n    image: ↓${IMAGE}\n", ".env.example": "TAG=1\n"])
        ],
        passing: [
            RuleExample(
                top: DeployedExample.target,
                files: [
                    "compose.yaml": "services:\n  mcp:\n    image: ${IMAGE}:${TAG:-1}\n", ".env.example": "IMAGE=mcp\n",
                ])
        ], references: ["M#223", "L-05"])

    func check(_ comparison: DeploymentComparison, _ context: RuleContext) -> [Diagnostic] {
        examples(comparison.deployment, context) + services(comparison.deployment)
    }

    /// What a Compose file refers to, and the example does not have.
    private func examples(_ deployment: ObservedDeployment, _ context: RuleContext) -> [Diagnostic] {
        guard let example = deployment.examples.first else { return [] }
        let names = Set(example.reading(.compose).entries.map(\.name))
        var seen: Set<String> = []
        return deployment.variableReferences.compactMap { reference in
            guard !reference.hasDefault, !names.contains(reference.name), seen.insert(reference.name).inserted else {
                return nil
            }
            return finding(
                "\(EnvName.shown(reference.name)) is referred to here, and \(example.path) does not have it",
                at: reference.span,
                "no default either", secondary: [Label(Span(example.id, 0, 0), "the example")],
                help: "add \(EnvName.shown(reference.name)) to \(example.path)",
                fixes: DeployedFix(context).addition(of: reference.name, toExample: example))
        }
    }

    /// One service in two variants of a Compose file, with two values that are written there.
    private func services(_ deployment: ObservedDeployment) -> [Diagnostic] {
        var first: [String: ObservedAssignment] = [:]
        var found: [Diagnostic] = []
        for environment in deployment.environments where environment.origin == .composeService {
            for layer in environment.layers where layer.kind == .composeEnvironment {
                for (name, assignment) in layer.last {
                    let key = "\(environment.name) \(name)"
                    guard let known = first[key] else {
                        first[key] = assignment
                        continue
                    }
                    guard known.nameSpan.file != assignment.nameSpan.file, known.isLiteral, assignment.isLiteral,
                        known.value.text != nil, assignment.value.text != nil, known.value != assignment.value
                    else { continue }
                    found.append(
                        finding(
                            "the service \(environment.name) has another \(name) in another file",
                            at: assignment.valueSpan, secondary: [Label(known.valueSpan, "the other value")]))
                }
            }
        }
        return found
    }
}
