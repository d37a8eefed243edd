import TestSupport
import YAMLSyntax

/// A value as it was written: what a reader must find, and where.
struct WrittenNode {
    enum Content {
        case scalar(String, YAMLScalar.Style)
        case sequence([WrittenNode])
        case mapping([(key: String, range: Range<Int>, value: WrittenNode)])
    }

    let content: Content
    let range: Range<Int>
}

/// Writes random trees in random styles and notes where each value came to stand.
struct TreeWriter {
    private var random: SeededGenerator
    private var output: [UInt8] = []
    private var lineEnd = "\n"
    private var anchors = 0

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    /// A whole file: byte order mark, line ends, comments and document mark as it happens.
    mutating func document() -> (text: String, root: WrittenNode) {
        lineEnd = pick(["\n", "\r\n"])
        if chance(4) { put("\u{FEFF}") }
        if chance(4) { put("# 日本 🎉" + lineEnd) }
        if chance(4) { put("---" + lineEnd) }
        let root = blockMapping(indent: 0, depth: 0)
        put(pick(["", lineEnd, lineEnd + "# end" + lineEnd, lineEnd + lineEnd]))
        return (String(decoding: output, as: UTF8.self), root)
    }

    // MARK: block style

    private mutating func blockMapping(indent: Int, depth: Int) -> WrittenNode {
        let start = output.count
        var entries: [(key: String, range: Range<Int>, value: WrittenNode)] = []
        for index in 0..<Int.random(in: 1...4, using: &random) {
            if index > 0 { newLine(indent) }
            let key = "k\(index)" + pick(["", "é", " b", "🎉", "#x", ".y"])
            let range = key.utf8.isEmpty ? output.count..<output.count : scalarRange(key)
            put(pick([":", ":", " :"]))
            entries.append((key, range, blockValue(indent: indent, depth: depth, isItem: false)))
        }
        return WrittenNode(content: .mapping(entries), range: start..<(entries.last?.value.range.upperBound ?? start))
    }

    private mutating func blockSequence(indent: Int, depth: Int) -> WrittenNode {
        let start = output.count
        var items: [WrittenNode] = []
        for index in 0..<Int.random(in: 1...3, using: &random) {
            if index > 0 { newLine(indent) }
            put("-")
            items.append(blockValue(indent: indent, depth: depth, isItem: true))
        }
        return WrittenNode(content: .sequence(items), range: start..<(items.last?.range.upperBound ?? start))
    }

    /// What stands behind `key:` or `-`.
    private mutating func blockValue(indent: Int, depth: Int, isItem: Bool) -> WrittenNode {
        let anchor = chance(6) ? makeAnchor() : ""
        switch Int.random(in: 0...(depth < 4 ? 8 : 5), using: &random) {
        case 0 where anchor.isEmpty:
            return WrittenNode(content: .scalar("", .plain), range: output.count..<output.count)
        case 0...2:
            put(anchor + pick([" ", "  "]))
            return scalar(inFlow: false)
        case 3:
            put(anchor + " ")
            return literal(indent: indent + 2)
        case 4, 5:
            put(anchor + " ")
            return flow(depth: depth)
        case 6 where isItem && anchor.isEmpty:
            put(" ")
            return blockMapping(indent: indent + 2, depth: depth + 1)
        case 6, 7:
            put(anchor)
            newLine(indent + 2)
            return blockMapping(indent: indent + 2, depth: depth + 1)
        default:
            put(anchor)
            let step = isItem ? 2 : pick([0, 2])
            newLine(indent + step)
            return blockSequence(indent: indent + step, depth: depth + 1)
        }
    }

    private mutating func literal(indent: Int) -> WrittenNode {
        let start = output.count
        let lines = (0..<Int.random(in: 1...3, using: &random)).map { "line \($0) " + pick(["é", ": x", "# no", "'"]) }
        put("|-")
        for line in lines { put(lineEnd + String(repeating: " ", count: indent) + line) }
        return WrittenNode(content: .scalar(lines.joined(separator: "\n"), .literal), range: start..<output.count)
    }

    private mutating func newLine(_ indent: Int) {
        // No comment may follow a block scalar on its line; a line of its own is right everywhere.
        put(lineEnd)
        if chance(8) { put(pick(["", "# ü", " # why: x"]) + lineEnd) }
        put(String(repeating: " ", count: indent))
    }

    // MARK: flow style

    private mutating func flow(depth: Int) -> WrittenNode {
        let start = output.count
        guard depth < 5 else { return scalar(inFlow: true) }
        let count = Int.random(in: 0...3, using: &random)
        if chance(2) {
            var items: [WrittenNode] = []
            put("[")
            for index in 0..<count {
                if index > 0 { put(pick([", ", ",", " , "])) }
                items.append(chance(3) ? flow(depth: depth + 1) : scalar(inFlow: true))
            }
            put(pick(["]", " ]"]))
            return WrittenNode(content: .sequence(items), range: start..<output.count)
        }
        var entries: [(key: String, range: Range<Int>, value: WrittenNode)] = []
        put("{")
        for index in 0..<count {
            if index > 0 { put(", ") }
            let key = "f\(index)" + pick(["", "ß"])
            let range = scalarRange(key)
            put(": ")
            entries.append((key, range, chance(3) ? flow(depth: depth + 1) : scalar(inFlow: true)))
        }
        put(pick(["}", " }"]))
        return WrittenNode(content: .mapping(entries), range: start..<output.count)
    }

    // MARK: scalars

    private mutating func scalarRange(_ text: String) -> Range<Int> {
        let start = output.count
        put(pick([text, "'\(text)'", "\"\(text)\""]))
        return start..<output.count
    }

    private mutating func scalar(inFlow: Bool) -> WrittenNode {
        let start = output.count
        let word = pick([
            "a", "mcp.tools", "https://example.com/mcp", "12", "1.5", "true", "~", "日本", "🎉 x", "a b", "-x",
        ])
        let odd = pick(["", "it's", "\"", "\\", ": ", " # ", "{", "[]", "*x", "&y", "\t", "é\n", "- ", "yes", "\u{0}"])
        switch Int.random(in: 0...2, using: &random) {
        case 0:
            put(word)
            return WrittenNode(content: .scalar(word, .plain), range: start..<output.count)
        case 1 where !odd.utf8.contains { $0 < 0x20 }:
            let text = odd + word
            put("'" + text.replacing("'", with: "''") + "'")
            return WrittenNode(content: .scalar(text, .singleQuoted), range: start..<output.count)
        default:
            let text = odd + word
            let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
                .replacing("\t", with: "\\t").replacing("\u{0}", with: "\\0")
            put("\"" + escaped + "\"")
            return WrittenNode(content: .scalar(text, .doubleQuoted), range: start..<output.count)
        }
    }

    // MARK: small things

    private mutating func makeAnchor() -> String {
        anchors += 1
        return " &n\(anchors)"
    }

    private mutating func put(_ text: String) { output += text.utf8 }

    private mutating func chance(_ one: Int) -> Bool { Int.random(in: 1...one, using: &random) == 1 }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: values.indices, using: &random)]
    }
}
