import Foundation
import TestSupport
import Testing

@Suite("the observed state of an example is found wrong where it is, and nowhere else")
struct ObservedExampleTests {
    /// What was deployed in the field reports, and each disagreement that is known of it.
    private static let runs: [(example: String, options: [String])] = [
        (
            "dexter",
            ["--env", "observed/.env", "--env", "observed/ecosystem.config.cjs", "--env", "observed/pm2-env.txt"]
        ),
        ("keycloak-farm", ["--env", "observed"]),
    ]

    @Test("example", arguments: runs.indices)
    func findings(index: Int) async throws {
        let (example, options) = Self.runs[index]
        let run = try await ChildProcess.run(
            try BuiltProduct.path("connectorgen"), ["lint", "connector.yaml", "--format", "short"] + options,
            environment: ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1795910400"],
            folder: Repository.path("examples/\(example)"))
        #expect(run.exit == .code(1), "\(run.errors)")
        try Golden("examples/\(example)/observed/lint.expected").expect(run.output)
    }

    @Test("what the spec itself generates has no findings")
    func generated() async throws {
        for (example, files) in [
            ("dexter", ["out/env/dexter-mcp.env"]), ("keycloak-farm", ["out/env/search.env", "out/env/files.env"]),
        ] {
            let run = try await ChildProcess.run(
                try BuiltProduct.path("connectorgen"),
                ["lint", "connector.yaml", "--format", "short"] + files.flatMap { ["--env", $0] },
                environment: ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1795910400"],
                folder: Repository.path("examples/\(example)"))
            // The secrets of the service stand in a file that is the operator's own.
            let others = run.output.split(separator: "\n").filter { !$0.contains("[CG830]") }
            #expect(others.isEmpty && run.exit == .code(0), "\(run.output)\(run.errors)")
        }
    }
}
