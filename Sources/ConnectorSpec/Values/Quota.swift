package import WebSyntax

/// So many requests in a time span, `60/10m`, or `0` for no limit.
package struct Quota: TextValue {
    package static let noun = "a quota like 60/10m"
    static let expected = "a whole number of requests, a slash and a time span, like 60/10m, or 0 for no limit"

    package let text: String
    /// 0 for no limit.
    package let requests: Int
    package let seconds: Int

    package init(parsing text: String) throws(InvalidValue) {
        self.text = text
        if text == "0" {
            (requests, seconds) = (0, 1)
            return
        }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let requests = Quantity.number(parts[0]) else {
            throw InvalidValue("is no quota", expected: Self.expected)
        }
        guard (1...1_000_000).contains(requests) else {
            throw InvalidValue("allows a number of requests outside 1 to 1000000", expected: Self.expected)
        }
        do throws(InvalidValue) {
            seconds = try TimeSpan(parsing: String(parts[1])).seconds
        } catch {
            throw InvalidValue(
                "has no time span behind the slash", expected: Self.expected,
                suggestion: ["s", "m", "h", "d"].contains(parts[1]) ? "\(parts[0])/1\(parts[1])" : nil)
        }
        self.requests = requests
    }

    /// A quota that code names, as a spec would write it.
    init(_ requests: Int, per span: TimeSpan) {
        (text, self.requests, seconds) = ("\(requests)/\(span.text)", requests, span.seconds)
    }
}

/// A whole number from 0 to a billion.
package struct Count: TextValue {
    package static let noun = "a whole number"
    static let expected = "a whole number from 0 to 999999999"

    package let text: String
    package let number: Int

    package init(parsing text: String) throws(InvalidValue) {
        guard let number = Quantity.number(text[...]) else {
            throw InvalidValue("is no whole number", expected: Self.expected)
        }
        self.text = text
        self.number = number
    }

    init(_ number: Int) { (text, self.number) = (String(number), number) }
}
