import WebSyntax

/// What a form endpoint looks at before it reads the body.
package struct FormHead: Hashable, Sendable {
    package let method: String
    /// The values of all `Content-Type` fields.
    package let contentTypes: [String]
    package let query: ParameterList

    package init(
        method: String, contentTypes: [String], query: ParameterList = ParameterList([ParameterList.Parameter]())
    ) {
        self.method = method
        self.contentTypes = contentTypes
        self.query = query
    }

    /// POST, one `application/x-www-form-urlencoded` (its parameters do not matter), nothing of ours in the query.
    package func check() throws(Rejection) {
        guard method.hasSameBytes(as: "POST") else { throw .wrongMethod(allowed: ["POST"]) }
        guard contentTypes.count == 1,
            MediaType.isExactly("application/x-www-form-urlencoded", contentTypes[0])
        else { throw .wrongContentType }
        try query.checkHoldsNoFormParameter()
    }
}

/// `Content-Type` (RFC 9110 §8.3).
package enum MediaType {
    /// True for this type with any parameters, and nothing beside it.
    package static func isExactly(_ type: String, _ field: String) -> Bool {
        let name = field.utf8.prefix { $0 != UInt8(ascii: ";") }
        guard !field.utf8.contains(UInt8(ascii: ",")) else { return false }
        let trimmed = name.drop { $0 == 0x20 || $0 == 0x09 }
        let end = trimmed.lastIndex { $0 != 0x20 && $0 != 0x09 }
        guard let end else { return false }
        return Substring(trimmed[...end]).matchesIgnoringCase(type)
    }
}
