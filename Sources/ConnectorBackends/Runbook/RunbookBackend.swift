import ConnectorPlan

/// `runbook.md`, what people do with the rest of the output.
package struct RunbookBackend: Backend {
    package static let name = "runbook"
    package static let path = "runbook.md"

    package init() {}

    package func render(_ context: RenderContext) -> Rendering {
        Rendering()
    }
}
