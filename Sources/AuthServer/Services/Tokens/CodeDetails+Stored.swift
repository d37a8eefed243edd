import JSONSyntax
import OAuthProtocol

extension CodeDetails {
    /// Reads what a code remembers; nil for a text that this server did not write.
    init?(stored text: String) {
        guard let json = try? JSON.parse(Array(text.utf8)), case .number(let number)? = json["auth_time"],
            let seconds = number.double, seconds >= 0, seconds < 1e12
        else { return nil }
        self.init(nonce: json["nonce"]?.string, authenticatedAt: UnixTime(seconds: Int64(seconds)))
    }
}
