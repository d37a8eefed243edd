import ConnectorBackends
import ConnectorCompiler
import ConnectorPlan
import Diagnostics
import Foundation
import TestSupport
import Testing

/// One of the deployments under `examples/`.
struct Example: Sendable, CustomTestStringConvertible {
    let name: String

    static let all = [
        "quickstart", "dexter", "auth0-proxy", "keycloak-farm", "own-issuer", "compose-tunnel", "single-page-app",
        "two-on-one-host/notes", "two-on-one-host/tasks", "keycloak-beside",
    ].map(Example.init)

    var testDescription: String { name }
    var specPath: String { Repository.path("examples/\(name)/connector.yaml") }

    /// Compiles the spec; an error among the diagnostics fails the test with its text.
    func compile() throws -> (plan: DeploymentPlan, artifacts: [Artifact]) {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: specPath))
        let compilation = try Compilation.valid(Array(bytes))
        return (try #require(compilation.plan), compilation.artifacts)
    }
}
