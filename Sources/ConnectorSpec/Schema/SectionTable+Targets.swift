extension SectionTable {
    static let targets = SectionTable(
        "targets", "What is generated.",
        [
            SpecKey(
                "nginx", .section(.nginx), .optional("none"), "nginx location blocks.",
                example: "{ version: \"1.22\", server_names: [mcp.example.com] }"),
            SpecKey(
                "env", .list(.section(.env)), .optional("none"), "Env files.",
                example: "[{ file: mcp.env, dialect: node, vocabulary: connectorgen }]"),
            SpecKey(
                "keycloak", .section(.keycloak), .optional("none"), "Scripts that configure a Keycloak realm.",
                example: "{ realm: mcp, server: https://auth.example.com, version: \"26.4\" }"),
        ])

    static let nginx = SectionTable(
        "targets.nginx", "nginx location blocks, one file per host.",
        [
            SpecKey(
                "version", .text(.softwareVersion), .optional("1.22"), "The oldest nginx the output must run on.",
                example: "\"1.22\""),
            SpecKey(
                "server_names", .list(.text(.host)),
                .optional("the hosts of the connectors, and of an issuer that is ours"),
                "Hosts that this nginx serves.", example: "[mcp.example.com]"),
            SpecKey(
                "metadata", .choice(names(of: NginxTarget.Metadata.self)), .optional("static"),
                "`static`: nginx answers metadata documents itself; `proxied`: the server does.", example: "static"),
            SpecKey(
                "acme", .choice(names(of: NginxTarget.ACME.self)), .optional("inherit"),
                "Who answers /.well-known/acme-challenge/.", example: "external"),
            SpecKey(
                "include_dir", .text(.includeFolder), .optional("/etc/nginx/connectorgen"),
                "Where the folder nginx/ of the output stands for nginx: its locations include files from there.",
                example: "/etc/nginx/connectorgen"),
        ])

    static let env = SectionTable(
        "targets.env[]", "One env file, in one dialect.",
        [
            SpecKey("file", .text(.fileName), .required, "Its name under env/.", example: "mcp.env"),
            SpecKey(
                "dialect", .choice(names(of: EnvTarget.Dialect.self)), .required, "Who reads it.", example: "node"),
            SpecKey(
                "vocabulary", .text(.vocabularyName), .optional("none"), "The variable names that the service expects.",
                example: "connectorgen"),
            SpecKey(
                "variables", .map(keys: .environmentName, values: .either([.text(.plain), .section(.variable)])),
                .optional("none"), "Further variables: a text, a value of the plan or a secret.",
                example: "{ LOG_LEVEL: info, MCP_URL: { from: connector.public_url } }"),
            SpecKey(
                "connector", .text(.name), .conditional("required when there are several connectors"),
                "The connector that the variables speak of.", example: "mcp"),
            SpecKey(
                "app", .text(.plain), .conditional("dialect pm2; default the deployment's name"),
                "The name of the PM2 app.", example: "mcp"),
            SpecKey(
                "script", .text(.plain), .conditional("required for dialect pm2"),
                "PM2: the program that it starts; a relative path begins at `cwd`.", example: "server.mjs"),
            SpecKey(
                "cwd", .text(.filePath), .conditional("dialect pm2; default where pm2 is called"),
                "PM2: the folder that the program starts in.", example: "/srv/mcp"),
            SpecKey(
                "interpreter", .text(.plain), .conditional("dialect pm2; default by the script's extension"),
                "PM2: what runs the script; `none` for a program of its own.", example: "python3"),
        ])

    static let variable = SectionTable(
        "targets.env[].variables.NAME", "Where a variable's value comes from. Exactly one of the keys.",
        [
            SpecKey(
                "from", .text(.plain), .conditional("or `env` or `file`"),
                "A key of the plan, as `explain SPEC:KEY` has them.",
                example: "issuer.url"),
            SpecKey(
                "env", .text(.environmentName), .conditional("or `from` or `file`"), "The variable that holds it.",
                example: "MCP_JWT_SECRET"),
            SpecKey(
                "file", .text(.filePath), .conditional("or `from` or `env`"), "The file that holds it.",
                example: "/etc/connectorgen/jwt-secret"),
        ])

    static let keycloak = SectionTable(
        "targets.keycloak", "Scripts that bring a Keycloak realm into the planned state.",
        [
            SpecKey("realm", .text(.name), .required, "The realm; never master.", example: "mcp"),
            SpecKey(
                "server", .text(.publicURL), .required, "Base URL without /realms.", example: "https://auth.example.com"
            ),
            SpecKey(
                "version", .text(.softwareVersion), .required, "The server's version.", example: "\"26.4\""),
            SpecKey(
                "default_scope", .choice(names(of: KeycloakTarget.DefaultScope.self)), .optional("optional"),
                "How the audience scope reaches registered clients.", example: "permanent"),
            SpecKey(
                "admin_realm", .text(.name), .optional("realm"), "The realm that the administrator signs in to.",
                example: "master"),
            SpecKey(
                "admin_client", .text(.clientID), .optional("connectorgen"), "Service account of the scripts.",
                example: "connectorgen"),
            SpecKey(
                "tolerate_all_scopes", .boolean, .optional("false"),
                "Ensure the optional scopes that ChatGPT may ask for.", example: "true"),
        ])
}
