import JSONSyntax
import TestSupport
import Testing

/// `connectorgen doctor` at deployments behind real nginx: good ones, and one for each mistake that people make most.
@Suite("doctor", .enabled(if: Tool.nginx.isAvailable && Tool.curl.isAvailable, "nginx or curl is not installed"))
struct DoctorTests {
    /// What a deployment answers, and what clients come to there: `stopped` is a client that would register next.
    struct Deployment: CustomTestStringConvertible {
        let name: String
        var challenge: String? = #"Bearer resource_metadata=\"{O}/.well-known/oauth-protected-resource/mcp\""#
        var resource = "{O}/mcp"
        var listed = "{O}/as"
        var issuer = "{O}/as"
        var methods = #","code_challenge_methods_supported":["S256"]"#
        var registration = #","registration_endpoint":"{O}/as/register""#
        var resourceMetadata: String?
        var serverMetadata: String?
        var transport = "return 401;"
        /// The kinds of failure by client; those that are not named come to their registration.
        var failures: [String: String] = [:]
        var testDescription: String { name }

        private var nginx: String {
            let prm =
                #"return 200 '{"resource":"\#(resource)","authorization_servers":["\#(listed)"],"scopes_supported":["mcp"]}';"#
            let asm =
                #"return 200 '{"issuer":"\#(issuer)","authorization_endpoint":"{O}/as/authorize","#
                + #""token_endpoint":"{O}/as/token","response_types_supported":["code"]\#(registration)\#(methods)}';"#
            let field = challenge.map { #"add_header WWW-Authenticate "\#($0)" always;"# } ?? ""
            return """
                server {
                    listen 127.0.0.1:{PORT};
                    default_type application/json;
                    location = /mcp { \(field) \(transport) }
                    location = /.well-known/oauth-protected-resource/mcp { \(resourceMetadata ?? prm) }
                    location = /.well-known/oauth-authorization-server/as { \(serverMetadata ?? asm) }
                    location = /home { default_type text/html; return 200 "<!doctype html>"; }
                }
                """
        }

        func start() throws -> (nginx: ScratchNginx, url: String) {
            let port = try LoopbackSocket.freePort()
            let origin = "http://127.0.0.1:\(port)"
            let site = nginx.split(separator: "{O}", omittingEmptySubsequences: false).joined(separator: origin)
            let running = try ScratchNginx(http: "", servers: site, port: port)
            try running.start()
            return (running, "\(origin)/mcp")
        }

        private static let everybody = [
            "python-sdk", "python-sdk-1", "go-sdk", "rust-sdk", "typescript-sdk", "chatgpt", "claude",
        ]

        private static func all(_ kind: String, but others: [String: String?] = [:]) -> [String: String] {
            var failures = [String: String](uniqueKeysWithValues: everybody.map { ($0, kind) })
            for (name, other) in others { failures[name] = other }
            return failures
        }

        static let all = [
            Deployment(name: "all is well"),
            Deployment(name: "no challenge", challenge: nil, failures: ["rust-sdk": "challenge_missing"]),
            Deployment(
                name: "a metadata URL where the issuer belongs",
                listed: "{O}/.well-known/oauth-authorization-server/as",
                failures: [
                    "rust-sdk": "server_metadata_missing", "chatgpt": "server_metadata_missing",
                    "typescript-sdk": "",
                ]),
            Deployment(
                name: "a slash more on the issuer", issuer: "{O}/as/",
                failures: all("issuer_mismatch", but: ["go-sdk": nil])),
            Deployment(
                name: "no PKCE advertised", methods: "",
                failures: ["chatgpt": "code_challenge_missing", "go-sdk": "code_challenge_missing"]),
            Deployment(
                name: "resource is another host's", resource: "https://elsewhere.example/mcp",
                failures: all("resource_mismatch", but: ["go-sdk": ""])),
            Deployment(
                name: "an error instead of the resource metadata", resourceMetadata: "return 500;",
                failures: [
                    "python-sdk": "resource_metadata_failed", "python-sdk-1": "resource_metadata_failed",
                    "typescript-sdk": "resource_metadata_failed", "rust-sdk": "server_metadata_missing",
                    "chatgpt": "server_metadata_missing",
                ]),
            Deployment(
                name: "a front page instead of the server's metadata", serverMetadata: "rewrite ^ /home last;",
                failures: [
                    "typescript-sdk": "server_metadata_unreadable", "rust-sdk": "server_metadata_missing",
                    "chatgpt": "server_metadata_missing",
                ]),
            Deployment(name: "the transport is not routed", transport: "return 404;", failures: all("not_challenged")),
            Deployment(
                name: "no registration endpoint", registration: "",
                failures: [
                    "go-sdk": "registration_missing", "rust-sdk": "registration_missing",
                    "typescript-sdk": "registration_missing", "chatgpt": "registration_missing",
                ]),
        ]
    }

    private func run(_ arguments: [String]) async throws -> (status: ChildProcess.Exit, output: String) {
        let ran = try await ChildProcess.run(
            BuiltProduct.path("connectorgen"), ["doctor"] + arguments, deadline: .seconds(60))
        return (ran.exit, ran.output + ran.errors)
    }

    @Test("names the step that fails, for each client", arguments: Deployment.all)
    func deployment(_ deployment: Deployment) async throws {
        let (nginx, url) = try deployment.start()
        defer { nginx.stop() }
        let ran = try await run([url, "--format", "json"])
        let clients = try #require(try JSON.parse(Array(ran.output.utf8))["clients"]?.array)
        #expect(clients.count > 5)
        var isStraight = true
        for client in clients {
            let name = try #require(client["name"]?.string)
            let outcome = client["outcome"]
            isStraight = isStraight && client["straight"]?.bool == true
            // An empty text stands for whoever goes on by guesses.
            let expected = deployment.failures[name].flatMap { $0.isEmpty ? nil : $0 }
            #expect(outcome?["failure"]?.string == expected, "\(name): \(client)")
            if expected == nil {
                #expect(outcome?["before"]?.string == "registration", "\(name): \(client)")
            }
        }
        #expect(ran.status == .code(isStraight ? 0 : 1))
        #expect(isStraight == (deployment.name == "all is well"))
    }

    @Test("nothing is registered, and a person is told cause and fix")
    func words() async throws {
        let broken = try #require(Deployment.all.first { $0.name == "no PKCE advertised" })
        let (nginx, url) = try broken.start()
        defer { nginx.stop() }
        let ran = try await run([url, "--as", "chatgpt"])
        #expect(ran.status == .code(1))
        for text in [
            "fails at the authorization server metadata",
            "shown     OAuth authorization server metadata must advertise PKCE",
            "fix       list `code_challenge_methods_supported", "POST \(url)  401",
        ] {
            #expect(ran.output.contains(text), "\(ran.output)")
        }
        #expect(!ran.output.contains("/register"))
    }

    @Test("a server that is not there, and a URL that is none")
    func nobody() async throws {
        let port = try LoopbackSocket.freePort()
        let away = try await run(["http://127.0.0.1:\(port)/mcp"])
        #expect(away.status == .code(1) && away.output.contains("Failed to connect"), "\(away.output)")
        let wrong = try await run(["mcp.example.com"])
        #expect(wrong.status == .code(2) && wrong.output.contains("https://HOST/PATH"), "\(wrong.output)")
    }
}
