package import Diagnostics
package import OAuthModel

/// `issuer.tokens:`.
package struct TokensSection: Sendable {
    package var format: Located<TokenFormat>?
    /// Default 1 hour.
    package var accessLifetime: Located<TimeSpan>?
    /// Default 30 days, from last use.
    package var refreshLifetime: Located<TimeSpan>?
    /// Default a year from the consent on, or the refresh lifetime where that is longer.
    package var grantLifetime: Located<TimeSpan>?
    package var span: Span
}
