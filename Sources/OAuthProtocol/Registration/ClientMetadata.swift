package import JSONSyntax
package import OAuthModel
import WebSyntax

/// The metadata that a client registers (RFC 7591 §2), after judgement and with the defaults filled in.
package struct ClientMetadata: Hashable, Sendable {
    package var redirectURIs: [String]
    package var authMethod: AuthenticationMethod
    /// False where the client named none: then it is told the default, and may send its secret either way.
    package var namesAuthMethod = true
    /// In the order of the client, without those that this server does not have.
    package var grantTypes: [GrantType]
    package var applicationType: ClientRecord.ApplicationType
    /// Narrowed, and never empty; nil when the client named none that there is.
    package var scopes: [String]?
    package var name: String?
    package var clientURI: String?
    package var logoURI: String?
    package var termsURI: String?
    package var policyURI: String?
    package var keysURI: String?
    package var softwareID: String?
    package var softwareVersion: String?

    /// True when the client gets a secret.
    package var needsSecret: Bool { authMethod == .clientSecretBasic || authMethod == .clientSecretPost }

    /// The record of a client with this metadata.
    package func record(
        id: String, origin: ClientRecord.Origin = .dynamic, secrets: [ClientRecord.Secret] = []
    ) -> ClientRecord {
        ClientRecord(
            id: id, origin: origin, name: name ?? "",
            redirects: redirectURIs.compactMap { try? RedirectURI($0) }.map(RegisteredRedirect.init(registering:)),
            authMethods: namesAuthMethod ? [authMethod] : Set(AuthenticationMethod.withSecret), secrets: secrets,
            grantTypes: Set(grantTypes), applicationType: applicationType,
            keysURI: keysURI, registeredScopes: scopes ?? [])
    }

    /// The members as an answer shows them.
    package var members: [JSONMember] {
        func text(_ name: String, _ value: String?) -> JSONMember? { value.map { JSONMember(name, .string($0)) } }
        let all: [JSONMember?] = [
            text("client_name", name),
            JSONMember("redirect_uris", .array(redirectURIs.map { .string($0) })),
            JSONMember("token_endpoint_auth_method", .string(authMethod.rawValue)),
            JSONMember("grant_types", .array(grantTypes.map { .string($0.rawValue) })),
            JSONMember("response_types", ["code"]),
            JSONMember("application_type", .string(applicationType.rawValue)),
            Scopes.member(scopes ?? []),
            text("client_uri", clientURI), text("logo_uri", logoURI), text("tos_uri", termsURI),
            text("policy_uri", policyURI), text("jwks_uri", keysURI), text("software_id", softwareID),
            text("software_version", softwareVersion),
        ]
        return all.compactMap(\.self)
    }
}
