/// A scalar: its text after unescaping, and how it was written.
package struct YAMLScalar: Hashable, Sendable {
    package enum Style: Hashable, Sendable { case plain, singleQuoted, doubleQuoted, literal, folded }

    /// A type that the file names itself, as in `!!str 012`.
    package enum Tag: String, Hashable, Sendable { case null, bool, int, float, str }

    package let text: String
    package let style: Style
    package let tag: Tag?

    package init(text: String, style: Style, tag: Tag? = nil) {
        self.text = text
        self.style = style
        self.tag = tag
    }

    /// What the scalar means by the core schema of YAML 1.2 (§10.3.2): a quoted one is always a string.
    ///
    /// One deviation, so that nobody's `0755` silently becomes 755: a whole number with a leading zero
    /// is a string. Integers beyond 64 bits are strings too, since nothing else would keep them exact.
    package var resolved: YAMLValue {
        switch tag {
        case .str: .string(text)
        case nil: style == .plain ? YAMLValue(plain: text) : .string(text)
        default: YAMLValue(plain: text)
        }
    }
}

/// A scalar by its meaning.
package enum YAMLValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case int(Int)
    case float(Double)
    case string(String)

    /// What a message calls it: `null`, `a boolean`, `a string`.
    package var noun: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .int: "a whole number"
        case .float: "a number"
        case .string: "a string"
        }
    }
}
