/// An answer that came whole and within the limits.
package struct HTTPClientResponse: Hashable, Sendable {
    package struct Field: Hashable, Sendable {
        /// In lower case.
        package let name: String
        /// Trimmed; malformed UTF-8 is repaired.
        package let value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// 200 to 599 without redirects; 304 is there.
    package let status: Int
    package let fields: [Field]
    package let body: [UInt8]

    package init(status: Int, fields: [Field], body: [UInt8]) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// The values of a header field, which is named in lower case, joined by commas as a list (RFC 9110 §5.3); nil
    /// when there is none.
    package subscript(name: String) -> String? {
        let values = fields.filter { $0.name == name }.map(\.value)
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }
}
