import Foundation
import TestSupport
import Testing

@Suite(
    "the examples of hosts that have something else besides, as they are deployed",
    .enabled(if: Tool.nginx.isAvailable, "nginx is not installed"),
    .enabled(
        if: Tool.firstSDK.isAvailable && Tool.currentSDK.isAvailable, "Scripts/setup has not installed the MCP SDKs"))
struct SharedHostTests {
    /// What the site answers, and no deployment.
    private static let requests: [(method: String, target: String)] =
        [
            "/", "/index.html", "/boards/7", "/register", "/login", "/authorize", "/mcpx", "/mcp2", "/MCP", "/notesx",
            "/app.js", "/app.js?v=2", "/missing.css", "/.env", "/.git/config", "/api/boards", "/api/missing",
            "/robots.txt",
            "/.well-known/", "/.well-known/security.txt", "/.well-known/acme-challenge/token",
            "/.well-known/acme-challenge/none", "/.well-known/apple-app-site-association",
            "/.well-known/assetlinks.json",
            "/.well-known/webfinger?resource=acct:a@example.com", "/.well-known/mcpx", "/.well-known/oauth-client",
            "/favicon.ico", "/a%20b", "//boards", "/x/../index.html",
        ].map { ("GET", $0) } + [
            ("HEAD", "/"), ("POST", "/api/boards"), ("OPTIONS", "/api/boards"), ("PUT", "/boards/7"),
            ("POST", "/register"), ("HEAD", "/.well-known/security.txt"),
        ]

