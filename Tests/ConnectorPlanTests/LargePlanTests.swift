import ConnectorPlan
import ConnectorSpec
import Diagnostics
import RuntimeConfig
import Testing
import YAMLSyntax

@Suite("a plan that several threads make")
struct LargePlanTests {
    private static let count = 400

    /// Every seventh connector has an alias, every fifth a scope that is left out with a warning.
    private static func spec(connector: (Int) -> String = { "public_url: https://h\($0 % 3).example.com/c\($0)" })
        -> String
    {
        let connectors = (0..<count).map { number in
            """
              c\(number):
                \(connector(number))
                upstream: http://127.0.0.1:\(3000 + number)
                scopes: [mcp.tools\(number % 5 == 0 ? ", offline_access" : "")]
                aliases: [\(number % 7 == 0 ? "/old\(number)" : "")]
            """
        }
        return """
            version: 1
            name: example
            issuer: { url: https://auth.example.com, mode: local, users: { file: /etc/users } }
            connectors:
            \(connectors.joined(separator: "\n"))
            targets: { nginx: {} }
            """
    }

    @Test("everything is there once and in the order of the spec, with the documents and routes that are its own")
    func order() throws {
        let planned = try Planned(Self.spec())
        let resources = planned.plan.resources
        let names = (0..<Self.count).flatMap { number in
            Array(repeating: "c\(number)", count: number % 7 == 0 ? 2 : 1)
        }
        #expect(resources.map(\.connector) == names)
        #expect(planned.plan.runtime.resources.map(\.resource) == resources.map(\.resource))
        for resource in resources {
            let path = "/.well-known/oauth-protected-resource" + resource.path
            let document = try #require(planned.document(resource.host, path))
            #expect(document.identifier == resource.resource && document.body.contains("\"\(resource.resource)\""))
        }
        let transports = planned.plan.edge.hosts.flatMap { host in
            host.routes.compactMap { route -> String? in
                guard case .transport(let index) = route.action, case .exact(let path) = route.match else { return nil }
                return resources[index].host == host.name ? resources[index].path == path ? path : nil : nil
            }
        }
        #expect(transports.count == resources.count)
        #expect(resources.allSatisfy { !$0.scopes.contains("offline_access") })
    }

    @Test("what is wrong with each of many connectors is found once")
    func errors() throws {
        let file = SourceFile(
            path: "connector.yaml",
            text: Self.spec { $0 % 4 == 0 ? "public_url: ftp://h\($0)" : "public_url: https://h.example.com/c\($0)" })
        var sources = SourceMap()
        let root = try #require(YAML.parse(file, id: sources.add(file)).root)
        let (spec, found) = Spec.decode(root, sources: sources)
        #expect(spec == nil)
        let lines = found.filter { $0.severity == .error }.compactMap { finding in
            finding.primary.map { file.position(at: $0.span.start).line }
        }
        #expect(lines == (0..<Self.count).filter { $0 % 4 == 0 }.map { 6 + 5 * $0 })
    }
}
