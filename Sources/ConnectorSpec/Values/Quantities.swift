/// A length of time: `90s`, `15m`, `1h`, `30d`.
package struct TimeSpan: SpecValue {
    package static let noun = "a time span like 90s, 15m, 1h or 30d"

    package let text: String
    package let seconds: Int

    package init(parsing text: String) throws(InvalidValue) {
        throw InvalidValue("is not parsed yet", expected: "a parser")
    }
}

/// A size: `64k`, `4m`.
package struct ByteSize: SpecValue {
    package static let noun = "a size like 64k or 4m"

    package let text: String
    package let bytes: Int

    package init(parsing text: String) throws(InvalidValue) {
        throw InvalidValue("is not parsed yet", expected: "a parser")
    }
}

/// Requests per second or minute and a burst, as nginx's `limit_req` takes them: `10/s burst 20`.
package struct RateLimit: SpecValue {
    package static let noun = "a rate like 10/s or 60/m burst 20"

    package enum Unit: String, Hashable, Sendable { case second = "s", minute = "m" }

    package let text: String
    package let requests: Int
    package let unit: Unit
    package let burst: Int

    package init(parsing text: String) throws(InvalidValue) {
        throw InvalidValue("is not parsed yet", expected: "a parser")
    }
}

/// A version of two or three numbers: `1.22`, `26.7.3`; compared by number.
package struct SoftwareVersion: SpecValue, Comparable {
    package static let noun = "a version like 1.22"

    package let text: String
    package let numbers: [Int]

    package init(parsing text: String) throws(InvalidValue) {
        throw InvalidValue("is not parsed yet", expected: "a parser")
    }

    package static func < (left: SoftwareVersion, right: SoftwareVersion) -> Bool {
        left.numbers.lexicographicallyPrecedes(right.numbers)
    }
}
