import ConnectorCompiler
import ConnectorPlan
import Diagnostics
import Testing

@Suite("several specs on one machine")
struct NeighboursTests {
    /// Deployments as specs, the second to be changed.
    private static func spec(
        _ name: String, path: String, ports: (Int, Int, Int), guest: Bool, id: String? = nil, issuer: String? = nil
    ) -> String {
        """
        version: 1
        name: \(name)
        issuer:
          url: \(issuer ?? "https://site.example.com\(path)")
          mode: local
          users: { file: /etc/connectorgen/users }
          store: { sqlite: /var/lib/connectorgen/\(name).db }
          listen: 127.0.0.1:\(ports.0)
          private_listen: 127.0.0.1:\(ports.1)
        connectors:
          mcp:
            public_url: https://site.example.com\(path)
            upstream: http://127.0.0.1:\(ports.2)
            client_id: \(id ?? "cid_\(name)")
            scopes: [mcp.tools]
        clients: [claude]
        targets: { nginx: { \(guest ? "guest_on: [site.example.com]" : "") } }
        """
    }

    private static let first = spec("first", path: "/mcp", ports: (8719, 8720, 3930), guest: false)
    private static let second = spec("second", path: "/two", ports: (8729, 8730, 3940), guest: true)

    private func findings(_ texts: [String]) -> (found: [Diagnostic], sources: SourceMap) {
        var last: Workspace?
        var plans: [DeploymentPlan] = []
        for (index, text) in texts.enumerated() {
            let workspace = Workspace(spec: SourceFile(path: "spec-\(index).yaml", text: text), after: last)
            let compilation = Compilation.compile(workspace, options: CompilationOptions())
            #expect(compilation.diagnostics.filter { $0.severity == .error }.map(\.message) == [])
            last = workspace
            if let plan = compilation.plan { plans.append(plan) }
        }
        #expect(plans.count == texts.count)
        return (Neighbours.findings(among: plans), last?.sources ?? SourceMap())
    }

    @Test("deployments that share a host and nothing else are clean")
    func clean() {
        let third = Self.spec("third", path: "/three", ports: (8739, 8740, 3950), guest: true)
        #expect(findings([Self.first, Self.second, third]).found.map(\.message) == [])
    }

    @Test(
        "what only one of them may have is told with both places",
        arguments: [
            ("name: second", "name: first", [430]), ("/two", "/mcp", [431]),
            ("guest_on: [site.example.com]", "", [432]),
            ("127.0.0.1:8729", "127.0.0.1:8719", [433]), ("127.0.0.1:8730", "127.0.0.1:8719", [433]),
            ("second.db", "first.db", [434]),
            ("guest_on", "include_dir: /etc/nginx/connectorgen/first, guest_on", [434]),
            ("client_id: cid_second", "client_id: cid_first", [435]),
            ("public_url: https://site.example.com/two", "public_url: https://site.example.com/mcp/deeper", [431]),
        ])
    func shared(right: String, wrong: String, codes: [Int]) {
        #expect(Self.second.contains(right))
        let (found, sources) = findings([Self.first, Self.second.replacing(right, with: wrong)])
        #expect(Set(found.map(\.code.number)) == Set(codes), "\(found.map(\.message))")
        for finding in found {
            let places = ([finding.primary] + finding.secondary.map(Optional.some)).compactMap { $0?.span }
            #expect(Set(places.map { sources[$0.file].path }) == ["spec-0.yaml", "spec-1.yaml"], "\(finding.message)")
            #expect(finding.help != nil)
        }
    }

    @Test("an issuer of others on the host is hidden by whoever else owns the root")
    func foreignIssuer() {
        let text = Self.second
            .replacing("mode: local\n  users: { file: /etc/connectorgen/users }\n", with: "mode: external\n")
            .replacing("  store: { sqlite: /var/lib/connectorgen/second.db }\n", with: "")
            .replacing("    scopes:", with: "    verify: application\n    scopes:")
        let found = findings([Self.first, text]).found
        #expect(found.map(\.code) == [.urlOfTwoDeployments] && found[0].message.contains("metadata of"))
    }

    @Test("the root of a host cannot be taken by a guest whose issuer has no path")
    func rootOfGuest() {
        let guest = Self.spec(
            "second", path: "/two", ports: (8729, 8730, 3940), guest: true, issuer: "https://site.example.com")
        #expect(findings([Self.first, guest]).found.contains { $0.code == .urlOfTwoDeployments })
    }
}
