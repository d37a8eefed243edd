import ContentDigest
import Cryptography
import OAuthProtocol
import RuntimeConfig

/// Bearer tokens that the operator gave to programs of their own, each for one resource. They are known by their
/// SHA-256, never expire, and end when they leave the config.
struct ServiceTokens: Sendable {
    private let facts: [SecretHash: AccessTokenFacts]

    static let none = ServiceTokens(facts: [:])

    private init(facts: [SecretHash: AccessTokenFacts]) {
        self.facts = facts
    }

    init(_ config: RuntimeConfig, surroundings: Surroundings = .process) throws(StartFailure) {
        var facts: [SecretHash: AccessTokenFacts] = [:]
        for token in config.serviceTokens {
            let own = AccessTokenFacts(
                issuer: config.issuer, subject: token.subject, clientID: token.label, audience: token.resource,
                scopes: token.scopes, issued: 0, expires: .max)
            if let other = facts.updateValue(own, forKey: try Self.hash(of: token, surroundings)) {
                throw .environment("the service tokens \(other.clientID) and \(token.label) have the same value")
            }
        }
        self.init(facts: facts)
    }

    /// Nil for a token that is none of them.
    func facts(of token: String) -> AccessTokenFacts? {
        guard !facts.isEmpty, let hash = SecretHash(SHA256.hash(Array(token.utf8))) else { return nil }
        return facts[hash]
    }

    private static func hash(
        of token: RuntimeConfig.ServiceToken, _ surroundings: Surroundings
    ) throws(StartFailure) -> SecretHash {
        switch token.token {
        case .sha256(let text):
            guard let hash = SecretHash(hexadecimal: text) else {
                throw .environment("the SHA-256 of the service token \(token.label) is none")
            }
            return hash
        case .secret(let secret):
            let value = try secret.value(surroundings)
            guard let hash = SecretHash(SHA256.hash(value.bytes)) else {
                throw .environment("cannot hash the service token \(token.label)")
            }
            return hash
        }
    }
}

extension SecretHash {
    /// Reads 64 hexadecimal digits.
    init?(hexadecimal text: String) {
        let digits = text.utf8.map { UInt8(exactly: Character(UnicodeScalar($0)).hexDigitValue ?? -1) }
        guard digits.count == 64 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: 64, by: 2) {
            guard let high = digits[index], let low = digits[index + 1] else { return nil }
            bytes.append(high << 4 | low)
        }
        self.init(bytes)
    }
}
