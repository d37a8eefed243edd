import Cryptography
import WebSyntax

extension PasswordHash {
    /// A hash that costs as much to check as any of this cost, and that no password has: its salt and its value are
    /// random. Making it costs nothing.
    static func unmatched(_ cost: Cost, random: some RandomSource) throws(CryptographyError) -> PasswordHash {
        let salt = unpadded(try random.bytes(16))
        let value = unpadded(try random.bytes(32))
        return try parse("$argon2id$v=19$m=\(cost.memoryKiB),t=\(cost.passes),p=1$\(salt)$\(value)")
    }

    private static func unpadded(_ bytes: [UInt8]) -> String {
        String(decoding: Base64.encode(bytes).utf8.prefix { $0 != UInt8(ascii: "=") }, as: UTF8.self)
    }
}
