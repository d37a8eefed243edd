/// Why a text is not the JSON that we accept, and where.
package struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    /// 0-based byte offset of the first byte that is wrong; the length of the text when it ends too early.
    package let offset: Int
    /// Lower case, no full stop; does not repeat values.
    package let message: String
    /// The earlier place that this one conflicts with: the first of two members of one name.
    package let earlierOffset: Int?

    package init(offset: Int, message: String, earlierOffset: Int? = nil) {
        self.offset = offset
        self.message = message
        self.earlierOffset = earlierOffset
    }

    package var description: String {
        let earlier = earlierOffset.map { ", first at byte \($0)" } ?? ""
        return "byte \(offset): \(message)\(earlier)"
    }
}
