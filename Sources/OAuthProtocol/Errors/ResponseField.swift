/// A header field of an answer.
package struct ResponseField: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// What goes with every answer that holds or might have held a credential (RFC 6749 §5.1).
    package static let uncachedJSON = [
        ResponseField("Content-Type", "application/json"), ResponseField("Cache-Control", "no-store"),
        ResponseField("Pragma", "no-cache"),
    ]
}
