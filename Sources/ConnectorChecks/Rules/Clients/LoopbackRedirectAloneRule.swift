import ConnectorSpec
import Diagnostics
import WebSyntax

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

    func check(_ context: RuleContext) -> [Diagnostic] {
        context.draft.clients.flatMap { client -> [Diagnostic] in
            let loopback = client.redirectURIs.filter { $0.value.isLoopback && $0.value.host != "[::1]" }
            return loopback.compactMap { uri in
                let other = uri.value.host == "localhost" ? "127.0.0.1" : "localhost"
                guard !loopback.contains(where: { $0.value.host == other && $0.value.path == uri.value.path })
                else { return nil }
                let port = uri.value.port.map { ":\($0)" } ?? ""
                return finding(
                    "`\(uri.value.text)` has no twin on `\(other)`", at: uri.span, "listed for one host alone",
                    help: "add `http://\(other)\(port)\(uri.value.path)`")
            }
        }
    }
}
