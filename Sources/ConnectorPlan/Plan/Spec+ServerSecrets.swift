package import ConnectorSpec
package import OAuthModel

extension Spec {
    /// Every secret that the runtime config refers to, in its order.
    package var serverSecrets: [Located<SecretReference>] {
        let mode = issuer.mode.value
        var references = [
            issuer.key, mode == .upstream ? issuer.login?.clientSecret : nil, mode == .local ? issuer.users : nil,
        ].compactMap(\.self)
        references += clients.compactMap(\.secret)
        if let store = issuer.store, case .postgres(let reference) = store.value {
            references.append(Located(reference, at: store.span))
        }
        for connector in connectors {
            for token in connector.serviceTokens {
                guard case .secret(let reference) = token.token.value else { continue }
                references.append(Located(reference, at: token.token.span))
            }
        }
        if mode == .external, case .introspected(let section) = issuer.verification {
            references.append(section.clientSecret)
        }
        return references
    }
}
