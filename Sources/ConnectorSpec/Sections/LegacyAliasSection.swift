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
