/// Header fields in the order they came or shall be sent; names compare without case (RFC 9110 §5.1).
///
/// In a request that reaches a handler every name is a token, every value is UTF-8 without control bytes and trimmed,
/// `Host` stands exactly once, and `Content-Length`, `Content-Type` and `Authorization` stand at most once.
package struct HTTPHeaders: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    package struct Field: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    package private(set) var fields: [Field]

    package init(_ fields: [Field] = []) {
        self.fields = fields
    }

    package init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { Field($0.0, $0.1) }
    }

    /// The first value of a name.
    package subscript(name: String) -> String? {
        fields.first { HTTPSyntax.isSameName($0.name, name) }?.value
    }

    /// All values of a name, in order.
    package func values(of name: String) -> [String] {
        fields.filter { HTTPSyntax.isSameName($0.name, name) }.map(\.value)
    }

    /// How often a name stands.
    func count(of name: String) -> Int { fields.count { HTTPSyntax.isSameName($0.name, name) } }

    package mutating func add(_ name: String, _ value: String) {
        fields.append(Field(name, value))
    }
}
