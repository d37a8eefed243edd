import ConfigLanguages
import ConnectorBackends
import ConnectorPlan
import ConnectorSpec
import Diagnostics
import Templates
import TestSupport
import Testing
import YAMLSyntax

/// A spec's text, compiled to nginx files.
struct RenderedNginx {
    let plan: DeploymentPlan
    let artifacts: [Artifact]
    let diagnostics: [Diagnostic]

    init(_ text: String, location: SourceLocation = #_sourceLocation) throws {
        let file = SourceFile(path: "folder/connector.yaml", text: text)
        var sources = SourceMap()
        let id = sources.add(file)
        let document = YAML.parse(file, id: id)
        let root = try #require(document.root, "\(document.diagnostics)", sourceLocation: location)
        let (spec, found) = Spec.decode(root, sources: sources)
        #expect(!found.hasErrors, "\(found.map(\.message))", sourceLocation: location)
        let decoded = try #require(spec, "\(found.map(\.message))", sourceLocation: location)
        let (plan, planned) = DeploymentPlan.make(
            from: decoded, clients: .builtin, presets: .builtin, sourceName: "connector.yaml")
        self.plan = try #require(plan, sourceLocation: location)
        #expect(!planned.hasErrors, "\(planned.map(\.message))", sourceLocation: location)
        let context = RenderContext(
            plan: self.plan, sources: sources, templates: .builtin, specDigest: String(repeating: "0", count: 64))
        let rendering = NginxBackend().render(context)
        artifacts = rendering.artifacts
        diagnostics = rendering.diagnostics
    }

    func text(_ path: String) -> String {
        artifacts.first { $0.path == path }.map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
    }

    /// The files of locations, one for each host.
    var hostFiles: [String] { plan.edge.hosts.map { "nginx/\($0.fileName)" } }

    /// A file as nginx reads it: the lines of its snippets in the place of the lines that include them, comments left
    /// out.
    func expanded(_ path: String) -> String {
        let folder = "include \(plan.nginx?.includeFolder ?? "")/"
        return text(path).split(separator: "\n", omittingEmptySubsequences: false).flatMap { line -> [String] in
            let words = line.drop { $0 == " " }
            if words.hasPrefix("#") { return [] }
            guard words.hasPrefix(folder) else { return [String(line)] }
            let included = expanded("nginx/" + words.dropFirst(folder.count).dropLast())
            return included.split(separator: "\n").map { "\(line.prefix { $0 == " " })\($0)" }
        }.joined(separator: "\n")
    }

    /// What `expanded` says, as a tree.
    func file(_ path: String) -> NginxBlock { NginxParser.parse(Array(expanded(path).utf8)).file }

    /// The lines of one location and of what it includes, to its brace; `header` is `location = /mcp {`.
    func location(_ header: String, in path: String) -> [String] {
        let lines = expanded(path).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let start = lines.firstIndex(of: header), let end = lines[start...].firstIndex(of: "}") else { return [] }
        return Array(lines[start...end])
    }

    /// A real nginx that includes the files as an operator would, each host in a server block of its own; the
    /// addresses of upstreams are replaced. `listening` is what stands behind the port.
    func scratch(replacing addresses: [String: String] = [:], listening: String = "") throws -> ScratchNginx {
        var files: [(path: String, bytes: [UInt8])] = []
        for artifact in artifacts {
            var text = String(decoding: artifact.bytes, as: UTF8.self)
            for (old, new) in addresses { text = text.replacing("server \(old);", with: "server \(new);") }
            files.append((artifact.path, Array(text.utf8)))
        }
        let servers = plan.edge.hosts.map { host in
            """
                server {
                    listen 127.0.0.1:{PORT}\(listening);
                    server_name \(host.name);
                    include nginx/\(host.fileName);
                    location / { return 418 "the vhost"; }
                }
            """
        }
        return try ScratchNginx(
            http: (text("nginx/map-hash.conf").isEmpty ? "" : "    include nginx/map-hash.conf;\n")
                + "    include nginx/connectorgen-http.conf;", servers: servers.joined(separator: "\n"),
            files: files)
    }
}

/// Specs for these tests.
enum NginxSpecs {
    /// One connector behind a local login, with what nginx has to do with.
    static func plain(connector: String = "", issuer: String = "", nginx: String = "{}") -> String {
        """
        version: 1
        name: example
        issuer:
          url: https://mcp.example.com/mcp
          mode: local
          users: { file: /etc/connectorgen/users }
          store: { sqlite: /var/lib/connectorgen/auth.db }
        \(issuer)
        connectors:
          mcp:
            public_url: https://mcp.example.com/mcp
            upstream: http://127.0.0.1:3930
            client_id: cid_example
            scopes: [mcp.tools]
        \(connector)
        targets:
          nginx: \(nginx)
        """
    }

    static let wide = """
        version: 1
        name: wide
        issuer:
          url: https://auth.example.com
          mode: local
          users: { file: /etc/connectorgen/users }
          store: { sqlite: /var/lib/connectorgen/auth.db }
          openid: true
        connectors:
          search:
            public_url: https://search.example.com/mcp
            upstream: http://127.0.0.1:3940
            client_id: cid_search
            scopes: [search]
            aliases: [/mcp2]
            legacy_aliases: [{ path: /api/connector/oauth, sunset: 2027-03-31 }]
            rate_limit: 10/s burst 20
            max_body: 8m
            read_timeout: 2h
          files:
            public_url: https://files.example.com/v1/files.mcp
            upstream: https://files.internal.example.com
            client_id: cid_files
            scopes: [files]
            verify: application
          edge:
            public_url: https://search.example.com/edge
            upstream: unix:/run/edge.sock
            client_id: cid_edge
            scopes: [edge]
            cors: nginx
            allowed_origins: [https://claude.ai, https://chatgpt.com]
        targets:
          nginx: {}
        """
}
