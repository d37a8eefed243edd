/// A day, ISO 8601: `2027-03-31`.
package struct CalendarDate: SpecValue {
    package static let noun = "a date like 2027-03-31"

    package let text: String

    package init(parsing text: String) throws(InvalidValue) {
        self.text = text
    }
}
