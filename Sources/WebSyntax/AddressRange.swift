/// The addresses that begin with the same bits, as `set_real_ip_from` takes them: `10.0.0.0/8`, `2001:db8::/32`, or one
/// address (RFC 4632 §3.1, RFC 4291 §2.3).
package struct AddressRange: TextValue {
    package static let noun = "an address range"
    static let expected = "a range like 10.0.0.0/8 or 2001:db8::/32, or one address"

    package let text: String
    /// 4 bytes, or 16; those behind the prefix are 0.
    private let bytes: [UInt8]
    private let prefix: Int

    package init(parsing text: String) throws(InvalidValue) {
        if text.isEmpty { throw InvalidValue("is empty", expected: Self.expected, kind: .emptyValue) }
        try TemplateResidue.refuse(in: text, expected: Self.expected)
        let slash = text.utf8.firstIndex(of: .slash) ?? text.endIndex
        let address = String(text[..<slash])
        guard let bytes = NumericAddress.bytes(address) else {
            let bare = address.hasPrefix("[") && address.hasSuffix("]") ? String(address.dropFirst().dropLast()) : nil
            throw InvalidValue(
                "begins with no address", expected: Self.expected,
                suggestion: bare.flatMap { Self.suggestion($0 + text[slash...]) })
        }
        let length = bytes.count * 8
        prefix = slash == text.endIndex ? length : try Self.prefix(text[slash...].dropFirst(), of: length)
        self.bytes = bytes
        self.text = text
        // nginx warns of such a range, and takes it for the whole one.
        guard Self.masked(bytes, prefix) == bytes else {
            throw InvalidValue(
                "has bits of a host behind its prefix", expected: Self.expected,
                suggestion: NumericAddress.text(Self.masked(bytes, prefix)).map { "\($0)/\(prefix)" })
        }
    }

    /// True for a range that holds every address of its kind.
    package var isEverybody: Bool { prefix == 0 }

    /// Whether an address of 4 or 16 bytes is in the range; one of IPv4 inside IPv6 (RFC 4291 §2.5.5.2) is its IPv4
    /// address.
    package func contains(_ address: [UInt8]) -> Bool {
        let plain = NumericAddress.unmapped(address)
        return plain.count == bytes.count && Self.masked(plain, prefix) == bytes
    }

    private static func prefix(_ digits: Substring, of length: Int) throws(InvalidValue) -> Int {
        guard (1...3).contains(digits.utf8.count), digits.utf8.allSatisfy(\.isDigit),
            digits == "0" || digits.utf8.first != 0x30, let prefix = Int(digits), prefix <= length
        else { throw InvalidValue("has no prefix between 0 and \(length)", expected: expected) }
        return prefix
    }

    private static func masked(_ bytes: [UInt8], _ prefix: Int) -> [UInt8] {
        bytes.enumerated().map { index, byte in
            let kept = min(max(prefix - index * 8, 0), 8)
            return byte & UInt8(truncatingIfNeeded: 0xFF00 >> kept)
        }
    }
}

/// Addresses as they are written in numbers.
package enum NumericAddress {
    /// 4 bytes of `10.0.0.5`, 16 of `2001:db8::1`; nil for anything else.
    package static func bytes(_ text: String) -> [UInt8]? {
        if SocketAddress.isIPv4(text) { return text.split(separator: ".").compactMap { UInt8($0) } }
        guard !text.hasPrefix("["), SocketAddress.isIPv6("[\(text)]") else { return nil }
        let halves = text.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false).map {
            $0.split(separator: ":").compactMap { UInt16($0, radix: 16) }
        }
        let tail = halves.count == 2 ? halves[1] : []
        let zeros = 8 - halves[0].count - tail.count
        guard zeros >= (halves.count == 2 ? 1 : 0) else { return nil }
        let groups = halves[0] + [UInt16](repeating: 0, count: zeros) + tail
        return groups.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    }

    /// The IPv4 address that one of IPv6 carries (`::ffff:10.0.0.5`), else the address itself.
    package static func unmapped(_ bytes: [UInt8]) -> [UInt8] {
        let head = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
        return bytes.count == 16 && bytes.starts(with: head) ? Array(bytes.suffix(4)) : bytes
    }

    /// The usual spelling, without a shortened run of zeros for IPv6.
    static func text(_ bytes: [UInt8]) -> String? {
        guard bytes.count == 16 else { return bytes.map { String($0) }.joined(separator: ".") }
        let groups = stride(from: 0, to: 16, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        let end = (groups.lastIndex { $0 != 0 } ?? -1) + 1
        let written = groups[..<end].map { String($0, radix: 16) }.joined(separator: ":")
        return end == 8 ? written : written + "::"
    }
}
