package import OAuthModel

/// What the server lets others do, and how much of it.
extension RuntimeConfig {
    /// The lane of Client ID Metadata Documents, and the assertions that such clients sign.
    package struct ClientDocuments: Hashable, Sendable {
        /// Hosts that documents may come from, byte for byte; empty for every public host.
        package var hosts: [String]
        package var assertions: ClientAssertions
        package var audience: AssertionAudience

        package init(
            hosts: [String] = [], assertions: ClientAssertions = .refused,
            audience: AssertionAudience = .issuerOrTokenEndpoint
        ) {
            self.hosts = hosts
            self.assertions = assertions
            self.audience = audience
        }
    }

    /// How much strangers may use up. 0 switches a limit off.
    package struct Limits: Hashable, Sendable {
        /// Per client address: an IPv4 address, or the /64 of an IPv6 address.
        package var registrations: Rate
        package var authorizations: Rate
        package var tokenRequests: Rate
        /// Dynamic clients that never had a token, all together.
        package var unusedClients: Int
        /// Authorizations between the first request and the code, all together.
        package var pendingAuthorizations: Int

        package init(
            registrations: Rate, authorizations: Rate, tokenRequests: Rate, unusedClients: Int,
            pendingAuthorizations: Int
        ) {
            self.registrations = registrations
            self.authorizations = authorizations
            self.tokenRequests = tokenRequests
            self.unusedClients = unusedClients
            self.pendingAuthorizations = pendingAuthorizations
        }

        package static let off = Limits(
            registrations: .off, authorizations: .off, tokenRequests: .off, unusedClients: 0, pendingAuthorizations: 0)
    }

    /// A bearer token that a program of the operator presents to one resource; it never expires and is no client's.
    package struct ServiceToken: Hashable, Sendable {
        package var label: String
        package var token: Token
        package var subject: String
        /// The resource identifier, which is one of the config's resources.
        package var resource: String
        package var scopes: [String]

        /// How the server recognises it; the token itself never stands in the file.
        package enum Token: Hashable, Sendable {
            /// SHA-256 of the token's bytes in 64 lower-case hexadecimal digits.
            case sha256(String)
            case secret(SecretReference)
        }

        package init(label: String, token: Token, subject: String, resource: String, scopes: [String]) {
            self.label = label
            self.token = token
            self.subject = subject
            self.resource = resource
            self.scopes = scopes
        }
    }

    /// A text that proves to somebody else that the host is ours, answered as `text/plain` without a line end.
    package struct DomainProof: Hashable, Sendable {
        package var host: String
        package var path: String
        package var text: String

        package init(host: String, path: String, text: String) {
            self.host = host
            self.path = path
            self.text = text
        }
    }
}