    /// The files of a site, in a folder.
    private static func files() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for path in [
            "index.html", "app.js", ".env", ".well-known/security.txt", ".well-known/acme-challenge/token",
            ".well-known/apple-app-site-association", ".well-known/assetlinks.json",
        ] { try folder.write(path, "the site's \(path)") }
        return folder
    }

    /// What a server beside the MCP server says: the request as it came.
    private static func application() throws -> EchoUpstream {
        try EchoUpstream(name: "site") { request in
            .init(200, [("Content-Type", "text/plain")], "\(request.startLine) \(request.values("host"))")
        }
    }

    private func expectSame(_ deployed: DeployedExample, as before: [String]) async throws {
        for (index, answer) in try await deployed.answers(Self.requests).enumerated() where answer != before[index] {
            Issue.record("\(Self.requests[index]): \(before[index])\n->\n\(answer)")
        }
    }

    @Test("beside a single-page application: clients get in, and the application answers what it answered before")
    func singlePage() async throws {
        let (mcp, files, api) = (try await MCPServer.start(), try Self.files(), try Self.application())
        let deployed = try await DeployedExample(
            host: "board.example.com", site: "single-page-app/site.conf",
            replacing: ["/srv/board": files.path, "127.0.0.1:4000": "127.0.0.1:\(api.port)"],
            parts: [
                .init(
                    example: "single-page-app",
                    replacing: ["http://127.0.0.1:3930": "http://127.0.0.1:\(mcp.port)"])
            ])
        try deployed.serve([])
        let before = try await deployed.answers(Self.requests)
        // Without the output every path is a page, which clients would take for a document.
        let page = try await deployed.ask("GET", "/.well-known/oauth-protected-resource/mcp")
        #expect(page.status == 200 && page.text == "the site's index.html")
        try deployed.serve()
        try await expectSame(deployed, as: before)
        for generation in SDKClient.Generation.allCases { try await deployed.expectFlow(generation, path: "/mcp") }
        let document = try await deployed.ask("GET", "/.well-known/oauth-protected-resource/mcp")
        #expect(document.status == 200 && document.text.contains("\"resource\":\"\(deployed.origin)/mcp\""))
        for path in ["oauth-authorization-server", "openid-configuration", "openid-configuration/mcp"] {
            let answer = try await deployed.ask("GET", "/.well-known/\(path)")
            #expect(answer.status == 404 && answer.header("content-type") == "application/json", "\(path)")
        }
        for answer in [document, try await deployed.ask("POST", "/mcp")] {
            #expect(answer.values("strict-transport-security") == ["max-age=31536000"])
            #expect(answer.values("referrer-policy") == ["same-origin"])
        }
        withExtendedLifetime((mcp, files, api)) {}
    }

    @Test("two specs on one host: each has its clients and its tokens, and goes without the other noticing")
    func twoSpecs() async throws {
        let servers = (try await MCPServer.start(), try await MCPServer.start())
        let files = try Self.files()
        let deployed = try await DeployedExample(
            host: "tools.example.com", site: "two-on-one-host/site.conf", replacing: ["/srv/tools": files.path],
            parts: [
                .init(
                    example: "two-on-one-host/notes",
                    replacing: ["http://127.0.0.1:3930": "http://127.0.0.1:\(servers.0.port)"]),
                .init(
                    example: "two-on-one-host/tasks",
                    replacing: ["http://127.0.0.1:3940": "http://127.0.0.1:\(servers.1.port)"]),
            ])
        #expect(deployed.servers.count == 2)
        let notes = [
            ("GET", "/.well-known/oauth-protected-resource/notes"), ("GET", "/.well-known/oauth-authorization-server"),
            ("GET", "/.well-known/oauth-authorization-server/notes"), ("POST", "/notes"), ("GET", "/notes/jwks.json"),
        ]
        try deployed.serve([])
        let site = try await deployed.answers(Self.requests)
        try deployed.serve(["notes"])
        let before = try await deployed.answers(notes)
        let withNotes = try await deployed.answers(Self.requests)
        // What belongs to the root is the owner's, and the rest the site's.
        for (index, answer) in withNotes.enumerated() where answer != site[index] {
            #expect(["/register", "/authorize"].contains(Self.requests[index].target), "\(Self.requests[index])")
        }
        try deployed.serve()
        try await expectSame(deployed, as: withNotes)
        #expect(try await deployed.answers(notes) == before)
        let states = ("notes-client.json", "tasks-client.json")
        try await deployed.expectFlow(.current, path: "/notes", state: deployed.folder.file(states.0))
        try await deployed.expectFlow(.first, path: "/tasks", state: deployed.folder.file(states.1))
        // A token opens its own deployment alone.
        for (state, path, status) in [
            (states.0, "/notes", 400), (states.0, "/tasks", 401), (states.1, "/notes", 401), (states.1, "/tasks", 400),
        ] {
            let kept = try JSONDecoder().decode(
                Kept.self, from: Data(contentsOf: URL(fileURLWithPath: deployed.folder.file(state))))
            let answer = try await deployed.ask(
                "POST", path,
                headers: [
                    ("Authorization", "Bearer \(kept.tokens.access_token)"), ("Content-Type", "application/json"),
                    ("Accept", "application/json, text/event-stream"),
                ], body: "{}")
            // An empty message is what the MCP server itself objects to.
            #expect(answer.status == status, "\(state) \(path)")
        }
        // The guest goes again.
        try deployed.serve(["notes"])
        #expect(try await deployed.answers(notes) == before)
        try await expectSame(deployed, as: withNotes)
        #expect(
            try await deployed.ask("POST", "/tasks").status == 404, "the site's own answer to what it does not have")
        withExtendedLifetime((servers, files)) {}
    }

    private struct Kept: Decodable {
        struct Tokens: Decodable { let access_token: String }
        let tokens: Tokens
    }

    @Test("a Keycloak under the same name: sign-in at its pages, tokens verified by its keys, and only readers get in")
    func keycloak() async throws {
        let (mcp, wiki) = (try await MCPServer.start(), try Self.application())
        let realm = try await Realm.start()
        let deployed = try await DeployedExample(
            host: "wiki.example.com", site: "keycloak-beside/site.conf",
            replacing: ["127.0.0.1:4000": "127.0.0.1:\(wiki.port)"],
            parts: [
                .init(
                    example: "keycloak-beside",
                    replacing: [
                        "http://127.0.0.1:3930": "http://127.0.0.1:\(mcp.port)",
                        "http://127.0.0.1:8080": "http://127.0.0.1:\(realm.port)",
                    ])
            ])
        try deployed.serve([])
        let before = try await deployed.answers(Self.requests)
        try deployed.serve()
        try await expectSame(deployed, as: before)
        for generation in SDKClient.Generation.allCases {
            try await deployed.expectFlow(generation, path: "/mcp", subject: "x-wiki-user")
        }
        // Wherever clients look, the document is the realm's.
        for path in [
            "/.well-known/oauth-authorization-server/realms/people",
            "/.well-known/openid-configuration/realms/people", "/realms/people/.well-known/oauth-authorization-server",
            "/realms/people/.well-known/openid-configuration",
        ] {
            let document = try await deployed.ask("GET", path)
            #expect(document.status == 200 && document.text.contains("\"\(deployed.origin)/realms/people\""), "\(path)")
        }
        #expect(try await deployed.ask("GET", "/resources/login.css").text == "the realm's styles")
        // The console stays inside: the wiki answers there.
        #expect(try await deployed.ask("GET", "/admin/").header("x-echo") == "site")
        // Who may sign in and is no reader is told so, without a wish for another scope.
        let stranger = try await deployed.connect(.current, path: "/mcp", user: "visitor")
        #expect(stranger.error != nil && stranger.calls.isEmpty && stranger.tokens.map(\.status) == [200])
        #expect(stranger.requests.last == "POST /mcp 403")
        withExtendedLifetime((mcp, wiki, realm)) {}
    }
}

/// What stands in for a Keycloak: one realm, with the paths, documents and tokens of the real one.
private struct Realm {
    let port: Int
    private let child: ChildProcess

    static func start() async throws -> Realm {
        let child = try ChildProcess(
            Tool.currentSDK.required(), ["-B", Repository.path("Tests/IntegrationTests/Clients/realm.py")],
            environment: ["LOGIN_PASSWORD": NginxDeployment.password])
        let line = try await child.output.wait(for: "\n", deadline: .seconds(120))
        return Realm(port: try #require(Int(line.prefix { $0 != "\n" }), "\(line)"), child: child)
    }
}
