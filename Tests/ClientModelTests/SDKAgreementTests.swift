import JSONSyntax
import TestSupport
import Testing

@testable import ClientModel

/// The model of a client beside the client: the same requests in the same order, the same end, the same words.
@Suite("the model of the MCP Python SDKs") struct SDKAgreementTests {
    struct Generation: CustomTestStringConvertible {
        let name: String
        let tool: Tool
        var testDescription: String { name }

        static let all = [
            Generation(name: "python-sdk-1", tool: .firstSDK), Generation(name: "python-sdk", tool: .currentSDK),
        ]
    }

    @Test("agrees with the SDK on 150 deployments, working and broken", arguments: Generation.all)
    func agreement(_ generation: Generation) async throws {
        let client = try #require(ClientImplementation.named(generation.name))
        var random = SeededGenerator(seed: 20_261_130)
        let deployments = (0..<150).map { _ in GeneratedDeployment(using: &random) }
        let ran = try await ChildProcess.run(
            generation.tool.required(), ["-B", Repository.path("Tests/ClientModelTests/agreement.py")],
            input: JSON.array(deployments.map(\.json)).encoded(.compact), deadline: .seconds(240))
        try #require(ran.exit == .code(0), "\(ran.errors)")
        let runs = try #require(try JSON.parse(Array(ran.output.utf8)).array)
        try #require(runs.count == deployments.count)
        var connected = 0
        for (deployment, run) in zip(deployments, runs) {
            let origin = try #require(run["origin"]?.string)
            let journey = try #require(walk(client, to: "\(origin)/mcp", through: deployment.edge(at: origin)))
            let asked = journey.steps.filter { $0.stage != .authorization }.map { step in
                let words = step.request.split(separator: " ")
                return "\(words[0]) \(words[1].dropFirst(origin.count)) \(step.answer.prefix { $0 != " " })"
            }
            let requests = run["requests"]?.array?.compactMap(\.string)
            // What comes after a refused token is another way in.
            let isRefused = journey.failure?.failure.kind == .stillUnauthorized
            #expect(
                asked == (isRefused ? requests.map { Array($0.prefix(asked.count)) } : requests),
                "\(deployment.choices)")
            if run["error"] == .null {
                connected += 1
                #expect(journey.outcome == .connected, "\(deployment.choices): \(journey.outcome)")
            } else if let failure = journey.failure?.failure {
                if let words = failure.words {
                    #expect(run["error"]?.string == words, "\(deployment.choices)")
                }
            } else {
                Issue.record("\(deployment.choices): \(run["error"]?.string ?? "") but \(journey.outcome)")
            }
        }
        #expect((20..<120).contains(connected), "\(connected) of 150 connect")
    }

    @Test("the data file is read, and has every implementation once")
    func rows() {
        #expect(ClientImplementation.problem == nil)
        let names = ClientImplementation.all.flatMap { row in [row.name] + row.clients.filter { $0 != row.name } }
        #expect(Set(names).count == names.count)
        #expect(names.count > 5)
    }
}
