import ConfigLanguages
import ConnectorPlan
import ConnectorSpec
import RuntimeConfig
import WebSyntax

/// The directives of the snippets that are the same for all locations of a kind.
struct NginxSharedDirectives {
    private let inherited: NginxInheritedDirectives
    /// What adds the site's own headers to ours, where nginx knows how.
    private let headers: [NginxDirective]
    private let endpointAnswers: [NginxDirective]
    private let unavailable: NginxDirective
    private let notAllowed: NginxDirective
    private let noCookies: [NginxDirective]

    init(_ plan: DeploymentPlan, _ nginx: NginxPlan, _ origins: NginxOriginMaps) throws(Unrepresentable) {
        inherited = NginxInheritedDirectives(nginx.version)
        headers = nginx.version < SoftwareVersion(1, 29, 3) ? [] : [NginxDirective("add_header_inherit", ["merge"])]
        endpointAnswers = try NginxErrorAnswer.ofEndpoint.map { answer throws(Unrepresentable) in
            try answer.page(origins.endpointList)
        }
        unavailable = try NginxErrorAnswer.unavailable.page(origins.endpointList)
        notAllowed = try NginxErrorAnswer.notAllowed.page(nil)
        // An application that verifies for itself while another server signs people in may have pages and cookies of
        // its own below its path, and none of ours can come to it.
        noCookies = plan.issuer.isBundled ? IdentityHeaders.noCookies : []
    }

