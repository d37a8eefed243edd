/// What one kind of token must look like before its signature is checked.
package struct JWSPolicy: Sendable, Hashable {
    /// Which `typ` a token may say (RFC 8725 §3.11).
    package enum Types: Sendable, Hashable {
        /// Any or none: client assertions have no fixed type (RFC 7523 names none).
        case any
        /// One of these, compared without case, with or without `application/`.
        case oneOf([String])
    }

    package var types: Types
    package var algorithms: Set<JWSAlgorithm>
    /// Whether a header without `kid` is refused also when there is one key only.
    package var needsKeyID: Bool
    /// Length of the whole token in bytes.
    package var maximumLength: Int

    package init(
        types: Types, algorithms: Set<JWSAlgorithm>, needsKeyID: Bool = true, maximumLength: Int = 8192
    ) {
        self.types = types
        self.algorithms = algorithms
        self.needsKeyID = needsKeyID
        self.maximumLength = maximumLength
    }

    /// Our own access tokens (RFC 9068 §2.1).
    package static let accessToken = JWSPolicy(types: .oneOf(["at+jwt"]), algorithms: [.es256])
    /// ID tokens of a foreign issuer.
    package static let foreignIDToken = JWSPolicy(types: .any, algorithms: [.es256, .rs256], needsKeyID: false)
    /// `private_key_jwt` of a client.
    package static let clientAssertion = JWSPolicy(types: .any, algorithms: [.es256, .rs256], needsKeyID: false)

    func accepts(type: String?) -> Bool {
        guard case .oneOf(let types) = types else { return true }
        guard var type = type?.lowercased() else { return false }
        if type.utf8.starts(with: "application/".utf8) { type = String(type.dropFirst("application/".count)) }
        return types.contains(type)
    }
}
