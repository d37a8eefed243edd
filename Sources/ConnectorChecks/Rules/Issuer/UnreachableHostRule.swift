import ConnectorSpec
package import Diagnostics
import OAuthModel
import WebSyntax

extension DiagnosticCode {
    package static let unreachableHost = DiagnosticCode(
        213, "unreachable-host", .warning,
        summary: "A public URL is on a host that a hosted client cannot reach.",
        why:
            "Hosted clients connect from their vendor's network. A loopback address there is the vendor's own machine, and "
            + "names like `intranet`, `.local` and `.internal` exist in one network alone.",
        remedy: "Use a host in the public DNS, or take the hosted clients out of `clients`.")
}

/// A host of one machine or one network, which clients of elsewhere are to reach.
struct UnreachableHostRule: Rule {
    private static func at(_ host: String, scheme: String = "https", clients: String = "[claude]") -> RuleExample {
        let mark = clients == "[claude]" ? "↓" : ""
        return RuleExample(
            issuer: "url: \(mark)\(scheme)://\(host)/mcp", connector: "public_url: \(mark)\(scheme)://\(host)/mcp",
            top: "clients: \(clients)")
    }

    let documentation = RuleDocumentation(
        .unreachableHost,
        failing: [
            Self.at("intranet"), Self.at("mcp.corp.internal"), Self.at("printer.local"),
            Self.at("127.0.0.1:8780", scheme: "http"), Self.at("localhost:8780", scheme: "http"),
        ],
        passing: [
            RuleExample(top: "clients: [claude]"), Self.at("intranet", clients: "[claude-code, inspector]"),
            Self.at("127.0.0.1:8780", scheme: "http", clients: "[mcp-remote]"),
        ], references: ["RFC 6762 §3", "RFC 8375", "M#170"])

    private static let suffixes = [
        ".local", ".internal", ".lan", ".home", ".corp", ".intranet", ".private", ".home.arpa", ".localhost",
    ]

    func check(_ context: RuleContext) -> [Diagnostic] {
        let hosted = context.hostedClients
        guard !hosted.isEmpty else { return [] }
        var findings: [Diagnostic] = []
        func look(at name: String, _ host: HostName, _ span: Span) {
            guard let reason = Self.reason(host) else { return }
            findings.append(
                finding(
                    "`\(name)` is on `\(host.text)`, which \(reason), and \(hosted.joined(separator: ", ")) connects from "
                        + "its vendor's network",
                    at: span, "not reachable from there",
                    help: "use a host in the public DNS, or take the hosted clients out of `clients`"))
        }
        if let issuer = context.draft.issuer, issuer.mode.value != .external {
            look(at: "issuer.url", issuer.url.value.host, issuer.url.span)
        }
        for connector in context.draft.connectors {
            let url = connector.publicURL
            look(at: "connectors.\(connector.name.value.text).public_url", url.value.host, url.span)
        }
        return findings
    }

    private static func reason(_ host: HostName) -> String? {
        if host.isLoopback { return "is this machine alone" }
        if !host.text.utf8.contains(UInt8(ascii: ".")) { return "has one label and stands in no public DNS" }
        return suffixes.contains(where: host.text.hasSuffix) ? "exists in one network alone" : nil
    }
}
