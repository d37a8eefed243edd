import JSONSyntax
import OAuthModel
import RuntimeConfig

extension ClientMetadata {
    /// Stands in the stored text alone, for a client that named no method.
    private static let defaultMethod = "token_endpoint_auth_method_is_default"

    /// The text that a store keeps: the members as an answer shows them, and what an answer does not show.
    package var storedText: String {
        let hidden = namesAuthMethod ? [] : [JSONMember(Self.defaultMethod, true)]
        return String(decoding: JSON.object(members + hidden).encoded(.compact), as: UTF8.self)
    }

    /// Reads ``storedText`` back; nil for what this release cannot read. It was judged when it came; what
    /// the policy of today says of it is asked where the client is used (``record(id:secrets:admittedBy:)``).
    package init?(stored: String) {
        guard let json = try? JSON.parse(Array(stored.utf8)) else { return nil }
        func text(_ name: String) -> String? { json[name]?.string }
        func texts(_ name: String) -> [String]? { json[name]?.array?.compactMap(\.string) }
        guard let redirects = texts("redirect_uris"), let grants = texts("grant_types"),
            let method = text("token_endpoint_auth_method").flatMap(AuthenticationMethod.init),
            let type = text("application_type").flatMap(ClientRecord.ApplicationType.init)
        else { return nil }
        self.init(
            redirectURIs: redirects, authMethod: method, namesAuthMethod: json[Self.defaultMethod] == nil,
            grantTypes: grants.compactMap(GrantType.init),
            applicationType: type, scopes: text("scope").map { $0.split(separator: " ").map(String.init) },
            name: text("client_name"), clientURI: text("client_uri"), logoURI: text("logo_uri"),
            termsURI: text("tos_uri"), policyURI: text("policy_uri"), keysURI: text("jwks_uri"),
            softwareID: text("software_id"), softwareVersion: text("software_version"))
    }
}
