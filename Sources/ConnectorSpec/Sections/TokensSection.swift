package import Diagnostics
package import OAuthModel

/// `issuer.tokens:`.
package struct TokensSection: Sendable {
    package var format: Located<TokenFormat>?
    package var accessLifetime: Located<TimeSpan>?
    /// From last use.
    package var refreshLifetime: Located<TimeSpan>?
    /// From the consent on.
    package var grantLifetime: Located<TimeSpan>?
    package var span: Span
}

extension TokensSection {
    package enum Default {
        package static let format = TokenFormat.opaque
        package static let accessLifetime = TimeSpan.hours(1)
        package static let refreshLifetime = TimeSpan.days(30)
        /// The refresh lifetime where that is longer.
        package static let grantLifetime = TimeSpan.days(365)

        static let summary = "\(format.rawValue), \(accessLifetime.text) and \(refreshLifetime.text)"
    }

    static let keys = SectionKeys<Self>(
        "issuer.tokens", "Format and lifetimes of tokens.",
        Key(
            "format", .choice(TokenFormat.self), .standard(Default.format),
            "Random strings that the server looks up, or signed JWTs.", example: "opaque"),
        Key(
            "access_lifetime", .timeSpan, .standard(Default.accessLifetime), "How long an access token lasts.",
            example: "1h"),
        Key(
            "refresh_lifetime", .timeSpan, .standard(Default.refreshLifetime),
            "How long a refresh token lasts unused.", example: "30d"),
        Key(
            "grant_lifetime", .timeSpan,
            .optional("\(Default.grantLifetime.text), or refresh_lifetime where that is longer"),
            "How long a consent lasts, however often its tokens are refreshed.", example: "365d")
    ) {
        TokensSection(
            format: $1, accessLifetime: $2, refreshLifetime: $3, grantLifetime: $4, span: $0.span)
    }
}
