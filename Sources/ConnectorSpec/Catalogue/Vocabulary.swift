/// The variables of one kind of service, each bound to a key of the plan or left to the operator.
///
/// The plan keys that the built-in vocabularies use; each is a text, lists are joined as the variable
/// says:
///
/// | key | meaning |
/// |---|---|
/// | `deployment.name` | the spec's name |
/// | `issuer.url` | issuer identifier, byte for byte |
/// | `issuer.authorization_endpoint`, `issuer.token_endpoint`, `issuer.registration_endpoint`, `issuer.userinfo_endpoint`, `issuer.jwks_uri`, `issuer.introspection_endpoint`, `issuer.revocation_endpoint` | absolute URLs |
/// | `issuer.scopes` | scopes that the issuer supports |
/// | `issuer.dynamic_registration` | `true` or `false` |
/// | `issuer.listen`, `issuer.verify_url` | address of connectorgen-auth; URL of its verification |
/// | `login.issuer`, `login.client_id`, `login.callback_url` | the upstream provider, and our callback there |
/// | `connector.name` | its name in the spec |
/// | `connector.public_url` | URL of the transport |
/// | `connector.origin`, `connector.host` | of that URL |
/// | `connector.path` | path of the transport |
/// | `connector.resource`, `connector.metadata_url` | RFC 9728 resource and the URL of its document |
/// | `connector.audience` | audiences that tokens may carry |
/// | `connector.client_id` | the advertised client id |
/// | `connector.scopes` | scopes of the resource |
/// | `connector.upstream`, `connector.upstream_host`, `connector.upstream_port` | address of the MCP server |
/// | `connector.allowed_origins` | pages that may call it |
/// | `connector.redirect_uris` | redirect URIs that registration allows |
/// | `keycloak.realm`, `keycloak.server`, `keycloak.admin_realm`, `keycloak.admin_client`, `keycloak.scope_name` | the Keycloak target |
package struct Vocabulary: Sendable {
    package struct Variable: Hashable, Sendable {
        package enum Binding: Hashable, Sendable {
            /// A key of the plan, named above.
            case plan(String)
            /// A fixed text.
            case literal(String)
            /// A secret that is never written; the operator provides the variable of the same name.
            case secret
        }

        /// How a plan key with several values becomes one text.
        package enum ListStyle: String, Hashable, Sendable, CaseIterable { case space, comma }

        package let name: String
        package let binding: Binding
        package let list: ListStyle
        /// True when the variable is left out where the plan has no such value.
        package let isOptional: Bool
        package let meaning: String
    }

    package let name: String
    package let title: String
    package let variables: [Variable]
    package let asOf: String
    package let source: String
}
