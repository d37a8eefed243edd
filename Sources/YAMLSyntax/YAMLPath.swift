/// The way to a value: `connectors.mcp.client_id`, `clients[2].id`, `targets.env[0]."odd.key"`.
package struct YAMLPath: Hashable, Sendable, CustomStringConvertible {
    package enum Step: Hashable, Sendable {
        case key(String)
        /// 0-based.
        case index(Int)
    }

    package let steps: [Step]

    package init(_ steps: [Step]) {
        self.steps = steps
    }

    /// Nil when the text is no path: an empty step, a bracket without a number, a quote left open.
    package init?(parsing text: String) {
        var steps: [Step] = []
        var rest = text.utf8[...]
        while let first = rest.first {
            if first == UInt8(ascii: "[") {
                guard let close = rest.firstIndex(of: UInt8(ascii: "]")) else { return nil }
                let digits = rest[rest.index(after: rest.startIndex)..<close]
                guard !digits.isEmpty, digits.allSatisfy(\.isDigit), let index = Int(Substring(digits)) else {
                    return nil
                }
                steps.append(.index(index))
                rest = rest[rest.index(after: close)...]
                continue
            }
            if !steps.isEmpty {
                guard first == UInt8(ascii: ".") else { return nil }
                rest = rest.dropFirst()
            }
            guard let key = Self.takeKey(&rest) else { return nil }
            steps.append(.key(key))
        }
        guard !steps.isEmpty else { return nil }
        self.steps = steps
    }

    private static func takeKey(_ rest: inout Substring.UTF8View) -> String? {
        if rest.first == UInt8(ascii: "\"") {
            let body = rest.dropFirst()
            guard let close = body.firstIndex(of: UInt8(ascii: "\"")) else { return nil }
            rest = body[body.index(after: close)...]
            return String(Substring(body[..<close]))
        }
        let end = rest.firstIndex { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "[") } ?? rest.endIndex
        guard end != rest.startIndex else { return nil }
        defer { rest = rest[end...] }
        return String(Substring(rest[..<end]))
    }

    package var description: String {
        var text = ""
        for step in steps {
            switch step {
            case .key(let key):
                let isPlain = !key.isEmpty && !key.utf8.contains { $0 == 0x2E || $0 == 0x5B || $0 == 0x22 }
                text += (text.isEmpty ? "" : ".") + (isPlain ? key : "\"\(key)\"")
            case .index(let index): text += "[\(index)]"
            }
        }
        return text
    }
}
