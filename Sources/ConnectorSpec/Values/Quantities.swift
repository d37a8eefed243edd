package import WebSyntax

/// A length of time: `90s`, `15m`, `1h`, `30d`.
package struct TimeSpan: TextValue {
    package static let noun = "a time span like 90s, 15m, 1h or 30d"
    static let expected = "a whole number and one of s, m, h, d, at most ten years"

    package let text: String
    package let seconds: Int

    package init(parsing text: String) throws(InvalidValue) {
        guard let (number, unit) = Quantity.split(text) else {
            throw InvalidValue("is no time span", expected: Self.expected)
        }
        let factors = ["s": 1, "m": 60, "h": 3600, "d": 86400]
        guard let factor = factors[unit] else {
            let letter = unit.isEmpty ? "s" : String(unit.asciiLowercased.prefix(1))
            throw InvalidValue(
                unit.isEmpty ? "has no unit" : "has the unknown unit `\(unit)`", expected: Self.expected,
                suggestion: factors[letter] == nil ? nil : Self.suggestion("\(number)\(letter)"))
        }
        guard number > 0, number <= 10 * 366 * 86400 / factor else {
            throw InvalidValue(number == 0 ? "is no time at all" : "is longer than ten years", expected: Self.expected)
        }
        self.text = text
        seconds = number * factor
    }

    private init(_ number: Int, _ unit: String, of seconds: Int) {
        text = "\(number)\(unit)"
        self.seconds = number * seconds
    }

    /// Spans that code names, as a spec would write them.
    static func seconds(_ number: Int) -> TimeSpan { TimeSpan(number, "s", of: 1) }
    static func minutes(_ number: Int) -> TimeSpan { TimeSpan(number, "m", of: 60) }
    static func hours(_ number: Int) -> TimeSpan { TimeSpan(number, "h", of: 3600) }
    static func days(_ number: Int) -> TimeSpan { TimeSpan(number, "d", of: 86400) }
}

/// A size: `64k`, `4m`.
package struct ByteSize: TextValue {
    package static let noun = "a size like 64k or 4m"
    static let expected = "a whole number and k, m or g, at most 1g"

    package let text: String
    package let bytes: Int

    package init(parsing text: String) throws(InvalidValue) {
        guard let (number, unit) = Quantity.split(text) else {
            throw InvalidValue("is no size", expected: Self.expected)
        }
        let factors = ["": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30]
        guard let factor = factors[unit] else {
            let letter = String(unit.asciiLowercased.prefix(1))
            throw InvalidValue(
                "has the unknown unit `\(unit)`", expected: Self.expected,
                suggestion: factors[letter] == nil ? nil : Self.suggestion("\(number)\(letter)"))
        }
        guard number > 0, number <= (1 << 30) / factor else {
            throw InvalidValue(number == 0 ? "is no size at all" : "is more than 1g", expected: Self.expected)
        }
        self.text = text
        bytes = number * factor
    }

    /// A size that code names, as a spec would write it.
    static func mebibytes(_ number: Int) -> ByteSize { ByteSize(text: "\(number)m", bytes: number << 20) }

    private init(text: String, bytes: Int) { (self.text, self.bytes) = (text, bytes) }
}

/// Requests per second or minute and a burst, as nginx's `limit_req` takes them: `10/s burst 20`.
///
/// Without `burst` as many requests may come at once as the rate allows in its unit.
package struct RateLimit: TextValue {
    package static let noun = "a rate like 10/s or 60/m burst 20"
    static let expected = "requests per second or minute, 10/s or 60/m, with burst N behind it where wanted"

    package enum Unit: String, Hashable, Sendable { case second = "s", minute = "m" }

    package let text: String
    package let requests: Int
    package let unit: Unit
    package let burst: Int

    package init(parsing text: String) throws(InvalidValue) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        let rate = (words.first ?? "").split(separator: "/", omittingEmptySubsequences: false)
        guard rate.count == 2, let requests = Quantity.number(rate[0]), let unit = Unit(rawValue: String(rate[1])),
            words.count == 1 || (words.count == 3 && words[1] == "burst")
        else {
            throw InvalidValue("is no rate", expected: Self.expected)
        }
        guard (1...1_000_000).contains(requests) else {
            throw InvalidValue("has a rate outside 1 to 1000000", expected: Self.expected)
        }
        let burst = words.count == 3 ? Quantity.number(words[2]) : requests
        guard let burst, burst <= 1_000_000 else {
            throw InvalidValue("has no whole number up to 1000000 as its burst", expected: Self.expected)
        }
        self.text = text
        (self.requests, self.unit, self.burst) = (requests, unit, burst)
    }
}

/// A version of two or three numbers: `1.22`, `26.7.3`; compared by number.
package struct SoftwareVersion: TextValue, Comparable {
    package static let noun = "a version like 1.22"
    static let expected = "two or three numbers like 1.22 or 26.7.3"

    package let text: String
    package let numbers: [Int]

    package init(parsing text: String) throws(InvalidValue) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap(Quantity.number)
        guard numbers.count == parts.count, (2...3).contains(parts.count) else {
            let plain = text.hasPrefix("v") ? String(text.dropFirst()) : numbers.count == 1 ? text + ".0" : nil
            throw InvalidValue("is no version", expected: Self.expected, suggestion: plain.flatMap(Self.suggestion))
        }
        self.text = text
        self.numbers = numbers
    }

    package static func < (left: SoftwareVersion, right: SoftwareVersion) -> Bool {
        left.numbers.lexicographicallyPrecedes(right.numbers)
    }
}

/// Whole numbers with a unit behind them.
enum Quantity {
    /// A number without sign or leading zeros, of at most nine digits.
    static func number(_ digits: Substring) -> Int? {
        guard (1...9).contains(digits.utf8.count), digits.utf8.allSatisfy(\.isDigit) else { return nil }
        guard digits.utf8.first != 0x30 || digits == "0" else { return nil }
        return Int(digits)
    }

    static func split(_ text: String) -> (number: Int, unit: String)? {
        let end = text.utf8.firstIndex { !$0.isDigit } ?? text.endIndex
        guard let number = number(text[..<end]) else { return nil }
        return (number, String(text[end...]))
    }
}
