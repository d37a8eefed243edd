import Cryptography
import WebSyntax

/// What a form carries so that only the browser which got it can post it, and only for the request it was made for.
struct FormToken: Sendable {
    let text: String

    /// `browser` is the nonce of the cookie, `transaction` the handle of the pending authorization.
    init(browser: OpaqueToken, transaction: OpaqueToken, key: Secret) throws(CryptographyError) {
        let bound = Array("\(browser.text)\0\(transaction.text)".utf8)
        text = Base64URL.encode(try Digest.hmacSHA256(bound, key: key))
    }

    func matches(_ presented: String) -> Bool {
        Digest.isEqual(Array(text.utf8), Array(presented.utf8))
    }
}
