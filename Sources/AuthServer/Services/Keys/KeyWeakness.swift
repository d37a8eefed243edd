import Cryptography
import Glibc

/// Why a secret that somebody chose is not good enough to derive all keys from.
enum KeyWeakness: Hashable, Sendable, CustomStringConvertible {
    case short(bytes: Int)
    /// A word from an example or a form.
    case wellKnown(String)
    /// Hardly anything in it is left to chance.
    case predictable

    /// Words that stand where a secret has yet to be put. Long enough that chance does not make them.
    private static let words = [
        "changeme", "change-me", "change_me", "changeit", "password", "passphrase", "example", "default", "insecure",
        "replace", "placeholder", "secret", "connectorgen",
    ]

    /// Bits that must be left when each byte counts as much as the bytes around it tell. 16 random bytes in
    /// hexadecimal have about 115, and practically never less than 90.
    private static let enough = 80.0

    /// Nil for a good secret.
    init?(of secret: Secret) {
        let bytes = secret.bytes
        guard bytes.count >= MasterKey.length else {
            self = .short(bytes: bytes.count)
            return
        }
        let lower = bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        if let word = Self.words.first(where: { lower.firstRange(of: Array($0.utf8)) != nil }) {
            self = .wellKnown(word)
            return
        }
        // A pattern that is repeated counts once.
        let part = Array(bytes.prefix(Self.period(of: bytes)))
        let steps = zip(part, part.dropFirst()).map { $1 &- $0 }
        let bits = min(Self.bitsEach(part), Self.bitsEach(steps)) * Double(part.count)
        guard bits < Self.enough else { return nil }
        self = .predictable
    }

    var description: String {
        switch self {
        case .short(let bytes): "has \(bytes) bytes and needs \(MasterKey.length) at least"
        case .wellKnown(let word): "has the word `\(word)` in it"
        case .predictable: "is a pattern that can be guessed"
        }
    }

    /// The shortest distance at which the bytes repeat; their count when they do not.
    private static func period(of bytes: [UInt8]) -> Int {
        (1..<max(2, bytes.count)).first { step in
            zip(bytes, bytes.dropFirst(step)).allSatisfy { $0 == $1 }
        } ?? bytes.count
    }

    /// The entropy of one byte among these (Shannon), from how often each occurs.
    private static func bitsEach(_ bytes: [UInt8]) -> Double {
        var counts = [Int](repeating: 0, count: 256)
        for byte in bytes { counts[Int(byte)] += 1 }
        return counts.filter { $0 > 0 }.reduce(0) { sum, count in
            let share = Double(count) / Double(bytes.count)
            return sum - share * log2(share)
        }
    }
}
