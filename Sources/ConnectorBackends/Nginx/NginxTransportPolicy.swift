import ConfigLanguages
import ConnectorPlan
import ConnectorSpec
import WebSyntax

/// A policy on a host, for servers that are told the same of it.
struct NginxTransportUse: Hashable {
    let policy: NginxTransportPolicy
    let audience: NginxHostLines.Audience

    init(_ resource: ResourcePlan, on host: HostPlan, _ origins: NginxOriginMaps) {
        policy = NginxTransportPolicy(resource, origins)
        audience = host.audience(NginxHostLines.audience(of: resource))
    }

    /// `transport-edge-3600s-4m_dexter.cash`, and for servers that read a host of their own
    /// `transport-edge-3600s-4m_own-host_dexter.cash`.
    func snippetName(on host: HostPlan) -> String {
        "\(policy.name)_\(audience == .ownHost ? "own-host_" : "")\(host.fileStem)"
    }
}

/// What transports may differ in besides where they lead: one snippet for each combination.
struct NginxTransportPolicy: Hashable {
    /// True where nginx asks the verifier.
    let isVerified: Bool
    /// Seconds.
    let readTimeout: Int
    /// Bytes.
    let maxBody: Int
    /// The list of origins whose pages may read what nginx says itself; nil without any.
    let list: Int?
    let corsOwner: ConnectorSection.CORSOwner

    /// By which names the application learns who is calling; the standard ones where nobody is verified.
    let identityNames: IdentityNames
    /// True where tokens of the application's own come through.
    let passesTokens: Bool

    init(_ resource: ResourcePlan, _ origins: NginxOriginMaps) {
        isVerified = resource.verification == .edge
        readTimeout = resource.readTimeout
        maxBody = resource.maxBody
        list = origins.list(of: resource)
        corsOwner = resource.corsOwner
        identityNames = isVerified ? resource.identityNames : .standard
        passesTokens = isVerified && !resource.passedPrefixes.isEmpty
    }

    /// What it is called: `transport-edge-3600s-4m`, `transport-application-60s-64k-origins-1-cors-nginx`.
    var name: String {
        let origins = list.map { "-origins-\($0)" } ?? ""
        let owner = corsOwner == .application ? "" : "-cors-\(corsOwner.rawValue)"
        return
            "\(base.rawValue)-\(NginxArgument.seconds(readTimeout).text)-\(NginxArgument.size(maxBody).text)\(origins)"
            + owner + passing + identity
    }

    private var passing: String { passesTokens ? "-own-tokens" : "" }

    /// The names that are not the standard ones: `-subject-x-user-id`.
    private var identity: String {
        let standard = IdentityNames.standard
        let names = [
            ("subject", identityNames.subject, standard.subject), ("issuer", identityNames.issuer, standard.issuer),
            ("client", identityNames.client, standard.client), ("scopes", identityNames.scopes, standard.scopes),
        ]
        return names.filter { $0.1 != $0.2 }.map { "-\($0.0)-\($0.1.asciiLowercased)" }.joined()
    }

    /// True where the lines that verified transports have in common are all of its own too.
    var isOrdinary: Bool { !passesTokens && identityNames == .standard }

    /// The snippet of what all transports have in common that are verified alike.
    var base: NginxSnippets.Shared { isVerified ? .verifiedTransport : .transport }

    /// True where preflights are answered before the MCP server.
    var answersPreflights: Bool { isVerified || corsOwner == .edge }

    /// What nginx says itself of a request that goes no further.
    func errorPages(of deployment: String) throws(Unrepresentable) -> [NginxDirective] {
        try NginxErrorAnswer.ofTransport(isVerified: isVerified).map { answer throws(Unrepresentable) in
            try answer.page(list, of: deployment)
        }
    }

    /// One side answers for CORS, or browsers see two headers and refuse both (nginx.md §2 row 24).
    func crossOrigin(
        _ origins: NginxOriginMaps, _ site: NginxSiteHeaders
    ) throws(Unrepresentable) -> [NginxDirective] {
        guard corsOwner != .application else { return [] }
        let hidden = NginxSharedDirectives.corsHeaders.map { NginxDirective("proxy_hide_header", [$0]) }
        guard corsOwner == .edge, let list else { return hidden }
        let headers: [(NginxArgument, NginxArgument)] = [
            ("Access-Control-Allow-Origin", .variable(try origins.variable(list))),
            ("Access-Control-Allow-Methods", "GET, POST, DELETE, OPTIONS"),
            (
                "Access-Control-Allow-Headers",
                "Authorization, Content-Type, Last-Event-ID, MCP-Protocol-Version, Mcp-Method, Mcp-Name, Mcp-Session-Id"
            ),
            ("Access-Control-Expose-Headers", NginxErrorAnswer.exposedHeaders), ("Vary", "Origin"),
        ]
        let own = headers.map { NginxDirective("add_header", [$0.0, $0.1, "always"]) }
        // Beside the verification's headers the site's stand already.
        return hidden + (isVerified ? own : site.beside(own))
    }
}
