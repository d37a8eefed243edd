import HTTPServer
import OAuthProtocol
import RuntimeConfig

/// Whose request it is, in fields that the application reads. Every byte that is not printable ASCII is
/// percent-encoded, and so is the percent sign, so that the application can decode what it gets.
struct IdentityFields {
    let headers: HTTPHeaders

    /// The most bytes of one field.
    private static let longest = 4_096

    /// Nil where a field would be too long: an application must never see half an identity.
    init?(_ facts: AccessTokenFacts) {
        var headers: HTTPHeaders = ["Cache-Control": "no-store"]
        for (name, value) in [
            (VerificationContract.subject, facts.subject), (VerificationContract.issuer, facts.issuer),
            (VerificationContract.client, facts.clientID), (VerificationContract.scopes, Scopes.text(facts.scopes)),
        ] where !value.isEmpty {
            let text = Self.encoded(value)
            guard text.utf8.count <= Self.longest else { return nil }
            headers.add(name, text)
        }
        self.headers = headers
    }

    /// A space inside stays, since scopes are parted by it; one at an end would be lost on the way.
    static func encoded(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for (index, byte) in bytes.enumerated() {
            let isEnd = index == 0 || index == bytes.count - 1
            if (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "%") || byte == 0x20 && !isEnd {
                result.append(byte)
            } else {
                result.append(UInt8(ascii: "%"))
                result += [byte >> 4, byte & 15].map { Self.digits[Int($0)] }
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static let digits = Array("0123456789ABCDEF".utf8)
}
