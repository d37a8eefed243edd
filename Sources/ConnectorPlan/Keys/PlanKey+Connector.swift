import ConnectorSpec
import OAuthModel
import WebSyntax

extension PlanKey {
    static let connector: [PlanKey] = [
        connector("name", "the connector's name") { .written($0.resource.connector, at: $0.section.name.span) },
        connector("public_url", "what users paste into the client: the transport's URL") {
            .written($0.resource.publicURL, at: $0.section.publicURL.span)
        },
        connector("origin", "scheme, host and port of the public URL") {
            .derived($0.resource.origin, "\($0.key).public_url: without its path", from: [$0.section.publicURL.span])
        },
        connector("host", "the host of the public URL") {
            .derived($0.resource.host, "\($0.key).public_url: its host", from: [$0.section.publicURL.span])
        },
        connector("path", "the path of the public URL") {
            .derived($0.resource.path, "\($0.key).public_url: its path", from: [$0.section.publicURL.span])
        },
        connector("resource", "the resource identifier (RFC 9728, RFC 8707), the audience of tokens") {
            .optional(
                $0.resource.resource, writtenAt: $0.section.resource?.span,
                otherwise: "the same as \($0.key).public_url", from: $0.section.publicURL.span)
        },
        connector("audience", "what aud must contain: the resource") {
            .derived(
                $0.resource.audience, "\($0.key).resource: the same bytes",
                from: [$0.section.resource?.span ?? $0.section.publicURL.span])
        },
        connector("audiences", "all accepted audiences: the resource, then the client id, comma between") {
            .list(
                [$0.resource.audience] + ($0.resource.clientID.map { [$0] } ?? []), separator: ",",
                rule: "derived from \($0.key).resource and \($0.key).client_id",
                from: [$0.section.resource?.span ?? $0.section.publicURL.span]
                    + ($0.section.clientID.located.map { [$0.span] } ?? []))
        },
        connector("metadata_url", "the protected resource metadata that challenges name") {
            .derived(
                $0.resource.metadataURL,
                "\($0.key).\($0.section.resource == nil ? "public_url" : "resource"): "
                    + "path inserted after /.well-known/oauth-protected-resource (RFC 9728 §3.1)",
                from: [$0.section.resource?.span ?? $0.section.publicURL.span])
        },
        connector("client_id", "the advertised client id") { scope in
            scope.section.clientID.located.map { .written($0.value.text, at: $0.span) }
        },
        connector("scopes", "the scopes a client needs, blank between") {
            .list($0.resource.scopes, source: .written, rule: "written", from: $0.section.scopes.map(\.span))
        },
        connector("upstream", "the address of the MCP server") {
            .written($0.section.upstream.value.text, at: $0.section.upstream.span)
        },
        connector("upstream_host", "the host of the MCP server's address") { scope in
            guard case .tcp(let host, _) = scope.section.upstream.value.address else { return nil }
            return .derived(host, "\(scope.key).upstream: its host", from: [scope.section.upstream.span])
        },
        connector("upstream_port", "the port of the MCP server's address") { scope in
            guard case .tcp(_, let port) = scope.section.upstream.value.address else { return nil }
            return .derived(String(port), "\(scope.key).upstream: its port", from: [scope.section.upstream.span])
        },
        connector("upstream_path", "the path of the transport at the MCP server") { scope in
            guard let path = scope.section.upstream.value.path else {
                return .derived(
                    scope.resource.path, "the path of \(scope.key).public_url, since \(scope.key).upstream has none",
                    from: [scope.section.publicURL.span])
            }
            return .derived(
                path,
                "\(scope.key).upstream: its path; \(scope.resource.path) leads to it, and what is below the one to what is "
                    + "below the other", from: [scope.section.upstream.span, scope.section.publicURL.span])
        },
        connector("allowed_origins", "origins whose browsers may call it, comma between") { scope in
            let written = scope.section.allowedOrigins
            return .list(
                scope.resource.allowedOrigins, separator: ",", source: written.isEmpty ? .default : .written,
                rule: written.isEmpty ? "default: no origin" : "written",
                from: written.isEmpty ? [scope.section.span] : written.map(\.span))
        },
        connector("requires_auth", "true: every connector asks for a token") {
            PlanValue(
                content: .text("true"), source: .default, rule: "default: every connector asks for a token",
                origins: [$0.section.span])
        },
    ]

    private static func connector(
        _ name: String, _ summary: String, _ resolve: @escaping @Sendable (ConnectorScope) -> PlanValue?
    ) -> PlanKey {
        PlanKey("connector.\(name)", summary) { $0.connector.flatMap(resolve) }
    }
}

extension ConnectorScope {
    /// How messages name its section: `connectors.mcp`.
    var key: String { "connectors.\(resource.connector)" }
}
