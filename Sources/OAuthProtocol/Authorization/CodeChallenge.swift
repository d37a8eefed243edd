import WebSyntax

/// The `S256` challenge of a client (RFC 7636 §4.2); no other method exists here.
package struct CodeChallenge: Hashable, Sendable {
    package enum Fault: Error, Hashable, Sendable { case missing, malformed, missingMethod, otherMethod }

    /// 43 bytes of base64url: 32 bytes of SHA-256.
    package let text: String

    package init(_ challenge: String?, method: String?) throws(Fault) {
        guard let challenge else { throw .missing }
        guard challenge.utf8.count == 43, Base64URL.decode(challenge)?.count == 32 else { throw .malformed }
        guard let method else { throw .missingMethod }
        guard method.hasSameBytes(as: "S256") else { throw .otherMethod }
        text = challenge
    }

    /// A challenge that was checked before it was stored.
    package init(stored text: String) {
        self.text = text
    }

    /// True for 43 to 128 unreserved characters (RFC 7636 §4.1).
    package static func isVerifier(_ text: String) -> Bool {
        (43...128).contains(text.utf8.count) && text.utf8.allSatisfy(\.isUnreserved)
    }

    /// True when the verifier hashes to this challenge. All bytes are looked at, wherever the first difference is.
    package func isSatisfied(by verifier: String, sha256: ([UInt8]) -> [UInt8]) -> Bool {
        let computed = Base64URL.encode(sha256(Array(verifier.utf8)))
        guard computed.utf8.count == text.utf8.count else { return false }
        return zip(computed.utf8, text.utf8).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
