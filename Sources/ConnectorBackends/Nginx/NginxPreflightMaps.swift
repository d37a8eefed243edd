import ConfigLanguages
import ConnectorPlan
import ConnectorSpec
import RuntimeConfig

/// Where the requests of a transport go that nginx verifies, or whose CORS it owns: `OPTIONS` to connectorgen-auth, which
/// answers 204; everything else to the MCP server. One exact map for each upstream.
///
/// A preflight carries no token; the verifier lets exactly the genuine ones of allowed origins through (auth-server.md
/// §9, which also makes this map the one exception to proxying to literal names). It must go no further, whoever owns
/// CORS: with it would come a body, cookies and headers of which no token vouches for anything.
struct NginxPreflightMaps {
    private let names: NginxNames
    private let comments: SpecComments
    private let upstreamNames: Set<String>
    private let hasMappedPaths: Bool
    private let deployment: String

    init(_ resources: [ResourcePlan], _ names: NginxNames, deployment: String, comments: SpecComments) {
        self.names = names
        self.comments = comments
        let answered = resources.filter(\.usesPrivateListener)
        upstreamNames = Set(answered.lazy.filter { $0.mappedPath == nil }.map(names.upstream(of:)))
        hasMappedPaths = answered.contains { $0.mappedPath != nil }
        self.deployment = deployment
    }

    /// The whole target of `proxy_pass`: `http://dexter_mcp`, or the answer to preflights.
    static func target(_ upstreamName: String) throws(Unrepresentable) -> NginxVariable {
        try NginxVariable("connectorgen_target", of: upstreamName)
    }

    /// `map $request_method $connectorgen_target_dexter_mcp { default http://dexter_mcp; OPTIONS …; }`, tagged with
    /// the index of the upstream.
    func print(to printer: inout NginxPrinter) throws(Unrepresentable) {
        let answer = "http://\(names.privateServer)\(VerificationContract.preflightPath)"
        if hasMappedPaths {
            let comment = try NginxLanguage.commentText("preflights of browsers, where a path leads to another")
            let variable = try NginxMappedPath.preflightTarget(deployment)
            printer.blankLine()
            try printer.block("map", .variable(.requestMethod), .variable(variable), comments: [comment]) {
                printer throws(Unrepresentable) in try printer.append("default", .literal(answer))
            }
        }
        for (index, upstream) in names.upstreams.enumerated() where upstreamNames.contains(upstream.name) {
            let comment = try NginxLanguage.commentText(
                comments.text(upstream.server.origins, "upstream, but for preflights of browsers"))
            printer.blankLine()
            try printer.block(
                "map", .variable(.requestMethod), .variable(Self.target(upstream.name)), tag: index,
                comments: [comment]
            ) { printer throws(Unrepresentable) in
                try printer.append(
                    "default", .literal("\(upstream.server.address.isTLS ? "https" : "http")://\(upstream.name)"))
                try printer.append("OPTIONS", .literal(answer))
            }
        }
    }
}
