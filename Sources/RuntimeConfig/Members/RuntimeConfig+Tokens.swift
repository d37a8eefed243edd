package import OAuthModel
import WebSyntax

extension RuntimeConfig {
    package struct Tokens: Hashable, Sendable {
        package var format: TokenFormat
        /// Seconds.
        package var accessLifetime: Int
        /// Seconds that a refresh token lasts unused.
        package var refreshLifetime: Int
        /// Seconds from the user's consent on; no token of the grant outlives them, however often it is refreshed.
        package var grantLifetime: Int

        package init(format: TokenFormat, accessLifetime: Int, refreshLifetime: Int, grantLifetime: Int = 365 * 86_400)
        {
            self.format = format
            self.accessLifetime = accessLifetime
            self.refreshLifetime = refreshLifetime
            self.grantLifetime = grantLifetime
        }
    }
}

package enum TokensKey: String, RuntimeKey {
    case format
    case accessLifetime = "access_lifetime"
    case refreshLifetime = "refresh_lifetime"
    case grantLifetime = "grant_lifetime"
}

extension RuntimeConfig.Tokens {
    static let codec = ValueCodec.object(
        Member(TokensKey.format, .word, "What an access token is.", { $0.format }),
        Member(TokensKey.accessLifetime, .seconds, "How long an access token lasts.", { $0.accessLifetime }),
        Member(TokensKey.refreshLifetime, .seconds, "How long a refresh token lasts unused.", { $0.refreshLifetime }),
        Member(
            TokensKey.grantLifetime, .seconds, "From the consent on; no token of the grant outlives it.",
            { $0.grantLifetime })
    ) { Self(format: $0, accessLifetime: $1, refreshLifetime: $2, grantLifetime: $3) }
}
