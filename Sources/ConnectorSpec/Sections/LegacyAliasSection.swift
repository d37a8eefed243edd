package import Diagnostics
package import OAuthModel
package import WebSyntax

/// An old endpoint family, `<path>/authorize`, `<path>/token`, `<path>/register`: served, never advertised.
package struct LegacyAliasSection: Sendable {
    package var path: Located<RoutePath>
    package var sunset: Located<CalendarDate>
    /// Stands in for a missing `client_id`; default the connector's.
    package var defaultClient: Located<ClientID>?
    package var span: Span
}

extension LegacyAliasSection {
    static let keys = SectionKeys<Self>(
        "connectors.NAME.legacy_aliases[]",
        "An old endpoint family, PATH/authorize, PATH/token and PATH/register: served, never advertised.",
        Key("path", .path, "The path in front of the endpoint names.", example: "/api/connector/oauth"),
        Key("sunset", .date, "The day on which it goes away.", example: "2027-03-31"),
        Key(
            "default_client", .clientID, .optional("the connector's client_id"), "Stands in for a missing client_id.",
            example: "cid_example")
    ) { LegacyAliasSection(path: $1, sunset: $2, defaultClient: $3, span: $0.span) }
}
