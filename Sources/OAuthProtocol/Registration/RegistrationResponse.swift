import JSONSyntax
import OAuthModel
import RuntimeConfig

/// The answer to a registration (RFC 7591 §3.2.1) and to reading or updating one (RFC 7592 §3).
package struct RegistrationResponse: Hashable, Sendable {
    /// How the client reaches its own registration.
    package struct Management: Hashable, Sendable {
        package let uri: String
        package let accessToken: String

        package init(uri: String, accessToken: String) {
            self.uri = uri
            self.accessToken = accessToken
        }
    }

    package let clientID: String
    /// Seconds since 1970.
    package let issued: Int
    package let metadata: ClientMetadata
    /// In clear, for this answer alone.
    package let secret: String?
    package let management: Management?

    package init(
        clientID: String, issued: Int, metadata: ClientMetadata, secret: String? = nil, management: Management?
    ) {
        self.clientID = clientID
        self.issued = issued
        self.metadata = metadata
        self.secret = metadata.needsSecret ? secret : nil
        self.management = management
    }

    /// Answers a registration with the deployment's own public client, whatever method was asked for. There is no
    /// secret to return and nothing to manage.
    ///
    /// - Throws: ``Rejection/registrationRedirect(_:)`` for a redirect URI that client may not be redirected to.
    package init(
        static client: ClientRecord, metadata: ClientMetadata, issued: Int
    ) throws(Rejection) {
        guard client.isPublic else { throw .registrationClosed }
        for text in metadata.redirectURIs {
            do throws(RedirectFault) { _ = try client.redirect(text) } catch { throw .registrationRedirect(error) }
        }
        var metadata = metadata
        metadata.authMethod = .none
        metadata.namesAuthMethod = true
        metadata.keysURI = nil
        self.init(clientID: client.id, issued: issued, metadata: metadata, management: nil)
    }

    package var fields: [ResponseField] { ResponseField.uncachedJSON }

    package var body: [UInt8] {
        var members = [JSONMember("client_id", .string(clientID)), JSONMember("client_id_issued_at", .int(issued))]
        if let secret {
            members += [JSONMember("client_secret", .string(secret)), JSONMember("client_secret_expires_at", 0)]
        }
        members += metadata.members
        if let management {
            members += [
                JSONMember("registration_client_uri", .string(management.uri)),
                JSONMember("registration_access_token", .string(management.accessToken)),
            ]
        }
        return JSON.object(members).encoded(.compact)
    }
}
