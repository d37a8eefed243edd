package import ConnectorPlan
package import Diagnostics
package import Templates

/// What every backend renders from.
package struct RenderContext: Sendable {
    package var plan: DeploymentPlan
    /// For the `connector.yaml:31` in comments.
    package var sources: SourceMap
    package var templates: TemplateCatalogue
    /// SHA-256 of the spec's bytes, 64 hexadecimal digits.
    package var specDigest: String
    /// Values for secret references (`build --secrets`); empty when they stay references.
    package var secrets: [String: String]
    /// The entry of `environments:` that was laid over the spec.
    package var environment: String?

    package init(
        plan: DeploymentPlan, sources: SourceMap, templates: TemplateCatalogue, specDigest: String,
        secrets: [String: String] = [:], environment: String? = nil
    ) {
        self.plan = plan
        self.sources = sources
        self.templates = templates
        self.specDigest = specDigest
        self.secrets = secrets
        self.environment = environment
    }
}

/// One kind of output. Pure: the same context gives the same artifacts.
package protocol Backend: Sendable {
    /// What `build --only` calls it: `nginx`, `env`, `keycloak`, `runtime`, `runbook`.
    static var name: String { get }
    func render(_ context: RenderContext) -> Rendering
}

/// What a backend made, and why it could not make more. With an error among the diagnostics nothing is written.
package struct Rendering: Sendable {
    package var artifacts: [Artifact]
    package var diagnostics: [Diagnostic]

    package init(artifacts: [Artifact] = [], diagnostics: [Diagnostic] = []) {
        self.artifacts = artifacts
        self.diagnostics = diagnostics
    }
}
