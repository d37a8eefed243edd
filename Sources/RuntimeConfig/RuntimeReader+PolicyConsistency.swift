import Diagnostics
import JSONSyntax
import OAuthModel

/// What clients, tokens and policies have to say to each other.
extension RuntimeReader {
    mutating func checkClients(_ root: RuntimeObject) {
        for client in elements(root[RootKey.clients]) {
            guard let list = member(client, ClientKey.authMethods), case .array(let elements) = list.node.content else {
                continue
            }
            if elements.isEmpty {
                note(.runtimeBadValue, "`\(list.path.text)` is empty, and no client is without a method", at: list)
                continue
            }
            let methods = self.elements(list).compactMap { string($0) }.compactMap(AuthenticationMethod.init)
            guard methods.count == elements.count else { continue }
            let words = methods.map(\.rawValue).joined(separator: " ")
            check(client, has: .secret, where: methods.contains(where: \.usesSecret), words)
            check(client, has: .keysURL, where: methods.contains(.privateKeyJWT), words)
            guard let allowIntrospection = member(client, ClientKey.allowIntrospection),
                allowIntrospection.node.content == .bool(true),
                methods.contains(.none)
            else { continue }
            note(
                .runtimeInconsistent,
                "`\(allowIntrospection.path.text)` is true, but a client of auth method `none` is anybody",
                at: allowIntrospection)
        }
    }

    private mutating func check(_ client: RuntimePlace, has key: ClientKey, where isNeeded: Bool, _ method: String) {
        let found = member(client, key)
        if isNeeded, found == nil {
            note(
                .runtimeMissingMember,
                "`\(client.path.text).\(key.rawValue)` is missing, which auth method `\(method)` needs", at: client)
        } else if !isNeeded, let found {
            note(
                .runtimeInconsistent, "`\(found.path.text)` is given, but auth method `\(method)` uses none", at: found)
        }
    }

    /// `private_key_jwt` is advertised exactly where it is accepted.
    mutating func checkAssertions(_ root: RuntimeObject) {
        guard let place = root[RootKey.clientDocuments].flatMap({ member($0, ClientDocumentsKey.assertions) }),
            let assertions = string(place).flatMap(ClientAssertions.init)
        else { return }
        let method = AuthenticationMethod.privateKeyJWT.rawValue
        for document in elements(root[RootKey.documents]) {
            guard string(document, DocumentKey.kind) != DocumentKind.protectedResource.rawValue,
                let body = member(document, DocumentKey.body),
                let node = body.node["token_endpoint_auth_methods_supported"]
            else { continue }
            let methods = RuntimePlace(node: node, path: .member(body.path, "token_endpoint_auth_methods_supported"))
            let isAdvertised = elements(methods).contains { string($0) == method }
            guard isAdvertised != (assertions != .refused) else { continue }
            note(
                .runtimeInconsistent,
                "`\(methods.path.text)` \(isAdvertised ? "names" : "lacks") `\(method)`, but assertions are "
                    + assertions.rawValue, at: methods, secondary: [Label(span(of: place), "here")])
        }
    }

    mutating func checkServiceTokens(_ root: RuntimeObject) {
        var scopes: [String: Set<String>] = [:]
        for resource in elements(root[RootKey.resources]) {
            guard let name = string(resource, ResourceKey.resource) else { continue }
            scopes[name] = Set(elements(member(resource, ResourceKey.scopes)).compactMap { string($0) })
        }
        for token in elements(root[RootKey.serviceTokens]) {
            guard let resource = member(token, ServiceTokenKey.resource), let name = string(resource) else { continue }
            guard let known = scopes[name] else {
                note(
                    .runtimeInconsistent, "`\(resource.path.text)` is `\(name)`, which is no resource of this server",
                    at: resource)
                continue
            }
            for scope in elements(member(token, ServiceTokenKey.scopes)) {
                guard let text = string(scope), !known.contains(text) else { continue }
                note(
                    .runtimeInconsistent, "`\(scope.path.text)` is `\(text)`, which is no scope of `\(name)`", at: scope
                )
            }
        }
    }

    /// A token that outlives its grant would have a lifetime that never comes true.
    mutating func checkLifetimes(_ root: RuntimeObject) {
        guard let tokens = root[RootKey.tokens], let grant = number(tokens, .grantLifetime) else { return }
        for key in [TokensKey.accessLifetime, .refreshLifetime] {
            guard let lifetime = number(tokens, key), lifetime > grant, let place = member(tokens, key) else {
                continue
            }
            note(
                .runtimeInconsistent, "`\(place.path.text)` is \(lifetime), longer than the grant, \(grant)", at: place)
        }
    }

    private func number(_ place: RuntimePlace, _ key: TokensKey) -> Int? {
        guard case .number(let number)? = member(place, key)?.node.content else { return nil }
        return number.int
    }
}
