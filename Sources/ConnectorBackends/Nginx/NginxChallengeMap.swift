import ConfigLanguages
import ConnectorPlan
import ConnectorSpec
import RuntimeConfig

/// Whose `WWW-Authenticate` a client reads behind `verify: edge`: of a 401 ours, of everything else the application's.
///
/// The token was good, so that an application's own 401 is about something else, and a client that followed its
/// challenge (`Basic`, none, or the metadata of another server) would throw the token away and sign in for ever. The
/// status stays: nginx can change it by `proxy_intercept_errors` alone, which would take the application's own 500 and
/// 429, with what they say to the client, for failures of the edge. A 403 is the application's to explain (step-up, MCP
/// authorization).
enum NginxChallengeMap {
    /// Variables belong to the whole http level, where another deployment may have its own.
    private static func variable(_ deployment: String) throws(Unrepresentable) -> NginxVariable {
        try NginxVariable("connectorgen_challenge", of: deployment)
    }

    /// `401` is what the upstream said; of its own 401 nginx relays the verifier's header by itself.
    static func print(_ plan: DeploymentPlan, to printer: inout NginxPrinter) throws(Unrepresentable) {
        guard plan.resources.contains(where: { $0.verification == .edge }) else { return }
        let comment = try NginxLanguage.commentText("challenges: of a 401 this deployment's, else the MCP server's own")
        printer.blankLine()
        try printer.block(
            "map", .variable(NginxVariable("upstream_status")), .variable(variable(plan.name)), comments: [comment]
        ) { printer in
            printer.append("default", .variable(NginxVariable(answerHeader: "WWW-Authenticate")))
            printer.append("401", .variable(IdentityHeaders.challenge))
        }
    }

    /// Hides the application's and writes the one that is right; an empty value writes nothing.
    static func directives(_ deployment: String) throws(Unrepresentable) -> [NginxDirective] {
        [
            NginxDirective("proxy_hide_header", ["WWW-Authenticate"]),
            NginxDirective("add_header", ["WWW-Authenticate", .variable(try variable(deployment)), "always"]),
        ]
    }
}
