import OAuthModel
import WebSyntax

extension RuntimeConfig {
    package struct Resource: Hashable, Sendable {
        package var name: String
        package var resource: String
        /// Further texts that requests may name it by: the origin, where the root document says that.
        package var equivalentIdentifiers: [String]
        /// Where the challenge's `resource_metadata` points.
        package var metadataURL: String
        package var scopes: [String]
        /// The advertised `mcp.client_id`, when there is one.
        package var clientID: String?
        /// Origins whose browsers may call it.
        package var allowedOrigins: [String]
        /// What `aud` of a token of another issuer may be; empty for the resource alone.
        package var audiences: [String]
        /// Who may come, one of these; empty for everybody with a token.
        package var admissions: [Admission]
        /// How tokens begin that go to the application untouched.
        package var passedPrefixes: [String]

        package init(
            name: String, resource: String, metadataURL: String, scopes: [String], clientID: String?,
            allowedOrigins: [String], equivalentIdentifiers: [String] = [], audiences: [String] = [],
            admissions: [Admission] = [], passedPrefixes: [String] = []
        ) {
            self.name = name
            self.resource = resource
            self.metadataURL = metadataURL
            self.scopes = scopes
            self.clientID = clientID
            self.allowedOrigins = allowedOrigins
            self.equivalentIdentifiers = equivalentIdentifiers
            self.audiences = audiences
            self.admissions = admissions
            self.passedPrefixes = passedPrefixes
        }
    }
}

package enum ResourceKey: String, RuntimeKey {
    case name, resource
    case equivalentIdentifiers = "equivalent_identifiers"
    case metadataURL = "metadata_url"
    case scopes
    case clientID = "client_id"
    case allowedOrigins = "allowed_origins"
    case audiences
    case admissions = "allow"
    case passedPrefixes = "pass"
}

extension RuntimeConfig.Resource {
    static let codec = ValueCodec.object(
        Member(ResourceKey.name, .text, "The connector.", { $0.name }),
        Member(
            ResourceKey.resource, .text(PublicURL.self),
            "The resource identifier (RFC 9728 §1.2, RFC 8707 §2); `aud` has the same bytes.", { $0.resource }),
        Member(
            ResourceKey.equivalentIdentifiers, .list(.text),
            "Further texts that requests may name it by: the origin, where the root document says that.",
            { $0.equivalentIdentifiers }),
        Member(
            ResourceKey.metadataURL, .metadataURL, "Where `resource_metadata` of a challenge points (RFC 9728 §5.1).",
            { $0.metadataURL }),
        Member(ResourceKey.scopes, .list(.text(ScopeToken.self)), "Its scopes.", { $0.scopes }),
        Member(
            optional: ResourceKey.clientID, .text(ClientID.self), "The client id that it advertises.", { $0.clientID }),
        Member(
            ResourceKey.allowedOrigins, .list(.text(WebOrigin.self)), "Origins whose pages may call it.",
            { $0.allowedOrigins }),
        Member(
            ResourceKey.audiences, .list(.text), otherwise: [],
            "What `aud` of another issuer's token may be; without it the resource alone.", { $0.audiences }),
        Member(
            ResourceKey.admissions, .list(RuntimeConfig.Admission.codec), otherwise: [],
            "Who may come, by one of these; without it everybody with a token.", { $0.admissions }),
        Member(
            ResourceKey.passedPrefixes, .list(.text(TokenPrefix.self)), otherwise: [],
            "How tokens begin that go to the application untouched.", { $0.passedPrefixes })
    ) {
        Self(
            name: $0, resource: $1, metadataURL: $3, scopes: $4, clientID: $5, allowedOrigins: $6,
            equivalentIdentifiers: $2,
            audiences: $7, admissions: $8, passedPrefixes: $9)
    }
}
