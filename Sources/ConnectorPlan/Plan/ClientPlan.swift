import ConnectorSpec
package import Diagnostics
package import OAuthModel

/// A client that is known before it comes: a profile of the catalogue, or a predefined id.
package struct ClientPlan: Sendable {
    package var id: String?
    package var profile: String?
    package var label: String
    package var status: ClientStatus
    /// How it may authenticate, best first: the one that the spec names, or both that send the secret it has.
    package var authMethods: [AuthenticationMethod]
    package var secret: SecretReference?
    /// Where the public keys are of a client of `private_key_jwt`.
    package var keysURL: String?
    /// The scopes that it may be granted; empty for all there are.
    package var scopes: [String]
    package var allowIntrospection: Bool
    package var redirects: [RedirectRule]
    /// CIMD document URLs of the profile.
    package var metadataDocuments: [String]
    /// The registration methods by which it can get in here, best first; empty is an error.
    package var registrationMethods: [RegistrationMethod]
    package var origins: [Span]
}

package struct RedirectRule: Hashable, Sendable {
    package var uri: String
    package var match: RedirectMatch
    /// Whose it is: a profile's or a client's name.
    package var client: String
    package var origins: [Span]
}

package struct TrustedHost: Hashable, Sendable {
    package var pattern: String
    /// `spec`, or the profile that brings it.
    package var source: String
    package var origins: [Span]
}
