extension SectionTable {
    static let connector = SectionTable(
        "connectors.NAME", "A protected resource and the MCP server behind it.",
        [
            SpecKey(
                "public_url", .text(.publicURL), .required, "What people paste into their client.",
                example: "https://mcp.example.com/mcp"),
            SpecKey(
                "resource", .text(.publicURL), .optional("public_url"),
                "The resource identifier (RFC 9728, RFC 8707), also the audience.",
                example: "https://mcp.example.com/mcp"),
            SpecKey(
                "client_id", .text(.clientID),
                .conditional("required when the lane predefined is offered or dcr is static-client"),
                "The advertised mcp.client_id; null is an error.", example: "cid_example"),
            SpecKey(
                "upstream", .text(.upstreamURL), .required,
                "Where nginx finds the MCP server; a path is where the public path leads to, and what is below it is below it there too.",
                example: "http://127.0.0.1:3930"),
            SpecKey(
                "host_header", .choice(names(of: ConnectorSection.HostHeader.self)), .optional("public"),
                "What the MCP server reads in `Host`: the host of `public_url`, or its own (of `upstream`), "
                    + "for one that refuses others with 421 or 403.", example: "upstream"),
            SpecKey(
                "scopes", .list(.text(.scope)), .optional("none"), "Scopes of this resource.", example: "[mcp.tools]"),
            SpecKey(
                "aliases", .list(.text(.path)), .optional("none"),
                "Further paths on the same host, each a resource with its own documents.", example: "[/mcp2]"),
            SpecKey(
                "alias_hosts", .list(.text(.host)), .optional("none"),
                "Further hosts that serve this connector under the same path.", example: "[mcp.example.net]"),
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
                .optional("edge; application where another server issues the tokens"),
                "Who checks tokens: nginx by connectorgen-auth, or the MCP server.", example: "edge"),
            SpecKey(
                "allowed_origins", .list(.text(.origin)), .optional("none"),
                "Pages that may call the transport.", example: "[https://chatgpt.com]"),
            SpecKey(
                "cors", .choice(names(of: ConnectorSection.CORSOwner.self)), .optional("application"),
                "Who answers cross-origin requests.", example: "nginx"),
            SpecKey(
                "service_tokens", .list(.section(.serviceToken)), .optional("none"),
                "Bearer tokens of programs of your own, which sign in nowhere.",
                example: "[{ label: bridge, token: { env: BRIDGE_TOKEN } }]"),
            SpecKey(
                "openai_apps_challenge", .text(.proofText), .optional("none"),
                "What `/.well-known/openai-apps-challenge` answers while OpenAI verifies the domain.",
                example: "openai-verify-example"),
            SpecKey(
                "rate_limit", .text(.rateLimit), .optional("none"), "Requests per client address.",
                example: "10/s burst 20"),
            SpecKey("max_body", .text(.byteSize), .optional("4m"), "Largest request body.", example: "4m"),
            SpecKey(
                "read_timeout", .text(.timeSpan), .optional("1h"), "How long a stream may be silent.", example: "1h"),
        ])

    static let serviceToken = SectionTable(
        "connectors.NAME.service_tokens[]",
        "The bearer token of a program of your own: it never expires, and is good for this connector alone.",
        [
            SpecKey(
                "label", .text(.name), .required, "Names it in logs; one of each in a deployment.", example: "bridge"),
            SpecKey(
                "token", .section(.serviceSecret), .required, "How the server recognises it.",
                example: "{ env: BRIDGE_TOKEN }"),
            SpecKey(
                "subject", .text(.plain), .optional("the label"), "Whom the MCP server takes it for.",
                example: "service-bridge"),
            SpecKey(
                "scopes", .list(.text(.scope)), .optional("all of the connector's"), "What it may do.",
                example: "[mcp.tools]"),
        ])

    static let serviceSecret = SectionTable(
        "connectors.NAME.service_tokens[].token",
        "A digest of the token, or where the token is found; never the token itself. Exactly one of the keys.",
        [
            SpecKey(
                "sha256", .text(.digest), .conditional("or `env` or `file`"), "Its SHA-256.",
                example: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
            SpecKey(
                "env", .text(.environmentName), .conditional("or `sha256` or `file`"), "The variable that holds it.",
                example: "BRIDGE_TOKEN"),
            SpecKey(
                "file", .text(.filePath), .conditional("or `sha256` or `env`"), "The file that holds it, mode 0600.",
                example: "/etc/connectorgen/bridge-token"),
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
