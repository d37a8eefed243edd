/// A text with variables in it, after they were put in.
struct NginxText: Hashable {
    var bytes: [UInt8] = []
    /// Variables whose values are not known here; they stand in the bytes as they were written.
    var unknown: [String] = []

    var text: String { String(decoding: bytes, as: UTF8.self) }
    var isKnown: Bool { unknown.isEmpty }

    init(_ text: String = "") { bytes = Array(text.utf8) }

    init(bytes: [UInt8], unknown: [String] = []) {
        (self.bytes, self.unknown) = (bytes, unknown)
    }

    static func + (left: NginxText, right: NginxText) -> NginxText {
        NginxText(bytes: left.bytes + right.bytes, unknown: left.unknown + right.unknown)
    }
}

/// A piece of a text that nginx evaluates (`ngx_http_script_compile`).
enum NginxTextPart: Hashable {
    case literal([UInt8])
    /// `$1` to `$9`.
    case capture(Int)
    case variable(String)

    static func parts(of text: String) -> [NginxTextPart] {
        let bytes = Array(text.utf8)
        var parts: [NginxTextPart] = []
        var literal: [UInt8] = []
        func isName(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
        }
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "$"), index + 1 < bytes.count else {
                literal.append(bytes[index])
                index += 1
                continue
            }
            let isBraced = bytes[index + 1] == UInt8(ascii: "{")
            let start = index + (isBraced ? 2 : 1)
            if !isBraced, (0x31...0x39).contains(bytes[start]) {
                if !literal.isEmpty { parts.append(.literal(literal)) }
                literal = []
                parts.append(.capture(Int(bytes[start] - 0x30)))
                index = start + 1
                continue
            }
            let name = bytes[start...].prefix(while: isName)
            guard !name.isEmpty else {
                literal.append(bytes[index])
                index += 1
                continue
            }
            if !literal.isEmpty { parts.append(.literal(literal)) }
            literal = []
            parts.append(.variable(String(decoding: name, as: UTF8.self)))
            index = start + name.count
            if isBraced, index < bytes.count, bytes[index] == UInt8(ascii: "}") { index += 1 }
        }
        if !literal.isEmpty { parts.append(.literal(literal)) }
        return parts
    }
}
