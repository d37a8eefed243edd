/// Names a deployment, a connector or a realm: `[a-z][a-z0-9-]{0,62}`; it becomes part of file and upstream names.
package struct Name: SpecValue {
    package static let noun = "a name of lower-case letters, digits and hyphens"

    package let text: String

    package init(parsing text: String) throws(InvalidValue) {
        self.text = text
    }
}
