import ConnectorBackends
import ConnectorPlan
import ConnectorSpec
import Foundation
import TestSupport
import Testing

/// A compiled deployment behind a real nginx whose upstreams are echoes, one for each upstream of the plan.
final class LiveDeployment {
    let plan: DeploymentPlan
    let nginxPlan: NginxPlan
    let names: NginxNames
    let nginx: ScratchNginx
    /// By upstream name.
    let echoes: [String: EchoUpstream]

    init(plan: DeploymentPlan, artifacts: [Artifact]) throws {
        self.plan = plan
        nginxPlan = try #require(plan.nginx)
        names = NginxNames(plan, nginxPlan)
        var echoes: [String: EchoUpstream] = [:]
        for upstream in names.upstreams { echoes[upstream.name] = try EchoUpstream(name: upstream.name) }
        self.echoes = echoes

        // A relative folder of includes begins at the folder of the configuration.
        let folder = nginxPlan.includeFolder.hasPrefix("/") ? "nginx" : nginxPlan.includeFolder
        let names = names
        let files = artifacts.filter { $0.path.hasPrefix("nginx/") }.map { artifact in
            let text = String(decoding: artifact.bytes, as: UTF8.self)
            return (
                path: folder + artifact.path.dropFirst("nginx".count),
                bytes: Array(Self.redirect(text, to: echoes, names: names).utf8)
            )
        }
        let servers = plan.edge.hosts.map { host in
            """
                server {
                    listen 127.0.0.1:{PORT};
                    server_name \(host.name);
                    root html;
                    include \(folder)/\(host.fileName);
                    location / { return 418; }
                }

            """
        }
        nginx = try ScratchNginx(
            http: "    include \(folder)/connectorgen-http.conf;", servers: servers.joined(), files: files)
        try nginx.folder.write("html/.well-known/acme-challenge/token", "acme-answer")
    }

    /// Sends each upstream's traffic to its echo: the `server` lines of `upstream NAME { … }` are replaced.
    private static func redirect(
        _ text: String, to echoes: [String: EchoUpstream], names: NginxNames
    ) -> String {
        var current: EchoUpstream?
        let variables = names.upstreams.reduce(into: [String: String]()) { found, upstream in
            if let variable = names.lookedUpVariable(upstream.name) { found[variable] = upstream.name }
        }
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
            let words = line.split(separator: " ")
            if words.first == "upstream", words.count > 1 { current = echoes[String(words[1])] }
            if words.first == "map", words.count > 2 {
                current = variables[String(words[2].dropFirst())].flatMap { echoes[$0] }
            }
            guard let echo = current, words.first == "server" || words.first == "default" else {
                // Where an answer to a preflight is looked up by its name.
                return names.upstreams.reduce(String(line)) { line, upstream in
                    guard let name = names.lookedUpAuthority(upstream.name), let echo = echoes[upstream.name] else {
                        return line
                    }
                    return line.replacing("http://\(name)/", with: "http://127.0.0.1:\(echo.port)/")
                }
            }
            return "    \(words[0]) 127.0.0.1:\(echo.port);"
        }.joined(separator: "\n")
    }

    /// The echo behind an upstream of the plan.
    func echo(_ name: String) throws -> EchoUpstream {
        try #require(echoes[name], "no upstream is called \(name)")
    }

    func forgetRequests() {
        for echo in echoes.values { _ = echo.takeRequests() }
    }

    func send(
        _ target: String, to host: HostPlan, method: String = "GET", headers: [(String, String)] = [],
        body: String = ""
    ) throws -> RawMessage {
        try RawHTTP.request(
            method, target, host: host.authority, port: nginx.port, headers: headers, body: body)
    }
}

/// What every proxied location owes its upstream, whatever the client sent.
func expectForwarded(
    _ message: RawMessage, by host: HostPlan, forged: [(String, String)], _ place: Comment
) {
    #expect(message.values("Host") == [host.authority], place)
    #expect(message.values("X-Forwarded-Host") == [host.authority], place)
    #expect(message.values("X-Forwarded-Proto") == [host.scheme], place)
    #expect(message.values("X-Forwarded-For") == ["127.0.0.1"], place)
    expectAddress(message, forged: forged, place)
}

/// What every request owes its reader: the address that it came from, and nothing of what the client claims.
func expectAddress(_ message: RawMessage, forged: [(String, String)], _ place: Comment) {
    #expect(message.values("X-Real-IP") == ["127.0.0.1"], place)
    #expect(message.values("Connection") == [], place)
    for (name, value) in forged {
        #expect(!message.values(name).contains(value), "the client's own \(name) came through at \(place)")
    }
}
