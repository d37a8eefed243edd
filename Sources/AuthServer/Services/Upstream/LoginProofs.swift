import Cryptography
import WebSyntax

/// What binds a login at a provider to the `state` that it began with. All of it is derived from that, so that nothing
/// secret is kept while the person is there.
struct LoginProofs: Sendable {
    struct Proof: Sendable {
        /// RFC 7636 §4.1, 4.2.
        let verifier, challenge: String
        /// OpenID Connect Core §3.1.2.1.
        let nonce: String
    }

    private let key: Secret

    init(key: Secret) {
        self.key = key
    }

    func proof(for state: OpaqueToken) throws(CryptographyError) -> Proof {
        let verifier = try derived("verifier", state)
        return Proof(
            verifier: verifier, challenge: Base64URL.encode(try Digest.sha256(verifier)),
            nonce: try derived("nonce", state))
    }

    private func derived(_ purpose: String, _ state: OpaqueToken) throws(CryptographyError) -> String {
        Base64URL.encode(try Digest.hmacSHA256(Array("\(purpose)\0\(state.text)".utf8), key: key))
    }
}
