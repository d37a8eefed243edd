/// A regular expression small enough to read in one pass and never go back: characters, `[sets]` and `{counts}`.
///
/// `gh[pousr]_[A-Za-z0-9]{20,}` is one. `\` makes the next character literal; a count is `{n}`, `{n,}` or `{n,m}`, and
/// takes as many bytes as it may. So a set must not hold what the pattern asks for behind it, unless its count is
/// exact.
struct SecretPattern: Sendable {
    private struct Item: Sendable {
        var set: ByteSet
        var count: ClosedRange<Int>
    }

    private let items: [Item]
    /// The bytes with which it can begin.
    let first: ByteSet

    /// Nil for a text that is no such expression.
    init?(_ text: String) {
        var rest = text.utf8[...]
        var items: [Item] = []
        while let byte = rest.popFirst() {
            let set: ByteSet
            switch byte {
            case UInt8(ascii: "["):
                guard let end = rest.firstIndex(of: UInt8(ascii: "]")),
                    let parsed = ByteSet(ranges: Array(rest[..<end]))
                else { return nil }
                set = parsed
                rest = rest[rest.index(after: end)...]
            case UInt8(ascii: "\\"):
                guard let escaped = rest.popFirst() else { return nil }
                set = ByteSet(escaped)
            default: set = ByteSet(byte)
            }
            guard let count = Self.count(&rest) else { return nil }
            items.append(Item(set: set, count: count))
        }
        guard let first = items.first, first.count.lowerBound > 0 else { return nil }
        self.items = items
        self.first = first.set
    }

    /// How many bytes of `bytes` from `start` on it takes; nil when it does not match there.
    func length(in bytes: [UInt8], at start: Int) -> Int? {
        var index = start
        for item in items {
            var count = 0
            while count < item.count.upperBound, index < bytes.count, item.set.contains(bytes[index]) {
                index += 1
                count += 1
            }
            guard count >= item.count.lowerBound else { return nil }
        }
        return index - start
    }

    private static func count(_ rest: inout Substring.UTF8View) -> ClosedRange<Int>? {
        guard rest.first == UInt8(ascii: "{") else { return 1...1 }
        guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else { return nil }
        let parts = rest[rest.index(after: rest.startIndex)..<end].split(
            separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        rest = rest[rest.index(after: end)...]
        guard let least = parts.first.flatMap({ Int(Substring($0)) }) else { return nil }
        switch parts.count {
        case 1: return least...least
        case 2 where parts[1].isEmpty: return least...Int.max
        case 2: return Int(Substring(parts[1])).flatMap { $0 >= least ? least...$0 : nil }
        default: return nil
        }
    }
}

/// Any of the 256 bytes.
struct ByteSet: Sendable {
    private var bits: SIMD4<UInt64> = .zero

    init(_ byte: UInt8) { insert(byte) }

    /// `A-Za-z0-9_-`: ranges and single bytes; a hyphen at the end is itself. Nil when it holds nothing.
    init?(ranges text: [UInt8]) {
        guard !text.isEmpty else { return nil }
        var index = 0
        while index < text.count {
            if index + 2 < text.count, text[index + 1] == UInt8(ascii: "-") {
                guard text[index] <= text[index + 2] else { return nil }
                for byte in text[index]...text[index + 2] { insert(byte) }
                index += 3
            } else {
                insert(text[index])
                index += 1
            }
        }
    }

    private mutating func insert(_ byte: UInt8) { bits[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }

    func contains(_ byte: UInt8) -> Bool { bits[Int(byte >> 6)] & (1 << UInt64(byte & 63)) != 0 }

    /// In their order.
    var bytes: [UInt8] { (0...255 as ClosedRange<UInt8>).filter(contains) }
}
