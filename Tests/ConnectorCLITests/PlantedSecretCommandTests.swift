import Foundation
import TestSupport
import Testing

@Suite("no command says a secret that stands in a spec, or writes it")
struct PlantedSecretCommandTests {
    /// Every command that reads a spec; `$1` is a key.
    private static let script = """
        for format in human short json sarif github gitlab junit; do connectorgen lint connector.yaml --format $format; done
        for format in human json; do
          connectorgen lint connector.yaml --diff --unsafe-fixes --format $format
          connectorgen build connector.yaml --out out --dry-run --format $format
          connectorgen build connector.yaml --out out --format $format
          connectorgen routes connector.yaml --out out --format $format
          connectorgen routes list connector.yaml --format $format
          connectorgen explain "connector.yaml:$1" --format $format
          connectorgen explain connector.yaml:connectors.mcp.client_id --format $format
        done
        connectorgen build connector.yaml --out out --env staging
        [ ! -e out ] || echo "something was written"
        """

    @Test("in each place of a spec", arguments: SecretSpec.all.indices)
    func commands(index: Int) async throws {
        let spec = SecretSpec.all[index]
        // Each place with another few of the vendors; all of them with all places are tried in process.
        try await withThrowingTaskGroup { group in
            for secret in [
                PlantedSecret.all[index % PlantedSecret.all.count],
                PlantedSecret.all[(index * 7 + 20) % PlantedSecret.all.count],
            ] {
                group.addTask { try await Self.expectSilence(about: secret, in: spec) }
            }
            try await group.waitForAll()
        }
    }

    private static func expectSilence(about secret: PlantedSecret, in spec: SecretSpec) async throws {
        let products = URL(fileURLWithPath: try BuiltProduct.path("connectorgen")).deletingLastPathComponent().path
        let folder = try TemporaryFolder()
        try folder.write("connector.yaml", spec.text(with: secret))
        let run = try await ChildProcess.run(
            "/bin/sh", ["-c", script, "sh", spec.key],
            environment: ["PATH": "\(products):/usr/bin:/bin", "HOME": folder.path, "LC_ALL": "C.UTF-8"],
            folder: folder.path, deadline: .seconds(120))
        #expect(run.output.contains("CG601"), "\(spec.place): \(run.output.prefix(2000))")
        #expect(!run.output.contains("something was written"), "\(spec.place)")
        for part in secret.forbidden {
            let line = (run.output + run.errors).split(separator: "\n").first { $0.contains(part) }
            #expect(line == nil, "\(secret.vendor) as \(spec.place)")
        }
    }

    @Test("a line of a file that holds values of secrets is not shown")
    func line() async throws {
        let products = URL(fileURLWithPath: try BuiltProduct.path("connectorgen")).deletingLastPathComponent().path
        let folder = try TemporaryFolder()
        try folder.write(
            "connector.yaml",
            """
            version: 1
            name: demo
            issuer: { url: https://auth.example.com/mcp, mode: external }
            connectors:
              mcp: { public_url: https://mcp.example.com/mcp, upstream: "http://127.0.0.1:3930", client_id: cid_one }
            targets:
              env: [{ file: a.env, dialect: node, variables: { APP_SECRET: { env: APP_SECRET } } }]

            """)
        let run = try await ChildProcess.run(
            "/bin/sh",
            [
                "-c",
                """
                connectorgen build connector.yaml --out out --secrets env || exit
                for line in 1 2 3 4 5; do connectorgen explain out/env/a.env:$line; done
                """,
            ],
            environment: [
                "PATH": "\(products):/usr/bin:/bin", "HOME": folder.path, "LC_ALL": "C.UTF-8",
                "APP_SECRET": "planted-value-of-a-secret",
            ], folder: folder.path)
        #expect(run.exit == .code(0), "\(run.errors)")
        #expect(try folder.read("out/env/a.env").contains("planted-value-of-a-secret"))
        #expect(!(run.output + run.errors).contains("planted-value-of-a-secret"), "\(run.output)")
        #expect(run.output.contains("connector.yaml:7"))
        #expect(!run.output.contains("not as the last build left it"))
    }
}
