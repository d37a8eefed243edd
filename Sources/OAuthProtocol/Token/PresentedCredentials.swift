import WebSyntax

/// How a client says who it is at a form endpoint (RFC 6749 §2.3), before anything of it is believed.
package struct PresentedCredentials: Hashable, Sendable {
    package enum Proof: Hashable, Sendable {
        case none
        /// `client_secret_basic`; the secret may be empty.
        case basic(secret: String)
        /// `client_secret_post`
        case post(secret: String)
        /// `private_key_jwt`
        case assertion(ClientAssertion)
    }

    package let clientID: String
    package let proof: Proof

    /// True when the answer to a failure carries a Basic challenge.
    package var usesBasic: Bool {
        if case .basic = proof { true } else { false }
    }

    package init(clientID: String, proof: Proof) {
        self.clientID = clientID
        self.proof = proof
    }

    /// Takes the values of all `Authorization` fields, the form, and the default client of the legacy alias that the
    /// request came by.
    package init(
        authorization: [String], form: ParameterList, defaultClient: String? = nil
    ) throws(Rejection) {
        guard authorization.count <= 1 else { throw .severalCredentials }
        let formID = try form.value(.clientID)
        let secret = try form.value(.clientSecret)
        let assertion = try form.value(.clientAssertion)
        guard secret == nil || assertion == nil else { throw .severalCredentials }
        if let field = authorization.first {
            guard secret == nil, assertion == nil else { throw .severalCredentials }
            let basic = try Self.basic(field)
            guard formID == nil || formID?.hasSameBytes(as: basic.id) == true else { throw .severalCredentials }
            self.init(clientID: basic.id, proof: .basic(secret: basic.secret))
            return
        }
        if let assertion {
            self = try Self.assertion(assertion, type: form.value(.clientAssertionType), formID: formID)
            return
        }
        guard let id = formID ?? defaultClient else { throw .client(.anonymous, basic: false) }
        guard id.utf8.allSatisfy(\.isPrintable) else { throw .client(.unknown(id: ""), basic: false) }
        self.init(clientID: id, proof: secret.map { .post(secret: $0) } ?? .none)
    }

    /// `Basic` in any case, base64 of id and secret, each encoded as in a form (RFC 6749 §2.3.1).
    private static func basic(_ field: String) throws(Rejection) -> (id: String, secret: String) {
        let scheme = field.utf8.prefix { $0 != 0x20 }
        guard Substring(scheme).matchesIgnoringCase("Basic") else { throw .client(.unsupportedScheme, basic: false) }
        let payload = Substring(field.utf8[scheme.endIndex...].drop { $0 == 0x20 })
        guard payload.utf8.count <= 8_192, let bytes = Base64.decode(payload),
            let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            let rawID = String(validating: bytes[..<colon], as: UTF8.self),
            let rawSecret = String(validating: bytes[(colon + 1)...], as: UTF8.self),
            let id = FormText.decoded(rawID), let secret = FormText.decoded(rawSecret),
            !id.isEmpty, id.utf8.allSatisfy(\.isPrintable)
        else { throw .client(.malformedBasic, basic: true) }
        return (id, secret)
    }

    private static func assertion(
        _ text: String, type: String?, formID: String?
    ) throws(Rejection) -> PresentedCredentials {
        guard type?.hasSameBytes(as: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer") == true else {
            throw .client(.assertion(.wrongType), basic: false)
        }
        guard let assertion = ClientAssertion(text), let id = formID ?? assertion.subject else {
            throw .client(.assertion(.malformed), basic: false)
        }
        guard id.utf8.allSatisfy(\.isPrintable) else { throw .client(.unknown(id: ""), basic: false) }
        return PresentedCredentials(clientID: id, proof: .assertion(assertion))
    }
}
