extension SectionTable {
    static let connector = SectionTable(
        "connectors.NAME", "A protected resource and the MCP server behind it.",
        [
            SpecKey(
                "public_url", .text(.publicURL), .required, "What people paste into their client.",
                example: "https://dexter.cash/mcp"),
            SpecKey(
                "resource", .text(.publicURL), .optional("public_url"),
                "The resource identifier (RFC 9728, RFC 8707), also the audience.", example: "https://dexter.cash/mcp"),
            SpecKey(
                "client_id", .text(.clientID),
                .conditional("required when the lane predefined is offered or dcr is static-client"),
                "The advertised mcp.client_id; null is an error.", example: "cid_example"),
            SpecKey(
                "upstream", .text(.upstreamURL), .required, "Where nginx finds the MCP server.",
                example: "http://127.0.0.1:3930"),
            SpecKey(
                "scopes", .list(.text(.scope)), .optional("none"), "Scopes of this resource.", example: "[mcp.tools]"),
            SpecKey(
                "aliases", .list(.text(.path)), .optional("none"),
                "Further paths on the same host, each a resource with its own documents.", example: "[/mcp2]"),
            SpecKey(
                "alias_hosts", .list(.text(.host)), .optional("none"),
                "Further hosts that serve this connector under the same path.", example: "[mcp.dexter.cash]"),
            SpecKey(
                "legacy_aliases", .list(.section(.legacyAlias)), .optional("none"),
                "Old endpoint families: served, never advertised.",
                example: "[{ path: /api/connector/oauth, sunset: 2027-03-31 }]"),
            SpecKey(
                "root_prm", .choice(names(of: ConnectorSection.RootPRM.self)),
                .optional("origin on a host with one resource, else off"),
                "The resource that the host's root document describes.", example: "origin"),
            SpecKey(
                "verify", .choice(names(of: ConnectorSection.Verification.self)),
                .optional("edge"),
                "Who checks tokens: nginx by connectorgen-auth, or the MCP server.", example: "edge"),
            SpecKey(
                "allowed_origins", .list(.text(.origin)), .optional("none"),
                "Pages that may call the transport.", example: "[https://chatgpt.com]"),
            SpecKey(
                "cors", .choice(names(of: ConnectorSection.CORSOwner.self)), .optional("application"),
                "Who answers cross-origin requests.", example: "nginx"),
            SpecKey(
                "rate_limit", .text(.rateLimit), .optional("none"), "Requests per client address.",
                example: "10/s burst 20"),
            SpecKey("max_body", .text(.byteSize), .optional("4m"), "Largest request body.", example: "4m"),
            SpecKey(
                "read_timeout", .text(.timeSpan), .optional("1h"), "How long a stream may be silent.", example: "1h"),
        ])

    static let legacyAlias = SectionTable(
        "connectors.NAME.legacy_aliases[]",
        "An old endpoint family, PATH/authorize, PATH/token and PATH/register: served, never advertised.",
        [
            SpecKey(
                "path", .text(.path), .required, "The path in front of the endpoint names.",
                example: "/api/connector/oauth"),
            SpecKey(
                "sunset", .text(.date), .required, "The day on which it goes away.", example: "2027-03-31"),
            SpecKey(
                "default_client", .text(.clientID), .optional("the connector's client_id"),
                "Stands in for a missing client_id.", example: "cid_example"),
        ])
}
