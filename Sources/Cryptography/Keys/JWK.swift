package import JSONSyntax
import WebSyntax

/// A public key for verifying signatures, as a JSON Web Key (RFC 7517) tells it.
package struct JWK: Sendable, Hashable {
    package enum Key: Sendable, Hashable {
        case p256(P256PublicKey)
        case rsa(RSAPublicKey)
    }

    package let key: Key
    package let id: String?

    package init(_ key: Key, id: String?) {
        self.key = key
        self.id = id
    }

    /// The one algorithm that the key is used with.
    package var algorithm: JWSAlgorithm {
        switch key {
        case .p256: .es256
        case .rsa: .rs256
        }
    }

    /// The public members, with `alg` and `use`.
    package var json: JSON {
        var members: [JSONMember]
        switch key {
        case .p256(let key):
            members = [
                JSONMember("kty", "EC"), JSONMember("crv", "P-256"),
                JSONMember("x", .string(Base64URL.encode(key.x))), JSONMember("y", .string(Base64URL.encode(key.y))),
            ]
        case .rsa(let key):
            members = [
                JSONMember("kty", "RSA"), JSONMember("n", .string(Base64URL.encode(key.modulus))),
                JSONMember("e", .string(Base64URL.encode(key.exponent))),
            ]
        }
        members += [JSONMember("use", "sig"), JSONMember("alg", .string(algorithm.rawValue))]
        if let id { members.append(JSONMember("kid", .string(id))) }
        return .object(members)
    }

    func verify(_ signature: [UInt8], over message: [UInt8]) throws(CryptographyError) -> Bool {
        switch key {
        case .p256(let key): try key.verify(signature, over: message)
        case .rsa(let key): try key.verify(signature, over: message)
        }
    }
}

extension JWK {
    /// The members that only private and symmetric keys have (RFC 7518 §6.2.2, §6.3.2, §6.4.1).
    private static let privateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"]

    /// Reads one key. Nil for a key that we have no use for, which RFC 7517 §5 asks to be passed over: another type,
    /// curve or algorithm, or one for encryption. Throws for a private or symmetric key, a weak one, and a malformed
    /// one.
    package static func parse(_ json: JSON) throws(CryptographyError) -> JWK? {
        guard let members = json.members else { throw .malformed("JWK") }
        guard !members.contains(where: { privateMembers.contains($0.name) }) else {
            throw .refused("a private or symmetric key must not be published")
        }
        guard let type = json["kty"]?.string else { throw .malformed("JWK") }
        let id = try text(json, "kid")
        guard id.map({ !$0.isEmpty && $0.utf8.count <= 256 }) ?? true else { throw .malformed("JWK") }
        if let use = try text(json, "use"), use != "sig" { return nil }
        if let operations = json["key_ops"] {
            guard let operations = operations.array else { throw .malformed("JWK") }
            guard operations.contains("verify") else { return nil }
        }
        let key: Key
        switch type {
        case "EC":
            guard json["crv"]?.string == "P-256" else { return nil }
            guard let x = number(json, "x", length: 32), let y = number(json, "y", length: 32) else {
                throw .malformed("JWK")
            }
            key = .p256(try P256PublicKey(x: x, y: y))
        case "RSA":
            guard let n = number(json, "n"), let e = number(json, "e") else { throw .malformed("JWK") }
            key = .rsa(try RSAPublicKey(modulus: n, exponent: e))
        default: return nil
        }
        let jwk = JWK(key, id: id)
        if let algorithm = try text(json, "alg"), algorithm != jwk.algorithm.rawValue { return nil }
        return jwk
    }

    private static func text(_ json: JSON, _ name: String) throws(CryptographyError) -> String? {
        guard let member = json[name] else { return nil }
        guard let text = member.string else { throw .malformed("JWK") }
        return text
    }

    /// A big-endian number in base64url; of exactly that length where one is given.
    static func number(_ json: JSON, _ name: String, length: Int? = nil) -> [UInt8]? {
        guard let text = json[name]?.string, text.utf8.count <= 2048, let bytes = Base64URL.decode(text) else {
            return nil
        }
        return length.map { $0 == bytes.count } ?? true ? bytes : nil
    }
}
