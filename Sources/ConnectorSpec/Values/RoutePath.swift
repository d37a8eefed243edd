/// A path of exact bytes: starts with one `/`, unreserved characters and `/` only, no dot segments, no trailing slash unless it is `/`.
package struct RoutePath: SpecValue {
    package static let noun = "a path"

    package let text: String

    package init(parsing text: String) throws(InvalidValue) {
        self.text = text
    }
}