    func of(_ snippet: NginxSnippets.Shared) -> [NginxDirective] {
        switch snippet {
        case .answer: NginxErrorAnswer.common
        case .document: headers + Self.document + inherited.answered + NginxErrorAnswer.readOnly + [notAllowed]
        case .domainProof: Self.proof + inherited.answered + NginxErrorAnswer.readOnly + [notAllowed]
        case .endpoint: IdentityHeaders.blankedForServer + [Self.noRedirect] + endpoint + inherited.endpoint
        case .externalDocument:
            IdentityHeaders.blanked + [Self.noRedirect, unavailable] + Self.timeouts + inherited.proxiedDocument
        case .notFound:
            Self.notFound + inherited.answered + [NginxDirective("return", ["404", #"{"error":"not_found"}"#])]
        case .serverDocument:
            IdentityHeaders.blankedForServer + [Self.noRedirect, unavailable] + Self.timeouts
                + inherited.proxiedDocument
        case .transport: IdentityHeaders.blanked + noCookies + Self.stream + inherited.transport
        case .verifiedTransport:
            Self.verification + headers + IdentityHeaders.set + IdentityHeaders.noCookies + Self.stream
                + inherited.verifiedTransport
        }
    }

    private var endpoint: [NginxDirective] {
        // A body that fits the buffer is written to no file, and goes to the server in one piece.
        [NginxDirective("client_max_body_size", ["64k"]), NginxDirective("client_body_buffer_size", ["64k"])]
            + endpointAnswers + Self.timeouts
    }
}

extension NginxSharedDirectives {
    private static let timeouts = [
        NginxDirective("proxy_connect_timeout", ["5s"]), NginxDirective("proxy_read_timeout", ["60s"]),
        NginxDirective("proxy_send_timeout", ["60s"]),
    ]

    private static let verification =
        IdentityHeaders.verified.map {
            NginxDirective("auth_request_set", [.variable($0.variable), .variable($0.answer)])
        } + [
            NginxDirective(
                "auth_request_set", [.variable(IdentityHeaders.challenge), .variable(IdentityHeaders.challengeAnswer)]),
            NginxDirective(
                "auth_request_set",
                [.variable(IdentityHeaders.originVariable), .variable(IdentityHeaders.originAnswer)]),
        ] + NginxChallengeMap.directives

    /// The question to the verifier, but for the resource and what is said when it is away.
    static func question(_ nginx: NginxPlan, _ names: NginxNames) throws(Unrepresentable) -> [NginxDirective] {
        let target = try NginxArgument.literal("http://\(names.privateServer)\(VerificationContract.path)")
        return [NginxDirective("proxy_pass", [target])] + question + [noRedirect]
            + NginxInheritedDirectives(nginx.version).verification
    }

    private static let question = [
        NginxDirective("proxy_pass_request_body", ["off"]),
        NginxDirective("proxy_set_header", ["Content-Length", ""]),
        // Nothing of the client's but what the verifier reads: no number of fields, no size and no odd byte in one of
        // them can make the check fail, which would be 503 for a good token.
        NginxDirective("proxy_pass_request_headers", ["off"]),
        NginxDirective("proxy_set_header", ["Authorization", .variable(NginxVariable("http_authorization"))]),
        NginxDirective("proxy_set_header", ["Origin", .variable(.origin)]),
        NginxDirective(
            "proxy_set_header",
            [
                "Access-Control-Request-Method",
                .variable(NginxVariable("http_access_control_request_method")),
            ]),
        NginxDirective("proxy_set_header", [IdentityHeaders.originalMethod, .variable(.requestMethod)]),
        // The target as the application will read it, which the verifier judges: nginx has chosen the location, and so
        // the resource, by the path that it has decoded and resolved.
        NginxDirective(
            "proxy_set_header",
            [
                NginxArgument(headerName: VerificationContract.originalTarget),
                .variable(NginxVariable("request_uri")),
            ]),
        // A subrequest is held against this limit as well; the location that asks has held it already.
        NginxDirective("client_max_body_size", ["0"]),
        NginxDirective("proxy_connect_timeout", ["5s"]),
        NginxDirective("proxy_read_timeout", ["10s"]),
        NginxDirective("proxy_send_timeout", ["10s"]),
    ]

    /// The server knows its public URLs.
    private static let noRedirect = NginxDirective("proxy_redirect", ["off"])

    /// For every client, browsers among them, which ask beforehand for the header of the protocol's version.
    private static let document = [
        NginxDirective("default_type", ["application/json"]),
        NginxDirective("add_header", ["Cache-Control", "public, max-age=300", "always"]),
        NginxDirective("add_header", ["Access-Control-Allow-Origin", "*", "always"]),
        NginxDirective("add_header", ["Access-Control-Allow-Methods", NginxErrorAnswer.readingMethods, "always"]),
        NginxDirective(
            "add_header",
            ["Access-Control-Allow-Headers", "Authorization, Content-Type, MCP-Protocol-Version", "always"]),
        NginxDirective("add_header", ["X-Content-Type-Options", "nosniff", "always"]),
        // nginx takes the type of `return` from the path's extension, where it has one, before `default_type`.
        NginxDirective("types", block: NginxBlock()),
    ]

    private static let proof = [
        NginxDirective("default_type", ["text/plain"]), NginxDirective("types", block: NginxBlock()),
        NginxDirective("add_header", ["Cache-Control", "no-store", "always"]),
        NginxDirective("add_header", ["X-Content-Type-Options", "nosniff", "always"]),
    ]

    private static let notFound = [
        NginxDirective("default_type", ["application/json"]), NginxDirective("types", block: NginxBlock()),
        NginxDirective("add_header", ["Access-Control-Allow-Origin", "*", "always"]),
    ]

    /// An event stream goes through as it comes.
    private static let stream = [
        NginxDirective("proxy_buffering", ["off"]), NginxDirective("proxy_connect_timeout", ["5s"]),
    ]

    static let corsHeaders: [NginxArgument] = [
        "Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Access-Control-Allow-Methods",
        "Access-Control-Allow-Headers", "Access-Control-Expose-Headers", "Access-Control-Max-Age",
    ]

    /// Checks the upstream's certificate by name: by default nginx sends no name and checks none. Empty without TLS.
    static func tls(_ upstream: NginxUpstream) throws(Unrepresentable) -> [NginxDirective] {
        guard upstream.server.isTLS, case .tcp(let host, _) = upstream.server.address else { return [] }
        return [
            NginxDirective("proxy_ssl_server_name", ["on"]),
            NginxDirective("proxy_ssl_name", [try .literal(host)]),
            NginxDirective("proxy_ssl_verify", ["on"]),
            NginxDirective("proxy_ssl_verify_depth", ["3"]),
            NginxDirective("proxy_ssl_trusted_certificate", ["/etc/ssl/certs/ca-certificates.crt"]),
        ]
    }
}
