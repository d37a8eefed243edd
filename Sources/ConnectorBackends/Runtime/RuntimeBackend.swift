import ConnectorPlan
import RuntimeConfig

/// `runtime/connectorgen-auth.json`, what the server reads at its start.
package struct RuntimeBackend: Backend {
    package static let name = "runtime"
    package static let path = "runtime/connectorgen-auth.json"

    package init() {}

    package func render(_ context: RenderContext) -> Rendering {
        Rendering()
    }
}
