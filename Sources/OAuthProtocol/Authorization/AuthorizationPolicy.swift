import JSONSyntax
package import RuntimeConfig

/// What this server grants and speaks, read once from the runtime config and from the documents it advertises it by.
package struct AuthorizationPolicy: Sendable {
    package let issuer: String
    package let resources: ResourceIndicators
    /// Scopes that belong to no resource (`offline_access`, `openid`), as the server's metadata lists them.
    package let generalScopes: [String]
    package let responseModes: Set<String>
    /// What ID tokens are signed with, as the OpenID provider metadata says; nil where there is none.
    package let idTokenAlgorithm: String?
    package let authMethods: Set<RuntimeConfig.AuthMethod>

    package init(_ config: RuntimeConfig) {
        issuer = config.issuer
        resources = ResourceIndicators(config.resources)
        func document(_ kind: RuntimeConfig.DocumentKind) -> JSON? {
            config.documents.first { $0.kind == kind.rawValue }.flatMap { try? JSON.parse(Array($0.body.utf8)) }
        }
        let metadata = document(.authorizationServer)
        idTokenAlgorithm =
            document(.openIDConfiguration)?["id_token_signing_alg_values_supported"]?.array?.first?.string
        func list(_ name: String) -> [String]? { metadata?[name]?.array?.compactMap(\.string) }
        let ofResources = Set(config.resources.flatMap(\.scopes))
        generalScopes = (list("scopes_supported") ?? [Scopes.offlineAccess]).filter { !ofResources.contains($0) }
        responseModes = Set(list("response_modes_supported") ?? ["query"])
        let methods = list("token_endpoint_auth_methods_supported")?
            .compactMap { RuntimeConfig.AuthMethod(rawValue: $0) }
        authMethods = Set(methods ?? [.none, .clientSecretPost, .clientSecretBasic])
    }

    /// All that a token for this resource can carry.
    package func grantableScopes(_ resource: RuntimeConfig.Resource) -> [String] { resource.scopes + generalScopes }

    /// All that this client's token for it can carry.
    package func grantableScopes(_ resource: RuntimeConfig.Resource, for client: ClientRecord) -> [String] {
        client.allowed(of: grantableScopes(resource))
    }
}
