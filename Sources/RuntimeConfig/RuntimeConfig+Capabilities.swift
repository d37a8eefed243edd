package import Diagnostics
import JSONSyntax
package import OAuthModel

extension RuntimeConfig {
    /// What it needs of the server, and the member that says so (RFC 6901).
    package var needs: [(capability: Capability, pointer: String)] {
        var needs: [(Capability, String)] = []
        if mode == .upstream { needs.append((.upstreamLogin, "/mode")) }
        if case .postgres = store { needs.append((.postgreSQLStore, "/store")) }
        return needs
    }

    /// One error for each capability that it needs and this release does not serve, at the member that asks for it.
    package func unsupported(in source: SourceFile, id: FileID) -> [Diagnostic] {
        let missing = needs.filter { !$0.capability.isServed }
        guard !missing.isEmpty, let tree = try? JSONNode.parse(source.bytes) else { return [] }
        return missing.map { capability, pointer in
            let label = tree[pointer: pointer].map {
                Label(Span(id, $0.range.lowerBound, $0.range.upperBound), "asks for it")
            }
            return Diagnostic(
                .runtimeNotServed, "`\(pointer.dropFirst())` asks for more than there is: \(capability.reason)",
                at: label,
                help: capability.alternative)
        }
    }
}
