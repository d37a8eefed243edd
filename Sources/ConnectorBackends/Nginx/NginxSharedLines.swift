import ConfigLanguages
import ConnectorPlan
import ConnectorSpec
import RuntimeConfig

/// What locations have in common, printed once: ten thousand connectors copy bytes.
struct NginxSharedLines {
    /// Asks the verifier's answers into variables; passes a 403 challenge on; answers for a verifier that is away.
    let verification: NginxLines
    /// What an application learns of a verified caller.
    let identity: NginxLines
    /// No word of a caller, for an application.
    let noIdentity: NginxLines
    /// The same for our own server.
    let noIdentityForServer: NginxLines
    /// The whole question to the verifier but for the resource.
    let question: NginxLines
    let endpoint: NginxLines
    /// What nginx says itself of a request that is too large or one too many.
    let refusals: NginxLines
    /// Behind `endpoint`, for requests whose query holds codes and states.
    let unlogged: NginxLines
    let document: NginxLines
    let proxiedDocument: NginxLines
    let hiddenCORS: NginxLines
    private let noTypes: NginxLines
    private let streams: [Stream: NginxLines]
    private let tls: [String: NginxLines]

    private struct Stream: Hashable {
        let readTimeout: Int
        let maxBody: Int

        init(_ resource: ResourcePlan) {
            readTimeout = resource.readTimeout
            maxBody = resource.maxBody
        }
    }

    init(_ plan: DeploymentPlan, _ nginx: NginxPlan) throws(Unrepresentable) {
        func lines(_ directives: [NginxDirective]) -> NginxLines { NginxPrinter.lines(depth: 1, directives) }
        let headers = nginx.version < SoftwareVersion(1, 29, 3) ? [] : [NginxDirective("add_header_inherit", ["merge"])]
        verification = lines(Self.verificationDirectives + headers)
        identity = lines(IdentityHeaders.set)
        noIdentity = lines(IdentityHeaders.blanked)
        noIdentityForServer = lines(IdentityHeaders.blankedForServer)
        question = lines(try Self.questionDirectives(nginx))
        endpoint = lines(Self.endpointDirectives)
        refusals = lines(Self.refusalDirectives)
        unlogged = lines([NginxDirective("access_log", ["off"])])
        document = lines(headers + Self.documentDirectives)
        proxiedDocument = lines([Self.unavailable] + Self.timeouts)
        hiddenCORS = lines(Self.corsHeaders.map { NginxDirective("proxy_hide_header", [$0]) })
        noTypes = lines([NginxDirective("types", block: NginxBlock())])
        var streams: [Stream: NginxLines] = [:]
        for resource in plan.resources where streams[Stream(resource)] == nil {
            streams[Stream(resource)] = lines(Self.streamDirectives(resource))
        }
        self.streams = streams
        var tls: [String: NginxLines] = [:]
        for upstream in nginx.upstreams where upstream.isTLS {
            tls[upstream.name] = lines(try Self.tlsDirectives(upstream))
        }
        self.tls = tls
    }

    func stream(_ resource: ResourcePlan) -> NginxLines? { streams[Stream(resource)] }

    /// The lines that check the upstream's certificate, where nginx speaks TLS to it.
    func tls(_ upstream: String) -> NginxLines? { tls[upstream] }

    /// nginx takes the type of `return` from the path's extension, where it has one, before `default_type`.
    func noTypes(for path: String) -> NginxLines? {
        let file = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path.utf8[$0...] } ?? path.utf8[...]
        return file.contains(UInt8(ascii: ".")) ? noTypes : nil
    }
}

extension NginxSharedLines {
    /// A dead or failing server behind nginx: JSON that says when to come again, never an HTML page.
    static let unavailable = NginxDirective("error_page", ["500", "502", "504", "=", "@connectorgen_unavailable"])

    private static let timeouts = [
        NginxDirective("proxy_connect_timeout", ["5s"]), NginxDirective("proxy_read_timeout", ["60s"]),
        NginxDirective("proxy_send_timeout", ["60s"]),
    ]

