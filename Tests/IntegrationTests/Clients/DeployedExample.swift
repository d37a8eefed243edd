import ConnectorBackends
import ConnectorCompiler
import ConnectorPlan
import Diagnostics
import Foundation
import TestSupport
import Testing

/// Examples as they are deployed on one host: what their specs compile to, unedited, included by the site's own server
/// block (`site.conf` beside them), with a connectorgen-auth for each spec that needs one. Hosts, ports and folders are
/// those of this machine.
final class DeployedExample {
    /// One of the specs, and what it says otherwise here.
    struct Part {
        /// `two-on-one-host/notes`
        let example: String
        /// Addresses of the spec, by what they are here.
        var replacing: [String: String] = [:]
    }

    /// `http://127.0.0.1:PORT`
    let origin: String
    let port: Int
    let folder: TemporaryFolder
    /// The text of the site, with the includes.
    private let site: String
    private let names: [String]
    private var nginx: ScratchNginx?
    private(set) var servers: [ChildProcess] = []

    /// Compiles the specs, and starts their servers; nginx is started by `serve`. `host` is the host's name in specs and
    /// site; `path` is the site, below `examples`; `replacing` has its addresses and folders, by what they are here.
    init(host: String, site path: String, replacing: [String: String], parts: [Part]) async throws {
        port = try LoopbackSocket.freePort()
        origin = "http://127.0.0.1:\(port)"
        folder = try TemporaryFolder()
        var names: [String] = []
        for part in parts {
            var text = try String(contentsOfFile: Example(name: part.example).specPath, encoding: .utf8)
            for (old, new) in part.replacing {
                try #require(text.contains(old), "\(part.example) has no \(old)")
                text.replace(old, with: new)
            }
            let name = try #require(text.split(separator: "\n").first { $0.hasPrefix("name: ") }).dropFirst(6)
            text = try Self.local(text, name: String(name), host: host, origin: origin, folder: folder)
            let compilation = try Compilation.valid(text)
            for artifact in compilation.artifacts { try folder.write("\(name)/\(artifact.path)", artifact.bytes) }
            names.append(String(name))
            if compilation.plan?.resources.contains(where: \.usesPrivateListener) == true {
                servers.append(
                    try await ChildProcess.authServer(
                        folder.file("\(name)/runtime/connectorgen-auth.json"), ["--log", "requests"],
                        variables: ["CONNECTORGEN_USERS": try await NginxDeployment.users()]))
            }
        }
        self.names = names
        var site = try String(contentsOfFile: Repository.path("examples/\(path)"), encoding: .utf8)
        for (old, new) in replacing {
            try #require(site.contains(old), "\(path) has no \(old)")
            site.replace(old, with: new)
        }
        for name in names { site.replace("/etc/nginx/connectorgen/\(name)/", with: folder.file(name) + "/nginx/") }
        self.site = site.replacing("/\(host).conf", with: "/127.0.0.1.conf").replacing(host, with: "127.0.0.1")
            .replacing("listen 443 ssl http2;", with: "listen 127.0.0.1:{PORT};")
            .split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.contains("ssl_certificate") }
            .joined(separator: "\n")
    }

    /// A spec with the addresses of this test: where people find the host, where the servers listen and keep their
    /// files.
    private static func local(
        _ spec: String, name: String, host: String, origin: String, folder: TemporaryFolder
    ) throws -> String {
        var text = spec.replacing("https://\(host)", with: origin).replacing(host, with: "127.0.0.1")
        text.replace(
            try Regex("store: \\{ sqlite: [^ ]+ \\}"), with: "store: { sqlite: \(folder.file(name + ".db")) }")
        text.replace(try Regex("users: \\{ file: [^ ]+ \\}"), with: "users: { env: CONNECTORGEN_USERS }")
        text.replace(try Regex("  (private_)?listen: .*\n"), with: "")
        text.replace(
            "issuer:\n",
            with: """
                issuer:
                  listen: 127.0.0.1:\(try LoopbackSocket.freePort())
                  private_listen: 127.0.0.1:\(try LoopbackSocket.freePort())

                """)
        let folder = "include_dir: \(folder.file(name))/nginx"
        text.replace("nginx: { version: \"1.22\"", with: "nginx: { version: \"1.22\", \(folder)")
        text.replace("nginx:\n    version: \"1.22\"", with: "nginx:\n    version: \"1.22\"\n    \(folder)")
        return text
    }

    /// Starts nginx with the site and the includes of these deployments, of all of them without a list; nginx that ran
    /// before ends.
    func serve(_ included: [String]? = nil) throws {
        nginx?.stop()
        let left = names.filter { !(included ?? names).contains($0) }.map { folder.file($0) + "/nginx/" }
        let isLeft = { (line: Substring) in left.contains { line.contains("include \($0)") } }
        let lines = site.split(separator: "\n", omittingEmptySubsequences: false).filter { !isLeft($0) }
        let nginx = try ScratchNginx(http: "", servers: lines.joined(separator: "\n"), port: port)
        #expect(try nginx.test() == (0, ""))
        try nginx.start()
        self.nginx = nginx
    }

    func ask(
        _ method: String = "GET", _ target: String, headers: [(String, String)] = [], body: String = ""
    ) async throws -> RawMessage {
        let port = port
        return try await onThread {
            try RawHTTP.request(method, target, host: "127.0.0.1:\(port)", port: port, headers: headers, body: body)
        }
    }

    /// The answers to requests of the site, as they come but for the time.
    func answers(_ requests: [(method: String, target: String)]) async throws -> [String] {
        var answers: [String] = []
        for (method, target) in requests {
            let answer = try await ask(method, target)
            let fields = answer.headers.filter { !["Date", "Expires"].contains($0.name) }
                .map { "\($0.name): \($0.value)" }
            answers.append(([answer.startLine] + fields + ["", answer.text]).joined(separator: "\n"))
        }
        return answers
    }

    /// Has a client register, sign in, list, call, refresh and call again at a path of the host.
    func connect(
        _ generation: SDKClient.Generation, path: String, user: String = NginxDeployment.user,
        state: String? = nil
    ) async throws -> SDKRun {
        let ran = try await ChildProcess.run(
            generation.tool.required(),
            [
                "-B", Repository.path("Tests/IntegrationTests/Clients/sdk_client.py"), "--url", origin + path,
                "--state",
                state ?? folder.file("client-\(UInt32.random(in: 0...UInt32.max)).json"), "list", "call", "expire",
                "call",
            ],
            environment: ["LOGIN_USER": user, "LOGIN_PASSWORD": NginxDeployment.password], deadline: .seconds(90))
        try #require(ran.exit == .code(0), "\(ran.errors)")
        return try JSONDecoder().decode(SDKRun.self, from: Data(ran.output.utf8))
    }

    /// Goes that way, and expects what every deployment owes to it.
    func expectFlow(
        _ generation: SDKClient.Generation, path: String, subject: String = "x-mcp-subject", state: String? = nil
    ) async throws {
        let run = try await connect(generation, path: path, state: state)
        try #require(run.error == nil, "\(run.requests)")
        #expect(run.tools == ["whoami"] && run.calls.count == 2)
        #expect(run.registrations.map(\.status) == [201] && run.tokens.map(\.status) == [200, 200])
        #expect(run.requests.first == "POST \(path) 401")
        for call in run.calls {
            #expect(call.values(subject).count == 1 && call.values("authorization") == [])
        }
    }
}
