/// The core schema's rules for a plain scalar.
extension YAMLValue {
    init(plain text: String) {
        self = Self.keyword(text) ?? Self.number(text) ?? .string(text)
    }

    private static func keyword(_ text: String) -> YAMLValue? {
        guard text.utf8.count <= 5 else { return nil }
        return switch text {
        case "", "~", "null", "Null", "NULL": .null
        case "true", "True", "TRUE": .bool(true)
        case "false", "False", "FALSE": .bool(false)
        case ".nan", ".NaN", ".NAN": .float(.nan)
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": .float(.infinity)
        case "-.inf", "-.Inf", "-.INF": .float(-.infinity)
        default: nil
        }
    }

    private static func number(_ text: String) -> YAMLValue? {
        guard let first = text.utf8.first, first.isDigit || first == 0x2B || first == 0x2D || first == 0x2E else {
            return nil
        }
        if text.utf8.starts(with: "0x".utf8) { return integer(text.dropFirst(2), radix: 16) }
        if text.utf8.starts(with: "0o".utf8) { return integer(text.dropFirst(2), radix: 8) }
        let unsigned = first == 0x2B || first == 0x2D ? text.utf8.dropFirst() : text.utf8[...]
        if !unsigned.isEmpty, unsigned.allSatisfy(\.isDigit) {
            if looksOctal(text) { return nil }
            return Int(text).map { .int($0) }
        }
        return isFloat(unsigned) ? Double(text).map { .float($0) } : nil
    }

    /// The digits behind `0x` and `0o`, which take no sign.
    private static func integer(_ digits: Substring, radix: Int) -> YAMLValue? {
        guard let first = digits.utf8.first, first != 0x2B, first != 0x2D else { return nil }
        return Int(digits, radix: radix).map { .int($0) }
    }

    /// `( . digits | digits [ . [digits] ] ) [ e [sign] digits ]`
    private static func isFloat(_ text: Substring.UTF8View) -> Bool {
        var rest = text
        func digits() -> Int {
            let count = rest.prefix(while: \.isDigit).count
            rest = rest.dropFirst(count)
            return count
        }
        var count = digits()
        if rest.first == 0x2E {
            rest = rest.dropFirst()
            count += digits()
        }
        guard count > 0 else { return false }
        if rest.first == 0x65 || rest.first == 0x45 {
            rest = rest.dropFirst()
            if rest.first == 0x2B || rest.first == 0x2D { rest = rest.dropFirst() }
            guard digits() > 0 else { return false }
        }
        return rest.isEmpty
    }

    /// True for `0755` and `-007`: octal to YAML 1.1, decimal to YAML 1.2, so a string to us.
    static func looksOctal(_ text: String) -> Bool {
        var digits = text.utf8[...]
        if digits.first == 0x2B || digits.first == 0x2D { digits = digits.dropFirst() }
        return digits.first == 0x30 && digits.count > 1 && digits.allSatisfy(\.isDigit)
    }

    /// The boolean that YAML 1.1 reads from `yes`, `no`, `on` and `off`.
    static func truthLookAlike(_ text: String) -> Bool? {
        switch text {
        case "yes", "Yes", "YES", "on", "On", "ON": true
        case "no", "No", "NO", "off", "Off", "OFF": false
        default: nil
        }
    }
}

extension UInt8 {
    var isDigit: Bool { self >= 0x30 && self <= 0x39 }
}
