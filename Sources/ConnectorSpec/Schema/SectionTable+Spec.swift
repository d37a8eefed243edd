import OAuthModel

extension SectionTable {
    /// The whole spec.
    package static let spec = SectionTable(
        "(top level)", "One deployment: an issuer, its connectors, the clients that may come, and what is generated.",
        [
            SpecKey("version", .constant(1), .required, "The version of this language.", example: "1"),
            SpecKey(
                "name", .text(.name), .required, "Names the deployment; becomes part of file and upstream names.",
                example: "demo"),
            SpecKey(
                "issuer", .section(.issuer), .required, "Who issues tokens, and how clients become known to it.",
                example: "{ url: https://mcp.example.com/mcp, mode: local, users: { file: /etc/connectorgen/users } }"),
            SpecKey(
                "connectors", .map(keys: .name, values: .section(.connector)), .required,
                "The protected resources by name, each with the MCP server behind it.",
                example: "{ mcp: { public_url: https://mcp.example.com/mcp, upstream: http://127.0.0.1:3930 } }"),
            SpecKey(
                "clients", .list(.either([.text(.profileName), .section(.client)])), .optional("none"),
                "Profiles of the catalogue by name, and predefined clients.",
                example: "[chatgpt, claude, { id: cid_example, label: billing bot }]"),
            SpecKey(
                "trusted_hosts", .list(.text(.hostPattern)), .optional("the hosts of the enabled profiles alone"),
                "Hosts that may register clients and be redirected to, besides those of the enabled profiles. One that is taken "
                    + "out gets no more codes and no more tokens.",
                example: "[chatgpt.com, claude.ai]"),
            SpecKey(
                "trusted_redirects", .list(.text(.redirectURI)), .optional("those of the enabled profiles alone"),
                "Further redirects that any client may register, byte for byte: private-use schemes (RFC 8252 §7.1), which no "
                    + "host stands for. With a host part, `vscode://publisher.ext/…`, every path of that application counts.",
                example: "[\"com.raycast:/oauth\", \"vscode://publisher.ext/callback\"]"),
            SpecKey(
                "page_hosts", .list(.text(.hostPattern)), .optional("the hosts of the enabled profiles alone"),
                "Further hosts for the pages that clients name (`client_uri`, logo, terms, policy); never for redirects.",
                example: "[github.com]"),
            SpecKey(
                "targets", .section(.targets), .optional("no nginx, env or Keycloak output"), "What is generated.",
                example: "{ nginx: { server_names: [mcp.example.com] } }"),
            SpecKey(
                "environments", .map(keys: .name, values: .overlay), .optional("none"),
                "Partial specs by name; `--environment NAME` lays one over the whole, mapping by mapping.",
                example: "{ staging: { issuer: { url: https://staging.example.com/mcp } } }"),
        ])

    /// What an overlay may hold: everything but further overlays.
    static let overlay = SectionTable(
        "environments.NAME", "What differs in one environment.", spec.keys.filter { $0.name != "environments" })

    static let secret = SectionTable(
        "SECRET", "Where a secret is found; never the secret itself. Exactly one of the keys.",
        [
            SpecKey(
                "env", .text(.environmentName), .conditional("or `file`"), "The variable that holds it.",
                example: "SUPABASE_OAUTH_SECRET"),
            SpecKey(
                "file", .text(.filePath), .conditional("or `env`"), "The file that holds it, mode 0600.",
                example: "/etc/connectorgen/oauth-secret"),
        ])

    static let client = SectionTable(
        "clients[]", "A profile of the catalogue with changes, or a client that is known before it comes.",
        [
            SpecKey(
                "profile", .text(.profileName), .conditional("or `id`"), "A profile of the catalogue.",
                example: "chatgpt"),
            SpecKey(
                "id", .text(.clientID), .conditional("or `profile`"), "The client's identifier, kept byte for byte.",
                example: "cid_example"),
            SpecKey(
                "label", .text(.plain), .optional("the id or the profile's name"), "What people read.",
                example: "old ChatGPT registration"),
            SpecKey(
                "status", .choice(names(of: ClientStatus.self)), .optional("active"),
                "`legacy` is accepted and not advertised; `ignored` is refused and listed.", example: "legacy"),
            SpecKey(
                "redirect_uris", .list(.text(.redirectURI)), .optional("those of the profile"),
                "Where the client may be sent back to, byte for byte.",
                example: "[https://client.example.com/callback]"),
            SpecKey(
                "auth_method", .choice(names(of: AuthenticationMethod.self)),
                .optional("none, or with a secret both client_secret_basic and client_secret_post"),
                "The one way in which the client authenticates at the token endpoint.", example: "client_secret_post"),
            SpecKey(
                "secret", .section(.secret), .optional("none"), "The client's secret.",
                example: "{ env: BILLING_BOT_SECRET }"),
            SpecKey(
                "jwks_uri", .text(.publicURL), .conditional("required with auth_method private_key_jwt"),
                "Where the client's public keys are (RFC 7591 §2).", example: "https://client.example.com/jwks.json"),
            SpecKey(
                "scopes", .list(.text(.scope)), .optional("all there are"), "The scopes that it may be granted.",
                example: "[mcp.tools]"),
            SpecKey(
                "introspects", .boolean, .optional("false"),
                "A resource server, which may ask about tokens of other clients (RFC 7662); needs a secret or keys.",
                example: "true"),
        ])

    /// The spellings of a closed choice, in the order they are declared.
    static func names<Choice: CaseIterable & RawRepresentable<String>>(of type: Choice.Type) -> [String] {
        Choice.allCases.map(\.rawValue)
    }
}
