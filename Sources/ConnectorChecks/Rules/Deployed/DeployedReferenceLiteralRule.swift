import ConfigLanguages
package import Diagnostics
import ObservedFiles

extension DiagnosticCode {
    package static let deployedReferenceLiteral = DiagnosticCode(
        839, "deployed-reference-literal",
        summary: "A value refers to a variable in an env file whose reader fills nothing in.",
        why:
            "The service gets the reference as it stands, `${BASE}/mcp`: systemd, `docker run` and node do not expand it.",
        remedy: "Write the value out.")
}

/// A reference that nobody resolves.
struct DeployedReferenceLiteralRule: DeploymentRule {
    let documentation = RuleDocumentation(
        .deployedReferenceLiteral,
        failing: [
            RuleExample(top: DeployedExample.target, files: [".env": DeployedExample.good + "APP_URL=↓${BASE}/mcp\n"])
        ],
        passing: [
            RuleExample(
                top: DeployedExample.target,
                files: ["app.sh.env": "BASE=https://mcp.example.com\nAPP_URL=${BASE}/mcp\n"])
        ], references: ["M#186", "L-16"])

    private static let literal: Set<EnvDialect> = [.systemd, .dockerRaw, .node, .dotenv]

    func check(_ comparison: DeploymentComparison, _ context: RuleContext) -> [Diagnostic] {
        comparison.readings.filter { $0.isCertain && Self.literal.contains($0.reading.dialect) }.flatMap { reading in
            reading.reading.entries.compactMap { entry in
                guard entry.value?.contains("${") ?? false else { return nil }
                return finding(
                    "\(entry.name) refers to a variable, and \(reading.reading.dialect.rawValue) fills nothing in",
                    at: entry.valueSpan, "stays as it is", help: "write the value out")
            }
        }
    }
}
