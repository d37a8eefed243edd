import ConfigLanguages
import ConnectorPlan
import RuntimeConfig

/// Where the preflights of a transport go that nginx verifies, or whose CORS it owns: to connectorgen-auth, which
/// answers 204, and never to the MCP server.
///
/// A preflight carries no token; the verifier lets exactly the genuine ones of allowed origins through (auth-server.md
/// §9). It must go no further, whoever owns CORS: with it would come a body, cookies and headers of which no token
/// vouches for anything.
///
/// Methods that `limit_except` does not name leave the location for a configuration of their own, which inherits the
/// question to the verifier and everything else. `proxy_pass` takes a path there from a variable alone, which is the
/// one exception to proxying to literal names; its map has one value.
enum NginxPreflights {
    /// Variables belong to the whole http level, where another deployment may have its own.
    private static func target(_ deployment: String) throws(Unrepresentable) -> NginxVariable {
        try NginxVariable("connectorgen_preflight", of: deployment)
    }

    static func directive(_ deployment: String) throws(Unrepresentable) -> NginxDirective {
        NginxDirective(
            "limit_except", methods,
            block: NginxBlock([NginxDirective("proxy_pass", [.variable(try target(deployment))])]))
    }

    /// What nginx has a name for, but for OPTIONS; GET stands for HEAD too.
    private static let methods: [NginxArgument] = [
        "GET", "POST", "PUT", "DELETE", "PATCH", "MKCOL", "COPY", "MOVE", "PROPFIND", "PROPPATCH", "LOCK", "UNLOCK",
    ]

    /// `map $request_method $connectorgen_preflight_dexter { default http://dexter_auth_private/_preflight; }`
    static func print(
        _ plan: DeploymentPlan, _ names: NginxNames, to printer: inout NginxPrinter
    ) throws(Unrepresentable) {
        guard plan.resources.contains(where: \.usesPrivateListener) else { return }
        let comment = try NginxLanguage.commentText("preflights of browsers, which reach no MCP server")
        let server = names.lookedUpAuthority(names.privateServer) ?? names.privateServer
        let answer = "http://\(server)\(VerificationContract.preflightPath)"
        printer.blankLine()
        try printer.block("map", .variable(.requestMethod), .variable(try target(plan.name)), comments: [comment]) {
            printer throws(Unrepresentable) in try printer.append("default", .literal(answer))
        }
    }
}
