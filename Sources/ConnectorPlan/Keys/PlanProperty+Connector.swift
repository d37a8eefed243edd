extension PlanProperty {
    static let connector: [PlanProperty] = [
        connector("name", "the connector's name", \.$connector),
        connector("public_url", "what users paste into the client: the transport's URL", \.$publicURL),
        connector("origin", "scheme, host and port of the public URL", \.$origin),
        connector("host", "the host of the public URL", \.$host),
        connector("path", "the path of the public URL", \.$path),
        connector("resource", "the resource identifier (RFC 9728, RFC 8707), the audience of tokens", \.$resource),
        connector("audience", "what aud must contain: the resource", \.audience),
        connector(
            "audiences", "all accepted audiences: the resource, then the client id, comma between", \.ownAudiences),
        connector("metadata_url", "the protected resource metadata that challenges name", \.$metadataURL),
        connector("client_id", "the advertised client id", \.$clientID),
        connector("scopes", "the scopes a client needs, blank between", \.$scopes, separator: " "),
        connector("upstream", "the address of the MCP server", \.$upstream),
        connector("upstream_host", "the host of the MCP server's address", \.upstreamHost),
        connector("upstream_port", "the port of the MCP server's address", \.upstreamPort),
        connector("upstream_path", "the path of the transport at the MCP server", \.upstreamPath),
        connector("allowed_origins", "origins whose browsers may call it, comma between", \.$allowedOrigins),
        connector("requires_auth", "true: every connector asks for a token", \.requiresAuth),
    ]
}
