/// An answer, as a value.
///
/// `Content-Length`, `Date` and `Connection` are the server's. An answer that cannot be sent as it stands (a status
/// outside 200 to 599, a header that is empty, malformed or too large, a body with 204 or 304) is replaced by a 500,
/// never fixed.
package struct HTTPResponse: Hashable, Sendable {
    package var status: Int
    package var headers: HTTPHeaders
    package var body: [UInt8]
    /// For the log alone: why the answer is what it is, in words of ours. Never sent.
    package var reason: String?

    package init(_ status: Int, headers: HTTPHeaders = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package init(_ status: Int, headers: HTTPHeaders = [:], text: String) {
        self.init(status, headers: headers, body: Array(text.utf8))
    }

    /// A JSON body with its type.
    package static func json(_ status: Int, _ text: String, headers: HTTPHeaders = [:]) -> HTTPResponse {
        var response = HTTPResponse(status, headers: headers, text: text)
        response.headers.add("Content-Type", "application/json")
        return response
    }
}

extension HTTPResponse {
    /// The fields that frame a message and therefore belong to the server alone.
    private static let framing = ["connection", "content-length", "transfer-encoding", "date", "keep-alive", "upgrade"]

    /// True when it can go out as it stands.
    func isSendable(headerLimit: Int) -> Bool {
        guard (200...599).contains(status), body.isEmpty || (status != 204 && status != 304) else { return false }
        var size = 0
        for field in headers.fields {
            let value = HTTPSyntax.trimmed(field.value.utf8)
            guard HTTPSyntax.isToken(field.name.utf8), HTTPSyntax.isFieldValue(field.value.utf8),
                !value.isEmpty, value.count == field.value.utf8.count,
                !Self.framing.contains(where: { HTTPSyntax.isSameName($0, field.name) })
            else { return false }
            size += field.name.utf8.count + field.value.utf8.count + 4
        }
        return size <= headerLimit
    }
}
