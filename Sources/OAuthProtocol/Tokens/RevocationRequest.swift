/// A valid revocation request (RFC 7009 §2.1). The answer to one that was carried out is 200 without a body, and so is
/// the answer about a token that is unknown or another client's.
package struct RevocationRequest: Hashable, Sendable {
    package let token: String

    /// The hint says nothing that the token's own prefix does not say, so that a wrong or unknown one does no harm.
    package init(_ form: ParameterList) throws(Rejection) {
        try form.checkRepetition()
        token = try form.required(.token)
    }
}
