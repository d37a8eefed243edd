/// The `xn--` form of international host names (RFC 3492), for suggestions alone: values are never changed.
enum Punycode {
    /// A host with its labels in their `xn--` form, letters lowered first; nil when it has a character that is no
    /// letter and no digit, and for a host of ASCII alone, which has no other form.
    static func host(_ text: String) -> String? {
        guard text.utf8.contains(where: { !$0.isASCII }) else { return nil }
        var labels: [String] = []
        for label in text.lowercased().split(separator: ".", omittingEmptySubsequences: false) {
            guard label.utf8.contains(where: { !$0.isASCII }) else {
                labels.append(String(label))
                continue
            }
            guard label.unicodeScalars.allSatisfy({ isOfName($0) }), let encoded = encode(label) else { return nil }
            labels.append("xn--" + encoded)
        }
        return labels.joined(separator: ".")
    }

    /// A URL whose host has its `xn--` form; nil for one that gains nothing by it.
    static func url(_ text: String) -> String? {
        guard let (scheme, rest) = text.splitScheme else { return nil }
        let name = rest.prefix { $0 != "/" && $0 != ":" }
        guard let host = host(String(name)), host != name else { return nil }
        return "\(scheme)://\(host)\(rest[name.endIndex...])"
    }

    private static func isOfName(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return UInt8(ascii: scalar).isLetter || UInt8(ascii: scalar).isDigit || scalar == "-" }
        return scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal
    }

    /// RFC 3492 §6.3.
    private static func encode(_ label: Substring) -> String? {
        let input = label.unicodeScalars.map(\.value)
        var output = input.filter { $0 < 0x80 }
        let basic = output.count
        if basic > 0 { output.append(0x2D) }
        var (code, delta, bias, handled) = (UInt32(128), UInt32(0), UInt32(72), basic)
        while handled < input.count {
            guard let next = input.filter({ $0 >= code }).min() else { return nil }
            let (step, overflow) = (next - code).multipliedReportingOverflow(by: UInt32(handled + 1))
            guard !overflow, step < 1 << 30 else { return nil }
            delta += step
            code = next
            for point in input {
                if point < code { delta += 1 }
                guard point == code else { continue }
                var rest = delta
                var k: UInt32 = 36
                while true {
                    let threshold = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias
                    if rest < threshold { break }
                    output.append(digit(threshold + (rest - threshold) % (36 - threshold)))
                    rest = (rest - threshold) / (36 - threshold)
                    k += 36
                }
                output.append(digit(rest))
                bias = adapted(delta, points: UInt32(handled + 1), isFirst: handled == basic)
                delta = 0
                handled += 1
            }
            delta += 1
            code += 1
        }
        return String(decoding: output.map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
    }

    private static func digit(_ value: UInt32) -> UInt32 { value < 26 ? value + 0x61 : value - 26 + 0x30 }

    /// RFC 3492 §6.1.
    private static func adapted(_ delta: UInt32, points: UInt32, isFirst: Bool) -> UInt32 {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / points
        var k: UInt32 = 0
        while delta > 455 {
            delta /= 35
            k += 36
        }
        return k + 36 * delta / (delta + 38)
    }
}
