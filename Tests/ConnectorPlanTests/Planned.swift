import ConnectorPlan
import ConnectorSpec
import Diagnostics
import Testing
import YAMLSyntax

/// A spec's text, planned.
struct Planned {
    let plan: DeploymentPlan
    let diagnostics: [Diagnostic]
    let sources: SourceMap

    init(
        _ text: String, clients: ClientCatalogue = .builtin, presets: PresetCatalogue = .builtin,
        location: SourceLocation = #_sourceLocation
    ) throws {
        let file = SourceFile(path: "connector.yaml", text: text)
        var sources = SourceMap()
        let id = sources.add(file)
        let document = YAML.parse(file, id: id)
        let root = try #require(document.root, "\(document.diagnostics)", sourceLocation: location)
        let (spec, found) = Spec.decode(root, sources: sources)
        let decoded = try #require(spec, "\(found.map(\.message))", sourceLocation: location)
        let (plan, diagnostics) = DeploymentPlan.make(
            from: decoded, clients: clients, presets: presets, sourceName: "connector.yaml")
        self.plan = try #require(plan, sourceLocation: location)
        self.diagnostics = diagnostics
        self.sources = sources
    }

    /// `410 connector.yaml:7`, of each finding with its primary place, in the order of discovery.
    var findings: [String] {
        diagnostics.map { finding in
            let line = finding.primary.map { sources[$0.span.file].position(at: $0.span.start).line } ?? 0
            return "\(finding.code.number):\(line)"
        }
    }

    /// The routes of a host, as `= /mcp` and `^~ /mcp/`.
    func routes(_ host: String) -> [String] {
        plan.edge.hosts.first { $0.name == host }?.routes.map { route in
            switch route.match {
            case .exact(let path): "= \(path)"
            case .subtree(let path): "^~ \(path)"
            }
        } ?? []
    }

    func document(_ host: String, _ path: String) -> MetadataDocument? {
        plan.documents.first { $0.host == host && $0.path == path }
    }

    /// A spec with one connector behind a local login; the parts are put in at their places.
    static func spec(
        issuer: String = "https://mcp.example.com/mcp", publicURL: String = "https://mcp.example.com/mcp",
        issuerKeys: String = "", connectorKeys: String = "", more: String = "", targets: String = "{ nginx: {} }"
    ) -> String {
        """
        version: 1
        name: example
        issuer:
          url: \(issuer)
          mode: local
          users: { file: /etc/connectorgen/users }
        \(indented(issuerKeys, by: 2))
        connectors:
          mcp:
            public_url: \(publicURL)
            upstream: http://127.0.0.1:3930
            client_id: cid_example
            scopes: [mcp.tools]
        \(indented(connectorKeys, by: 4))
        \(more)
        targets: \(targets)
        """
    }

    private static func indented(_ text: String, by count: Int) -> String {
        text.split(separator: "\n").map { String(repeating: " ", count: count) + $0 }.joined(separator: "\n")
    }
}
