import ConnectorSpec
package import Diagnostics
import WebSyntax

extension DiagnosticCode {
    package static let tunnelHost = DiagnosticCode(
        210, "tunnel-host", .warning,
        summary: "An issuer or a connector is on a developer's tunnel.",
        why:
            "Clients bind their registration to the issuer. When the tunnel goes, or gets another name, all "
            + "of them have to be removed and added again, and callbacks go to whoever gets the name next.",
        remedy: "Use a host of your own, and a tunnel only in an environment of its own.",
        securitySeverity: "5.9")
}

/// A public URL on the host of a developer's tunnel.
struct TunnelHostRule: Rule {
    let documentation = RuleDocumentation(
        .tunnelHost,
        failing: [
            RuleExample(
                issuer: "url: ↓https://demo.ngrok.app/mcp", connector: "public_url: ↓https://demo.ngrok.app/mcp")
        ], passing: [RuleExample(issuer: "url: https://mcp.example.com/mcp")], references: ["M#49"])

    private static let suffixes = [
        ".ngrok.app", ".ngrok.io", ".ngrok-free.app", ".ngrok-free.dev", ".ts.net", ".trycloudflare.com", ".loca.lt",
        ".devtunnels.ms", ".serveo.net",
    ]

    func check(_ context: RuleContext) -> [Diagnostic] {
        var findings: [Diagnostic] = []
        func look(at host: HostName, _ span: Span, _ what: String) {
            guard Self.suffixes.contains(where: host.text.hasSuffix) else { return }
            findings.append(
                finding(
                    "\(what) is on the tunnel host `\(host.text)`", at: span, "goes away with the tunnel",
                    help: "use a host of your own"))
        }
        if let issuer = context.draft.issuer { look(at: issuer.url.value.host, issuer.url.span, "`issuer.url`") }
        for connector in context.draft.connectors {
            let name = "`connectors.\(connector.name.value.text).public_url`"
            look(at: connector.publicURL.value.host, connector.publicURL.span, name)
        }
        return findings
    }
}
