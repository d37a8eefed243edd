import ConnectorSpec
package import Diagnostics
import WebSyntax

extension DiagnosticCode {
    package static let unusualPublicPort = DiagnosticCode(
        212, "unusual-public-port", .warning,
        summary: "A public URL has a port other than 443, and a hosted client is to reach it.",
        why:
            "Hosted clients connect from their vendor's network. claude.ai is known to authorise at such a URL, and then "
            + "to fail at the token exchange, which its servers make themselves.",
        remedy: "Serve the host on port 443, and leave the port out of the URL.")
}

/// A public URL on another port than 443, which hosted clients are to reach.
struct UnusualPublicPortRule: Rule {
    let documentation = RuleDocumentation(
        .unusualPublicPort,
        failing: [
            RuleExample(
                issuer: "url: ↓https://mcp.example.com:8443/mcp",
                connector: "public_url: ↓https://mcp.example.com:8443/mcp", top: "clients: [claude]")
        ],
        passing: [
            RuleExample(top: "clients: [claude]"),
            RuleExample(
                issuer: "url: https://mcp.example.com:8443/mcp",
                connector: "public_url: https://mcp.example.com:8443/mcp", top: "clients: [claude-code, inspector]"),
            RuleExample(
                issuer: "url: http://127.0.0.1:8443/mcp", connector: "public_url: http://127.0.0.1:8443/mcp",
                top: "clients: [claude]"),
        ], references: ["M#170"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        let hosted = context.hostedClients
        guard !hosted.isEmpty else { return [] }
        var findings: [Diagnostic] = []
        func look(at name: String, scheme: String, port: Int?, _ span: Span) {
            // A loopback host, which alone has the scheme `http`, is reached by no hosted client on any port.
            guard scheme == "https", let port, port != 443 else { return }
            findings.append(
                finding(
                    "`\(name)` has port \(port), and \(hosted.joined(separator: ", ")) connects from its vendor's network",
                    at: span, "other than 443", help: "serve the host on port 443, and leave the port out of the URL"))
        }
        if let url = context.draft.issuer?.url {
            look(at: "issuer.url", scheme: url.value.scheme, port: url.value.port, url.span)
        }
        for connector in context.draft.connectors {
            let url = connector.publicURL
            look(
                at: "connectors.\(connector.name.value.text).public_url", scheme: url.value.scheme,
                port: url.value.port,
                url.span)
        }
        return findings
    }
}
