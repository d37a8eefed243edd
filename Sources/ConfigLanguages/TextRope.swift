/// Text that is put together from bytes of its own and from blocks that many texts have.
///
/// Ten thousand locations repeat the same forty lines. A text keeps a reference to such a block and its place, so that
/// the lines are in memory once, until somebody asks for all ``bytes``.
package struct TextRope: Sendable {
    /// What no other text has, without gaps; printers write to its end.
    var own: [UInt8]
    /// In the order of their places.
    private var blocks: [Block] = []

    private struct Block {
        let bytes: [UInt8]
        /// How many of the own bytes stand before it.
        let place: Int
    }

    package init(_ bytes: [UInt8] = []) {
        own = bytes
    }

    /// The number of all bytes.
    package var count: Int { blocks.reduce(own.count) { $0 + $1.bytes.count } }

    package var last: UInt8? { blocks.last.map { $0.place == own.count ? $0.bytes.last : own.last } ?? own.last }

    /// All bytes, side by side.
    package var bytes: [UInt8] {
        if blocks.isEmpty { return own }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        var done = 0
        for block in blocks {
            bytes += own[done..<block.place]
            bytes += block.bytes
            done = block.place
        }
        bytes += own[done...]
        return bytes
    }

    // MARK: Appending

    package mutating func append(_ byte: UInt8) { own.append(byte) }

    package mutating func append(_ bytes: [UInt8]) { own += bytes }

    package mutating func append(_ bytes: ArraySlice<UInt8>) { own += bytes }

    /// A block that other texts have, too; it is not copied.
    package mutating func append(shared bytes: [UInt8]) {
        if !bytes.isEmpty { blocks.append(Block(bytes: bytes, place: own.count)) }
    }

    package mutating func append(_ other: TextRope) {
        let start = own.count
        own += other.own
        blocks += other.blocks.map { Block(bytes: $0.bytes, place: start + $0.place) }
    }
}

extension TextRope: Hashable {
    /// Two texts with the same bytes are the same, however they were put together.
    package static func == (left: TextRope, right: TextRope) -> Bool { left.bytes == right.bytes }
    package func hash(into hasher: inout Hasher) { hasher.combine(bytes) }
}
