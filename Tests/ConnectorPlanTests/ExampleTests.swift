import ConnectorPlan
import Diagnostics
import Foundation
import TestSupport
import Testing

@Suite("the examples plan without a finding")
struct ExampleTests {
    @Test(arguments: [
        "quickstart", "dexter", "auth0-proxy", "keycloak-farm", "own-issuer", "compose-tunnel", "single-page-app",
        "two-on-one-host/notes", "two-on-one-host/tasks", "keycloak-beside",
    ])
    func clean(name: String) throws {
        let path = Repository.path("examples/\(name)/connector.yaml")
        let planned = try Planned(String(contentsOfFile: path, encoding: .utf8))
        #expect(planned.diagnostics.map(\.message) == [])
    }
}
