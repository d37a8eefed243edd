package import OAuthModel
import WebSyntax

/// What arrives at the registration endpoint, before its body is read.
package struct RegistrationHead: Hashable, Sendable {
    package let method: String
    package let contentTypes: [String]

    package init(method: String, contentTypes: [String]) {
        self.method = method
        self.contentTypes = contentTypes
    }

    /// `POST` of JSON where registration is open.
    package func check(_ registration: DynamicRegistration) throws(Rejection) {
        guard registration != .off else { throw .registrationClosed }
        guard method.hasSameBytes(as: "POST") else { throw .wrongMethod(allowed: ["POST"]) }
        try checkContentType()
    }

    /// The methods of the configuration endpoint (RFC 7592 §2).
    package func checkManagement() throws(Rejection) {
        let allowed = ["GET", "PUT", "DELETE"]
        guard allowed.contains(method) else { throw .wrongMethod(allowed: allowed) }
        if method.hasSameBytes(as: "PUT") { try checkContentType() }
    }

    private func checkContentType() throws(Rejection) {
        guard contentTypes.count == 1, MediaType.isExactly("application/json", contentTypes[0]) else {
            throw .wrongContentType
        }
    }
}

/// An update of a registered client (RFC 7592 §2.2): the whole metadata again.
package struct RegistrationUpdate: Hashable, Sendable {
    package let metadata: ClientMetadata
    /// The secret that the client believes to have, which must be the right one when it is there.
    package let secret: String?

    /// Refuses another `client_id` and the members that are the server's alone.
    package init(body: [UInt8], clientID: String, policy: RegistrationPolicy) throws(Rejection) {
        let reader: MetadataReader
        do throws(Rejection.MetadataFault) {
            reader = try MetadataReader(body, longest: RegistrationPolicy.longestBody)
            for member in Self.serversAlone where reader.contains(member) { throw .notTheClients(member: member) }
            guard let id = try reader.text("client_id") else { throw .missing(member: "client_id") }
            guard id.hasSameBytes(as: clientID) else { throw .otherIdentifier }
            secret = try reader.text("client_secret")
        } catch {
            throw .registration(error)
        }
        metadata = try ClientMetadata(registration: body, policy: policy)
    }

    private static let serversAlone = [
        "registration_access_token", "registration_client_uri", "client_secret_expires_at", "client_id_issued_at",
    ]
}
