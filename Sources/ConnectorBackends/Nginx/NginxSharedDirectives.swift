import ConfigLanguages
import ConnectorPlan
import ConnectorSpec
import RuntimeConfig
import WebSyntax

/// The directives of the snippets that are the same for all locations of a kind.
struct NginxSharedDirectives {
    private let inherited: NginxInheritedDirectives
    let site: NginxSiteHeaders
    private let endpointAnswers: [NginxDirective]
    private let unavailable: NginxDirective
    private let notAllowed: NginxDirective
    private let readOnlyAtServer: [NginxDirective]
    private let preflighted: [NginxDirective]
    private let noCookies: [NginxDirective]
    private let verification: [NginxDirective]

    init(_ plan: DeploymentPlan, _ nginx: NginxPlan, _ origins: NginxOriginMaps) throws(Unrepresentable) {
        inherited = NginxInheritedDirectives(mergesHeaders: nginx.mergesHeaders)
        site = try NginxSiteHeaders(nginx)
        endpointAnswers = try NginxErrorAnswer.ofEndpoint.map { answer throws(Unrepresentable) in
            try answer.page(origins.endpointList, of: plan.name)
        }
        unavailable = try NginxErrorAnswer.unavailable.page(origins.endpointList, of: plan.name)
        notAllowed = try NginxErrorAnswer.notAllowed.page(nil, of: plan.name)
        readOnlyAtServer = try NginxErrorAnswer.readOnlyAtServer(of: plan.name)
        preflighted = try NginxErrorAnswer.preflighted(of: plan.name)
        verification = Self.verification + (try NginxChallengeMap.directives(plan.name))
        // An application that verifies for itself while another server signs people in may have pages and cookies of
        // its own below its path, and none of ours can come to it.
        noCookies = plan.issuer.isBundled ? IdentityHeaders.noCookies : []
    }

    func of(_ snippet: NginxSnippets.Shared) -> [NginxDirective] {
        switch snippet {
        case .answer: site.beside(NginxErrorAnswer.common)
        case .document: site.beside(Self.document) + inherited.answered + NginxErrorAnswer.readOnly + [notAllowed]
        case .domainProof: site.beside(Self.proof) + inherited.answered + NginxErrorAnswer.readOnly + [notAllowed]
        case .endpoint:
            IdentityHeaders.blankedForServer + [Self.noRedirect] + endpoint + inherited.endpoint + site.ofSignIn
        case .externalEndpoint:
            IdentityHeaders.blanked + [Self.noRedirect] + Self.page + endpointAnswers + inherited.endpoint
                + site.ofSignIn
        case .externalDocument:
            IdentityHeaders.blanked + [Self.noRedirect, unavailable] + readOnlyAtServer + Self.timeouts
                + inherited.proxiedDocument + site.ofSignIn
        case .notFound:
            site.beside(Self.notFound) + inherited.answered + [
                NginxDirective("return", ["404", #"{"error":"not_found"}"#])
            ]
        case .preflight: site.beside(NginxErrorAnswer.common + preflighted)
        case .serverDocument:
            IdentityHeaders.blankedForServer + [Self.noRedirect, unavailable] + Self.timeouts
                + inherited.proxiedDocument + site.ofSignIn
        case .transport: IdentityHeaders.blanked + noCookies + Self.stream + inherited.transport
        case .verifiedTransport:
            verifiedTransport(.standard, passesTokens: false)
        }
    }

    /// What a transport says whose callers nginx verifies, by the names that its application reads.
    func verifiedTransport(_ names: IdentityNames, passesTokens: Bool) -> [NginxDirective] {
        let token = [
            NginxDirective(
                "auth_request_set",
                [.variable(IdentityHeaders.authorization), .variable(IdentityHeaders.authorizationAnswer)])
        ]
        return site.beside(verification + (passesTokens ? token : []))
            + IdentityHeaders.set(names, passesTokens: passesTokens) + IdentityHeaders.noCookies + Self.stream
            + inherited.verifiedTransport
    }

    private var endpoint: [NginxDirective] {
        // A body that fits the buffer is written to no file, and goes to the server in one piece.
        [NginxDirective("client_max_body_size", ["64k"]), NginxDirective("client_body_buffer_size", ["64k"])]
            + endpointAnswers + Self.timeouts
    }
}

extension NginxSharedDirectives {
    /// Endpoints and pages of an issuer of others: its forms may hold more than a token request.
    private static let page = [NginxDirective("client_max_body_size", ["1m"])] + timeouts

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
        ]

    /// The subrequest to the verifier, but for the resource and what is said when it is away.
    static func subrequest(_ nginx: NginxPlan, _ names: NginxNames) throws(Unrepresentable) -> [NginxDirective] {
        let target = try names.target(names.privateServer, VerificationContract.path, hasQuery: false)
        return [NginxDirective("proxy_pass", [target])] + subrequest + [noRedirect]
            + NginxInheritedDirectives(mergesHeaders: nginx.mergesHeaders).verification
    }

    /// Of the request's outside the verifier needs the address alone: it knows the resource by its name.
    private static let subrequest = [
        NginxDirective("proxy_http_version", ["1.1"]),
        NginxDirective("proxy_set_header", ["Host", "localhost"]),
        NginxDirective("proxy_set_header", ["X-Real-IP", .variable(.remoteAddress)]),
        NginxDirective("proxy_set_header", ["Connection", ""]),
        NginxDirective("absolute_redirect", ["off"]), NginxDirective("port_in_redirect", ["off"]),
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
    private static let document =
        [
            NginxDirective("default_type", ["application/json"]),
            NginxDirective("add_header", ["Cache-Control", "public, max-age=300", "always"]),
        ] + NginxErrorAnswer.pagesOfAll + [
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
