import Diagnostics
import Foundation
import OAuthModel
import RuntimeConfig
import TestSupport
import Testing

@testable import AuthServer

@Suite("connectorgen-auth boots from every example")
struct ExampleTests {
    /// Folders with an output, also of several for one host.
    static let examples: [String] = {
        let names = Golden.names(in: "examples")
        return (names + names.flatMap { name in Golden.names(in: "examples/\(name)").map { "\(name)/\($0)" } })
            .filter { FileManager.default.fileExists(atPath: runtime($0)) }.sorted()
    }()

    private static func runtime(_ example: String) -> String {
        Repository.path("examples/\(example)/out/runtime/connectorgen-auth.json")
    }

    @Test("there are examples")
    func some() {
        #expect(Self.examples.count >= 4)
    }

    @Test(
        "each document of an example is served with its bytes, and each resource is challenged for", arguments: examples
    )
    func boots(_ example: String) async throws {
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: Self.runtime(example))))
        let decoded = RuntimeConfig.decode(SourceFile(path: example, bytes: bytes), id: FileID(0))
        let config = try #require(decoded.config, "\(decoded.diagnostics)")
        guard config.needs.allSatisfy(\.capability.isServed) else { return try await refused(example, config) }
        let server = try await ServerProcess.start { running in
            let sockets = (running.listen, running.privateListen)
            running = config
            (running.listen, running.privateListen) = sockets
            // What the machine of a test does not have: the secrets, all under one name.
            running.login?.clientSecret = config.login?.clientSecret.map { _ in .environment(right("UPSTREAM_SECRET")) }
            running.users = config.users.map { _ in .environment(right("LOCAL_USERS")) }
            for index in running.clients.indices where running.clients[index].secret != nil {
                running.clients[index].secret = .environment(right("OWN_SECRET"))
            }
            running.key = config.key.map { _ in .environment(right("OWN_SECRET")) }
            for index in running.serviceTokens.indices {
                running.serviceTokens[index].token = .secret(.environment(right("OWN_SECRET")))
            }
        }
        #expect(server.child.errors.text.contains(config.issuer))
        for document in config.documents {
            for place in document.locations {
                let answer = try await server.get(place.path, host: place.host)
                #expect(answer.status == 200)
                #expect(answer.body == Array(document.body.utf8), "\(place)")
            }
        }
        for resource in config.resources {
            let answer = try await server.ask(
                "GET /_verify HTTP/1.1\r\nHost: a\r\nX-MCP-Resource: \(resource.resource)\r\nConnection: close\r\n\r\n",
                of: "private.sock")
            #expect(answer.status == 401)
            #expect(answer.head.contains("resource_metadata=\"\(resource.metadataURL)\""))
        }
        server.child.signal(SIGTERM)
        #expect(try await server.child.wait() == .code(0))
    }

    /// One that shows what a later release serves: `--check` and the start say so, and nothing is served by halves.
    private func refused(_ example: String, _ config: RuntimeConfig) async throws {
        for arguments in [["--check"], []] {
            let done = try await ChildProcess.run(
                ChildProcess.product("connectorgen-auth"), ["--config", Self.runtime(example)] + arguments,
                environment: ServerProcess.environment, deadline: .seconds(15))
            #expect(done.exit == .code(2))
            for need in config.needs { #expect(done.errors.contains(need.capability.reason), "\(done.errors)") }
        }
    }
}
