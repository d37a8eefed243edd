/// Recursive descent over the bytes of one JSON text.
///
/// The text is known to be well-formed UTF-8 before the descent begins, so that every cut at a quote or a
/// backslash yields well-formed pieces.
struct JSONParser<Tree: JSONTree> {
    let bytes: [UInt8]
    let limits: JSONLimits
    var index = 0

    static func parse(_ bytes: [UInt8], limits: JSONLimits) throws(JSONError) -> Tree {
        guard bytes.count <= limits.bytes else {
            throw JSONError(offset: limits.bytes, message: "the text is longer than \(limits.bytes) bytes")
        }
        guard !bytes.starts(with: [0xEF, 0xBB, 0xBF]) else {
            throw JSONError(offset: 0, message: "the text begins with a byte order mark; remove it")
        }
        if let offset = firstMalformedByte(bytes) {
            throw JSONError(offset: offset, message: "malformed UTF-8")
        }
        var parser = JSONParser(bytes: bytes, limits: limits)
        parser.skipSpace()
        let tree = try parser.value(depth: 0)
        parser.skipSpace()
        guard parser.index == bytes.count else { throw parser.failure("expected nothing after the value") }
        return tree
    }

    private static func firstMalformedByte(_ bytes: [UInt8]) -> Int? {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span)
            return nil
        } catch {
            return error.byteOffsets.lowerBound
        }
    }

    /// The byte at the cursor, or 0 at the end: no token begins with it.
    var current: UInt8 { index < bytes.count ? bytes[index] : 0 }

    func failure(_ message: String, at offset: Int? = nil) -> JSONError {
        let offset = offset ?? index
        return JSONError(
            offset: offset, message: offset < bytes.count ? message : message + ", found the end of the text")
    }

    mutating func skipSpace() {
        while index < bytes.count {
            switch bytes[index] {
            case 0x20, 0x0A, 0x0D, 0x09: index += 1
            default: return
            }
        }
    }

    private mutating func value(depth: Int) throws(JSONError) -> Tree {
        let start = index
        switch current {
        case UInt8(ascii: "\""):
            let text = try string()
            return .string(text, start..<index)
        case UInt8(ascii: "{"):
            let members = try object(depth: depth + 1)
            return .object(members, start..<index)
        case UInt8(ascii: "["):
            let elements = try array(depth: depth + 1)
            return .array(elements, start..<index)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            let number = try number()
            return .number(number, start..<index)
        case UInt8(ascii: "t"):
            try literal("true")
            return .bool(true, start..<index)
        case UInt8(ascii: "f"):
            try literal("false")
            return .bool(false, start..<index)
        case UInt8(ascii: "n"):
            try literal("null")
            return .null(start..<index)
        default:
            throw failure("expected a value")
        }
    }

    private mutating func literal(_ word: StaticString) throws(JSONError) {
        let text = word.description.utf8
        guard bytes[index...].starts(with: text) else { throw failure("expected a value") }
        index += text.count
    }

    private mutating func number() throws(JSONError) -> JSONNumber {
        switch JSONNumber.scan(bytes, from: index) {
        case .failure(let offset, let message):
            throw failure(message, at: offset)
        case .end(let end):
            defer { index = end }
            return JSONNumber(scanned: String(decoding: bytes[index..<end], as: UTF8.self))
        }
    }

    private func checkDepth(_ depth: Int) throws(JSONError) {
        if depth > limits.depth {
            throw JSONError(offset: index, message: "nested deeper than \(limits.depth) levels")
        }
    }

    private mutating func array(depth: Int) throws(JSONError) -> [Tree] {
        try checkDepth(depth)
        index += 1
        skipSpace()
        var elements: [Tree] = []
        if current == UInt8(ascii: "]") {
            index += 1
            return elements
        }
        while true {
            elements.append(try value(depth: depth))
            guard try continues(to: UInt8(ascii: "]"), "expected `,` or `]`") else { return elements }
        }
    }

    private mutating func object(depth: Int) throws(JSONError) -> [Tree.Member] {
        try checkDepth(depth)
        index += 1
        skipSpace()
        var members: [Tree.Member] = []
        var names = MemberNames()
        if current == UInt8(ascii: "}") {
            index += 1
            return members
        }
        while true {
            let start = index
            guard current == UInt8(ascii: "\"") else { throw failure("expected a member name in double quotes") }
            let name = try string()
            let nameRange = start..<index
            if let earlier = names.insert(name, at: start) {
                throw JSONError(offset: start, message: "two members of one name", earlierOffset: earlier)
            }
            skipSpace()
            guard current == UInt8(ascii: ":") else { throw failure("expected `:` after the member name") }
            index += 1
            skipSpace()
            members.append(Tree.member(name, nameRange, try value(depth: depth)))
            guard try continues(to: UInt8(ascii: "}"), "expected `,` or `}`") else { return members }
        }
    }

    /// Moves over a comma and says true, or over the closing bracket and says false.
    private mutating func continues(to end: UInt8, _ expectation: String) throws(JSONError) -> Bool {
        skipSpace()
        if current == end {
            index += 1
            return false
        }
        guard current == UInt8(ascii: ",") else { throw failure(expectation) }
        let comma = index
        index += 1
        skipSpace()
        if current == end { throw failure("a comma before the closing bracket", at: comma) }
        return true
    }
}
