import CSodium
import WebSyntax

/// The argon2id hash of a password in its usual spelling: `$argon2id$v=19$m=65536,t=2,p=1$salt$hash`.
///
/// Checking and making take a tenth of a second and the memory that the text names, on the thread that calls: never
/// call them on the concurrency pool. A text obeys its own cost when it is checked, so ``parse(_:)`` caps it.
package struct PasswordHash: Sendable, Hashable, CustomStringConvertible {
    package let text: String
    package let cost: Cost
    /// What stands in the text, decoded.
    private let salt, digest: [UInt8]

    package struct Cost: Sendable, Hashable {
        package let memoryKiB: Int
        package let passes: Int

        package init(memoryKiB: Int, passes: Int) {
            self.memoryKiB = memoryKiB
            self.passes = passes
        }

        /// libsodium's setting for logins: 64 MiB, two passes.
        package static let interactive = Cost(memoryKiB: 65_536, passes: 2)
        /// The most that a configured hash may cost.
        package static let maximum = Cost(memoryKiB: 262_144, passes: 8)
    }

    private init(text: String, cost: Cost, salt: [UInt8], digest: [UInt8]) {
        self.text = text
        self.cost = cost
        self.salt = salt
        self.digest = digest
    }

    /// Reads a configured hash, with one spelling for each: the fields in their order, numbers without leading zeros.
    package static func parse(_ text: String) throws(CryptographyError) -> PasswordHash {
        let fields = text.utf8[...].split(separator: UInt8(ascii: "$"), omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
        guard text.utf8.count < crypto_pwhash_argon2id_STRBYTES, fields.count == 6, fields[0] == "" else {
            throw .malformed("password hash")
        }
        guard fields[1] == "argon2id", fields[2] == "v=19" else {
            throw .refused("a password hash must be argon2id, version 19")
        }
        let parameters = fields[3].utf8[...].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        guard parameters.count == 3, let memory = number(parameters[0], "m"), let passes = number(parameters[1], "t"),
            let lanes = number(parameters[2], "p"), lanes == 1, memory >= 8, passes >= 1,
            let salt = bytes(unpadded: fields[4]), salt.count == 16, let digest = bytes(unpadded: fields[5]),
            digest.count == 32
        else { throw .malformed("password hash") }
        guard memory <= Cost.maximum.memoryKiB, passes <= Cost.maximum.passes else {
            throw .refused(
                "a password hash may cost at most \(Cost.maximum.memoryKiB) KiB and \(Cost.maximum.passes) passes")
        }
        return PasswordHash(
            text: text, cost: Cost(memoryKiB: memory, passes: passes), salt: salt, digest: digest)
    }

    /// Makes the hash of a new password.
    package static func make(_ password: Secret, cost: Cost = .interactive) throws(CryptographyError) -> PasswordHash {
        try prepare()
        guard cost.memoryKiB <= Cost.maximum.memoryKiB, cost.passes <= Cost.maximum.passes else {
            throw .refused("this cost is over the maximum")
        }
        guard !password.bytes.isEmpty else { throw .refused("a password must not be empty") }
        var output = [CChar](repeating: 0, count: Int(crypto_pwhash_argon2id_STRBYTES))
        let isDone = password.withCharacters { characters in
            crypto_pwhash_argon2id_str(
                &output, characters, UInt64(password.bytes.count), UInt64(cost.passes), cost.memoryKiB * 1024) == 0
        }
        guard isDone else { throw .library("hash a password") }
        return try parse(String(decoding: output.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }

    /// True when the password is the one that was hashed. Throws when that could not be found out, for want of memory
    /// in all likelihood: libsodium's own check says the same of that as of a wrong password, so the hash is made anew
    /// here and compared.
    package func matches(_ password: Secret) throws(CryptographyError) -> Bool {
        guard !password.bytes.isEmpty else { return false }
        try Self.prepare()
        var output = [UInt8](repeating: 0, count: digest.count)
        let isDone = password.withCharacters { characters in
            crypto_pwhash(
                &output, UInt64(output.count), characters, UInt64(password.bytes.count), salt, UInt64(cost.passes),
                cost.memoryKiB * 1024, crypto_pwhash_ALG_ARGON2ID13) == 0
        }
        guard isDone else { throw .library("check a password") }
        return Digest.isEqual(output, digest)
    }

    /// The hash is no secret like the password, but nobody needs to see it either.
    package var description: String { "(password hash)" }

    private static func prepare() throws(CryptographyError) {
        guard sodium_init() >= 0 else { throw .library("start libsodium") }
    }

    /// The number of `name=number`, in one spelling.
    private static func number(_ field: Substring.UTF8View, _ name: String) -> Int? {
        guard field.starts(with: "\(name)=".utf8) else { return nil }
        let digits = field.dropFirst(name.utf8.count + 1)
        guard !digits.isEmpty, digits.count <= 9, digits.first != UInt8(ascii: "0"),
            digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
        else { return nil }
        return Int(Substring(digits))
    }

    /// The bytes that a text of standard base64 without padding stands for; nil when it is not such a text.
    private static func bytes(unpadded text: String) -> [UInt8]? {
        var translated: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "+"): translated.append(UInt8(ascii: "-"))
            case UInt8(ascii: "/"): translated.append(UInt8(ascii: "_"))
            case UInt8(ascii: "-"), UInt8(ascii: "_"): return nil
            default: translated.append(byte)
            }
        }
        return Base64URL.decode(translated)
    }
}

extension Secret {
    /// The bytes as C's characters; false for none, which no password is.
    fileprivate func withCharacters(_ body: (UnsafePointer<CChar>) -> Bool) -> Bool {
        bytes.withUnsafeBytes { bytes in
            bytes.assumingMemoryBound(to: CChar.self).baseAddress.map(body) ?? false
        }
    }
}
