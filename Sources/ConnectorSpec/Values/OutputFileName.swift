/// The name of one generated file: no slash, no leading dot or hyphen.
package struct OutputFileName: SpecValue {
    package static let noun = "a file name"

    package let text: String

    package init(parsing text: String) throws(InvalidValue) {
        self.text = text
    }
}
