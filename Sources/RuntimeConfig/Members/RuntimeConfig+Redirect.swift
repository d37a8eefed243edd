package import OAuthModel
import WebSyntax

extension RuntimeConfig {
    package struct Redirect: Hashable, Sendable {
        package var uri: String
        package var match: RedirectMatch

        package init(uri: String, match: RedirectMatch) {
            self.uri = uri
            self.match = match
        }
    }
}

package enum RedirectKey: String, RuntimeKey {
    case uri, match
}

extension RuntimeConfig.Redirect {
    static let codec = ValueCodec.object(
        Member(RedirectKey.uri, .text, "A redirect URI, or a pattern of one.", { $0.uri }),
        Member(RedirectKey.match, .word, "How it is compared.", { $0.match })
    ) { Self(uri: $0, match: $1) }
}
