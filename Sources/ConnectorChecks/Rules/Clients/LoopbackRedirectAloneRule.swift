import ConnectorSpec
package import Diagnostics
import WebSyntax

extension DiagnosticCode {
    package static let loopbackRedirectAlone = DiagnosticCode(
        309, "loopback-redirect-alone", .warning,
        summary: "A loopback redirect is listed for one of `localhost` and `127.0.0.1` alone.",
        why:
            "Native clients differ in which of the two they send, also between their own versions. The port "
            + "is not compared, the host is (RFC 8252 §7.3).",
        remedy: "List the redirect for both hosts.")
}

/// A loopback redirect on one of its two host names alone.
struct LoopbackRedirectAloneRule: Rule {
    let documentation = RuleDocumentation(
        .loopbackRedirectAlone,
        failing: [
            RuleExample(top: "clients: [{ id: cid_one, redirect_uris: [↓\"http://localhost:3000/callback\"] }]")
        ],
        passing: [
            RuleExample(
                top: "clients:\n  - id: cid_one\n    redirect_uris: [\"http://localhost:3000/callback\", "
                    + "\"http://127.0.0.1:3000/callback\"]")
        ], references: ["M#86", "RFC 8252 §7.3"])

    let reads: Set<SpecPart> = [.clients]

    func check(_ context: RuleContext) -> [Diagnostic] {
        context.draft.clients.flatMap { client -> [Diagnostic] in
            let loopback = client.redirectURIs.filter { $0.value.isLoopback && $0.value.host != "[::1]" }
            return loopback.compactMap { uri in
                let other = uri.value.host == "localhost" ? "127.0.0.1" : "localhost"
                guard !loopback.contains(where: { $0.value.host == other && $0.value.path == uri.value.path })
                else { return nil }
                let port = uri.value.port.map { ":\($0)" } ?? ""
                return finding(
                    "`\(uri.value.text)` is not listed on `\(other)`", at: uri.span, "listed for one host alone",
                    help: "add `http://\(other)\(port)\(uri.value.path)`")
            }
        }
    }
}
