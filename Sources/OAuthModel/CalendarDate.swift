package import WebSyntax

/// A day, ISO 8601: `2027-03-31`.
package struct CalendarDate: TextValue, Comparable {
    package static let noun = "a date like 2027-03-31"
    package static let expected = "a day of the calendar as YYYY-MM-DD"

    package let text: String
    package let year: Int
    package let month: Int
    package let day: Int

    package init(parsing text: String) throws(InvalidValue) {
        if text.isEmpty { throw InvalidValue("is empty", expected: Self.expected, kind: .emptyValue) }
        guard let (year, month, day) = Self.numbers(of: text) else {
            throw InvalidValue(
                "is not written as YYYY-MM-DD", expected: Self.expected, suggestion: Self.respelled(text))
        }
        guard year >= 1970, (1...12).contains(month), (1...Self.days(of: month, in: year)).contains(day) else {
            throw InvalidValue("is no day of the calendar", expected: Self.expected)
        }
        self.text = text
        (self.year, self.month, self.day) = (year, month, day)
    }

    package static func < (left: CalendarDate, right: CalendarDate) -> Bool { left.text < right.text }

    private static func numbers(of text: String) -> (Int, Int, Int)? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.map(\.utf8.count) == [4, 2, 2],
            parts.allSatisfy({ $0.utf8.allSatisfy(\.isDigit) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        return (year, month, day)
    }

    /// The same day in the right order and separators, when the year is recognisable.
    private static func respelled(_ text: String) -> String? {
        var parts = text.utf8.split { !$0.isDigit }.map { String(decoding: $0, as: UTF8.self) }
        guard parts.count >= 3 else { return nil }
        parts = Array(parts.prefix(3))
        if parts[2].utf8.count == 4 { parts.reverse() }
        guard parts[0].utf8.count == 4 else { return nil }
        let padded = parts.map { $0.utf8.count == 1 ? "0" + $0 : $0 }
        guard padded.map(\.utf8.count) == [4, 2, 2] else { return nil }
        return suggestion(padded.joined(separator: "-"))
    }

    private static func days(of month: Int, in year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
