/// What a client is told of a ``Rejection``: a code, a status, one generic sentence and the fields that belong to it.
package struct WireError: Hashable, Sendable {
    package let code: OAuthError
    /// The status where the answer is JSON.
    package let status: Int
    /// Printable ASCII without `"` and `\` (RFC 6749 §5.2); never a word of the request.
    package let description: String
    package let fields: [ResponseField]

    init(_ code: OAuthError, _ description: String, status: Int? = nil, fields: [ResponseField] = []) {
        self.code = code
        self.status = status ?? code.status
        self.description = description
        self.fields = fields
    }

    /// The status where the answer is a page of ours: nobody can authenticate there, so 401 is 400.
    package var pageStatus: Int { status == 401 ? 400 : status }

    /// `{"error":…,"error_description":…}`
    package var body: String { code.body(description) }

    /// The fields of the JSON answer.
    package var answerFields: [ResponseField] { ResponseField.uncachedJSON + fields }
}
