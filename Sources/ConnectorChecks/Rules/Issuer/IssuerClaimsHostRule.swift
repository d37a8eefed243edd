import ConnectorSpec
package import Diagnostics
import WebSyntax

extension DiagnosticCode {
    package static let issuerClaimsHost = DiagnosticCode(
        432, "issuer-claims-host",
        summary: "`issuer.routes` names the whole host.",
        why:
            "The output stands in a server block that may have more, and claims what it needs: `location /` is the site's own.",
        remedy:
            "List the issuer's endpoints and pages, such as `[/authorize, /token, /register, /login]`; or write a "
            + "`location / { proxy_pass …; }` of your own into the server block.")
}

/// A route that would take every other location's place.
struct IssuerClaimsHostRule: Rule {
    private static func example(_ routes: String) -> RuleExample {
        RuleExample(
            issuer:
                "url: https://mcp.example.com\nmode: external\nupstream: http://127.0.0.1:3930\n# no users\n# no store\n"
                + "routes: \(routes)", connector: "verify: application")
    }

    let documentation = RuleDocumentation(
        .issuerClaimsHost, isHard: true, failing: [Self.example("[↓/]")],
        passing: [Self.example("[/authorize, /token, /register, /login]")], references: [])

    func check(_ context: RuleContext) -> [Diagnostic] {
        let routes = context.draft.issuer?.routes ?? []
        return routes.filter { $0.value.text == "/" }.map { route in
            finding(
                "issuer.routes leads the whole host to the issuer", at: route.span, "would be `location /`",
                help: "list its endpoints and pages: `routes: [/authorize, /token, /register, /login]`")
        }
    }
}
