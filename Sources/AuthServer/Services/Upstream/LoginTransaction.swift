import Cryptography
import JSONSyntax
import OAuthProtocol
import WebSyntax

/// What is kept of an authorization request while the person is at the provider: in the store, by the digest of the
/// `state` that went there.
struct LoginTransaction: Hashable, Sendable {
    let request: AuthorizationRequest
    /// The digest of the nonce of the browser that was sent there: no other one may bring the answer.
    let browser: SecretHash
    /// True once an answer was taken: a code is redeemed once, whatever becomes of it.
    var isAnswered = false

    init(request: AuthorizationRequest, browser: OpaqueToken) throws(CryptographyError) {
        self.request = request
        self.browser = try SecretHash(of: browser.text)
    }

    /// Nil for a text that this server did not write.
    init?(stored details: String, clientID: String) {
        guard let json = try? JSON.parse(Array(details.utf8)),
            let request = json["request"]?.string.flatMap({ AuthorizationRequest(stored: $0, clientID: clientID) }),
            let browser = json["browser"]?.string.flatMap({ Base64URL.decode($0) }).flatMap({ SecretHash($0) })
        else { return nil }
        self.request = request
        self.browser = browser
        isAnswered = json["answered"] == true
    }

    var storedText: String {
        let json: JSON = [
            "request": .string(request.storedText()), "browser": .string(Base64URL.encode(browser.bytes)),
            "answered": .bool(isAnswered),
        ]
        return String(decoding: json.encoded(.compact), as: UTF8.self)
    }

    func isOf(_ browser: OpaqueToken) throws(CryptographyError) -> Bool {
        try SecretHash(of: browser.text) == self.browser
    }
}
