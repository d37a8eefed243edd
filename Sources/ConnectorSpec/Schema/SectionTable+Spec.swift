extension SectionTable {
    /// The whole spec.
    package static let spec = SectionTable(
        "(top level)", "One deployment: an issuer, its connectors, the clients that may come, and what is generated.",
        [
            SpecKey("version", .constant(1), .required, "The version of this language.", example: "1"),
            Spec.nameKey.row,
            Spec.issuerKey.row,
            // Read by the decoder itself, several at a time where there are many.
            SpecKey(
                "connectors", .map(keys: .name, values: .section(ConnectorSection.keys.table)), .required,
                "The protected resources by name, each with the MCP server behind it.",
                example: "{ mcp: { public_url: https://mcp.example.com/mcp, upstream: http://127.0.0.1:3930 } }"),
            Spec.clientsKey.row,
            Spec.trustedHostsKey.row,
            Spec.trustedRedirectsKey.row,
            Spec.clientURIHostsKey.row,
            Spec.targetsKey.row,
            SpecKey(
                "environments", .map(keys: .name, values: .overlay), .optional("none"),
                "Partial specs by name; `--environment NAME` lays one over the whole, mapping by mapping.",
                example: "{ staging: { issuer: { url: https://staging.example.com/mcp } } }"),
        ])

    /// What an overlay may hold: everything but further overlays.
    static let overlay = SectionTable(
        "environments.NAME", "What differs in one environment.", spec.keys.filter { $0.name != "environments" })
}