    private static let verificationDirectives =
        IdentityHeaders.verified.map {
            NginxDirective("auth_request_set", [.variable($0.variable), .variable($0.answer)])
        } + [
            NginxDirective(
                "auth_request_set", [.variable(IdentityHeaders.challenge), .variable(IdentityHeaders.challengeAnswer)]),
            NginxDirective("add_header", ["WWW-Authenticate", .variable(IdentityHeaders.challenge), "always"]),
            unavailable,
        ]

    private static func questionDirectives(_ nginx: NginxPlan) throws(Unrepresentable) -> [NginxDirective] {
        let target = try NginxArgument.literal("http://\(nginx.authPrivateUpstream)\(VerificationContract.path)")
        return [
            NginxDirective("internal"),
            NginxDirective("proxy_pass", [target]),
            NginxDirective("proxy_pass_request_body", ["off"]),
            NginxDirective("proxy_set_header", ["Content-Length", ""]),
            NginxDirective("proxy_set_header", [IdentityHeaders.originalMethod, .variable(.requestMethod)]),
            // A subrequest is held against this limit as well; the location that asks has held it already.
            NginxDirective("client_max_body_size", ["0"]),
            NginxDirective("proxy_connect_timeout", ["5s"]),
            NginxDirective("proxy_read_timeout", ["10s"]),
            NginxDirective("proxy_send_timeout", ["10s"]),
        ] + IdentityHeaders.blankedForVerifier
    }

    private static let endpointDirectives =
        [
            NginxDirective("client_max_body_size", ["64k"])
        ] + refusalDirectives + [unavailable] + timeouts

    private static let refusalDirectives = [
        NginxDirective("error_page", ["413", "=", "@connectorgen_too_large"]),
        NginxDirective("error_page", ["429", "=", "@connectorgen_too_many"]),
    ]

    /// For every client, browsers among them, which ask beforehand for the header of the protocol's version.
    private static let documentDirectives = [
        NginxDirective("default_type", ["application/json"]),
        NginxDirective("add_header", ["Cache-Control", "public, max-age=300", "always"]),
        NginxDirective("add_header", ["Access-Control-Allow-Origin", "*", "always"]),
        NginxDirective("add_header", ["Access-Control-Allow-Methods", "GET, HEAD, OPTIONS", "always"]),
        NginxDirective(
            "add_header",
            ["Access-Control-Allow-Headers", "Authorization, Content-Type, MCP-Protocol-Version", "always"]),
        NginxDirective("add_header", ["X-Content-Type-Options", "nosniff", "always"]),
    ]

    /// An event stream goes through as it comes, and may be silent for as long as the spec allows.
    private static func streamDirectives(_ resource: ResourcePlan) -> [NginxDirective] {
        [
            NginxDirective("proxy_buffering", ["off"]),
            NginxDirective("proxy_cache", ["off"]),
            NginxDirective("gzip", ["off"]),
            NginxDirective("proxy_connect_timeout", ["5s"]),
            NginxDirective("proxy_read_timeout", [.seconds(resource.readTimeout)]),
            NginxDirective("proxy_send_timeout", [.seconds(resource.readTimeout)]),
            NginxDirective("client_max_body_size", [.size(resource.maxBody)]),
        ]
    }

    static let corsHeaders: [NginxArgument] = [
        "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Access-Control-Allow-Methods",
        "Access-Control-Allow-Headers", "Access-Control-Expose-Headers", "Access-Control-Max-Age",
    ]

    /// By default nginx sends no name and checks no certificate.
    private static func tlsDirectives(_ upstream: UpstreamPlan) throws(Unrepresentable) -> [NginxDirective] {
        guard case .tcp(let host, _) = upstream.address else { return [] }
        return [
            NginxDirective("proxy_ssl_server_name", ["on"]),
            NginxDirective("proxy_ssl_name", [try .literal(host)]),
            NginxDirective("proxy_ssl_verify", ["on"]),
            NginxDirective("proxy_ssl_verify_depth", ["3"]),
            NginxDirective("proxy_ssl_trusted_certificate", ["/etc/ssl/certs/ca-certificates.crt"]),
        ]
    }
}
