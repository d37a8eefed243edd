import ConnectorSpec
package import Diagnostics
import OAuthModel

extension DiagnosticCode {
    package static let clientIDNull = DiagnosticCode(
        301, "client-id-null",
        summary: "A connector's `client_id` is null, empty, or missing where a registration method needs it.",
        why:
            "The metadata then says `\"mcp.client_id\": null`, and clients that ask for it answer \"Failed to "
            + "resolve OAuth client\". The value usually got lost on its way: an alias to an empty anchor, an "
            + "overlay, a variable that was never set.",
        remedy:
            "Write the identifier of the client that the connector advertises, or remove the key when clients "
            + "register themselves.")
}

/// A connector whose `client_id` is null, empty or missing where one has to be advertised.
struct ClientIDNullRule: Rule {
    let documentation = RuleDocumentation(
        .clientIDNull,
        failing: [
            RuleExample(connector: "client_id: ↓null"),
            RuleExample(connector: "client_id: ↓\"\""),
            RuleExample(
                whole: Self.small + "  registration: [predefined, cimd]\nconnectors:\n  ↓mcp:\n" + Self.connector),
            RuleExample(
                whole: Self.small + "environments: { staging: { name: &advertised ↓~ } }\nconnectors:\n  mcp:\n"
                    + Self.connector
                    + "    client_id: *advertised\n"),
        ],
        passing: [
            RuleExample(connector: "client_id: cid_example"),
            RuleExample(issuer: "registration: [cimd, dcr]", connector: "# no client_id"),
        ], references: ["M#70", "M#89"])

    private static let small =
        "version: 1\nname: demo\nissuer:\n  url: https://mcp.example.com/mcp\n  mode: external\n"
    private static let connector =
        "    public_url: https://mcp.example.com/mcp\n    upstream: http://127.0.0.1:3930\n"

    func check(_ context: RuleContext) -> [Diagnostic] {
        context.draft.clientIDs.compactMap { entry in
            switch entry.clientID {
            case .value, .invalid: nil
            case .null(let trace): finding("is null", trace, of: entry.connector, in: context)
            case .empty(let trace): finding("is empty", trace, of: entry.connector, in: context)
            case .absent(let above): missing(at: above, of: entry.connector, in: context)
            }
        }
    }

    private func finding(
        _ problem: String, _ trace: ResolutionTrace, of connector: String, in context: RuleContext
    ) -> Diagnostic {
        let others = trace.steps.dropFirst().filter { !$0.span.contains(trace.span) && $0.span != trace.span }
        return finding(
            "`connectors.\(connector).client_id` \(problem)", at: trace.span, "the advertised client id \(problem)",
            secondary: others.map { Label($0.span, "by this \($0.what)") },
            notes: ["resolved: " + trace.text(of: "client_id", in: context.sources)]
                + (context.sources.noteOfComment(behind: trace.span).map { [$0] } ?? []),
            help: "write the id of the client that the connector advertises, or remove the key")
    }

    /// Without the key the registration methods decide: only predefined clients and the static client need an id.
    private func missing(at above: Span, of connector: String, in context: RuleContext) -> Diagnostic? {
        guard let issuer = context.draft.issuer else { return nil }
        let predefined = issuer.registration?.first { $0.value == .predefined }
        let reason: Label
        if let dcr = issuer.dcr, dcr.value == .staticClient {
            reason = Label(dcr.span, "every registration is answered with it")
        } else if let predefined {
            reason = Label(predefined.span, "this registration method needs it")
        } else {
            return nil
        }
        return finding(
            "`connectors.\(connector)` has no `client_id`", at: above, "`client_id` is missing here",
            secondary: [reason],
            notes: ["resolved: client_id <- connectors.\(connector).client_id (not written)"],
            help: "add `client_id: cid_example` with the id of the client that the connector advertises")
    }
}
