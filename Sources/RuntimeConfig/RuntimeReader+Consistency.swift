import Diagnostics
import JSONSyntax
import OAuthModel
import WebSyntax

/// What the members have to say to each other.
///
/// It looks at the tree, not at the config, so it speaks in the same run as the errors of single members,
/// and passes over what those have already refused.
extension RuntimeReader {
    mutating func check(_ root: RuntimeObject) {
        guard case .object = root.place.node.content else { return }
        checkListeners(root)
        checkMode(root)
        checkClients(root)
        checkUnique(root)
        checkDocuments(root)
        checkAssertions(root)
        checkServiceTokens(root)
        checkLifetimes(root)
    }

    private mutating func checkListeners(_ root: RuntimeObject) {
        // Whoever names who may connect has said that others can.
        let isGuarded = root[RootKey.trustedProxies].map { !elements($0).isEmpty } ?? false
        for place in [root[RootKey.listen], root[RootKey.privateListen]].compactMap(\.self) where !isGuarded {
            guard let text = string(place), let address = try? ListenAddress(parsing: text), !address.isLocal else {
                continue
            }
            note(
                .runtimeExposedListener, "`\(place.path.text)` is `\(text)`, which other machines can reach", at: place,
                help:
                    "set issuer.listen and issuer.private_listen in the spec to 127.0.0.1, [::1] or a unix socket, where "
                    + "nginx reaches them, or name nginx in issuer.trusted_proxies, and build the file again")
        }
        guard let open = root[RootKey.listen], let inner = root[RootKey.privateListen], let text = string(open),
            text == string(inner)
        else { return }
        note(
            .runtimeInconsistent, "`private_listen` is the same address as `listen`", at: inner,
            secondary: [Label(span(of: open), "used here already")],
            help: "verification, health and metrics need an address of their own")
    }

    private mutating func checkMode(_ root: RuntimeObject) {
        guard let place = root[RootKey.mode], let mode = string(place).flatMap(ServerMode.init) else { return }
        let endpoints = elements(root[RootKey.endpoints])
        if mode == .external {
            if let first = endpoints.first {
                note(
                    .runtimeInconsistent,
                    "`endpoints` are served, but in mode `external` another server issues the tokens",
                    at: first, secondary: [Label(span(of: place), "the mode")])
            }
            return
        }
        if let verification = root[RootKey.verification] {
            note(
                .runtimeInconsistent,
                "`verification` is of tokens that another server issues, but in mode `\(mode.rawValue)` this one issues them",
                at: verification, secondary: [Label(span(of: place), "the mode")])
        }
        let needed: [RootKey] = [mode == .upstream ? .login : .users, .store]
        for key in needed where root[key] == nil {
            note(.runtimeMissingMember, "`\(key.rawValue)` is missing, which mode `\(mode.rawValue)` needs", at: place)
        }
        let names = Set(endpoints.compactMap { string($0, EndpointKey.name) })
        let missing = core(root, mode).map(\.rawValue).filter { !names.contains($0) }
        if root[RootKey.endpoints] != nil, !missing.isEmpty {
            note(
                .runtimeMissingMember,
                "`endpoints` lacks " + missing.map { "`\($0)`" }.joined(separator: ", ")
                    + ", which mode `\(mode.rawValue)` needs", at: place)
        }
    }

    /// The endpoints without which no token can be had.
    private func core(_ root: RuntimeObject, _ mode: ServerMode) -> [EndpointName] {
        var names: [EndpointName] = [.authorize, .token]
        let registrationMethods = elements(root[RootKey.registrationMethods]).compactMap { string($0) }
        let dcr = root[RootKey.dcr].flatMap { string($0) }
        if registrationMethods.contains(RegistrationMethod.dcr.rawValue), dcr != DynamicRegistration.off.rawValue {
            names.append(.register)
        }
        if mode == .upstream { names.append(.callback) }
        let format = root[RootKey.tokens].flatMap { string($0, TokensKey.format) }
        if format == TokenFormat.jwt.rawValue { names.append(.jwks) }
        return names
    }

    private mutating func checkUnique(_ root: RuntimeObject) {
        checkUnique(elements(root[RootKey.resources]), by: ResourceKey.resource)
        checkUnique(elements(root[RootKey.clients]), by: ClientKey.id)
        checkUnique(elements(root[RootKey.endpoints]) + elements(root[RootKey.legacyAliases]), by: EndpointKey.path)
        var seen: [String: RuntimePlace] = [:]
        for document in elements(root[RootKey.documents]) {
            for location in elements(member(document, DocumentKey.locations)) { noteLocation(location, &seen) }
        }
        for proof in elements(root[RootKey.domainProofs]) { noteLocation(proof, &seen) }
        checkUnique(elements(root[RootKey.serviceTokens]), by: ServiceTokenKey.label)
    }

    private mutating func noteLocation(_ place: RuntimePlace, _ seen: inout [String: RuntimePlace]) {
        guard let host = string(place, LocationKey.host), let path = string(place, LocationKey.path) else { return }
        noteRepetition(of: host + path, at: place, &seen)
    }

    private mutating func checkUnique(_ places: [RuntimePlace], by key: some RuntimeKey) {
        var seen: [String: RuntimePlace] = [:]
        for place in places {
            guard let member = member(place, key), let text = string(member) else { continue }
            noteRepetition(of: text, at: member, &seen)
        }
    }

    private mutating func noteRepetition(
        of text: String, at place: RuntimePlace, _ seen: inout [String: RuntimePlace]
    ) {
        guard let first = seen[text] else {
            seen[text] = place
            return
        }
        note(
            .runtimeInconsistent, "`\(place.path.text)` is `\(text)`, as is `\(first.path.text)`", at: place,
            secondary: [Label(span(of: first), "the first is here")])
    }

    /// The documents say the identity that the server has, byte for byte.
    private mutating func checkDocuments(_ root: RuntimeObject) {
        var known: Set<String> = []
        for resource in elements(root[RootKey.resources]) {
            if let name = string(resource, ResourceKey.resource) { known.insert(name) }
            known.formUnion(elements(member(resource, ResourceKey.equivalentIdentifiers)).compactMap { string($0) })
        }
        for document in elements(root[RootKey.documents]) {
            guard let kind = string(document, DocumentKey.kind).flatMap(DocumentKind.init),
                let body = member(document, DocumentKey.body)
            else { continue }
            if kind == .protectedResource {
                guard let resource = memberOfBody(body, "resource"), let text = string(resource) else { continue }
                if !known.contains(text) {
                    note(
                        .runtimeInconsistent,
                        "`\(resource.path.text)` is `\(text)`, which is neither a resource of this server nor a spelling of one",
                        at: resource)
                }
            } else {
                guard let place = root[RootKey.issuer], let issuer = string(place),
                    let stated = memberOfBody(body, "issuer"), let text = string(stated)
                else { continue }
                if text != issuer {
                    note(
                        .runtimeInconsistent, "`\(stated.path.text)` is `\(text)`, but the issuer is `\(issuer)`",
                        at: stated, secondary: [Label(span(of: place), "the issuer")],
                        help: "clients compare the two byte by byte and refuse the server")
                }
            }
        }
    }

    private mutating func memberOfBody(_ body: RuntimePlace, _ name: String) -> RuntimePlace? {
        if let node = body.node[name] { return RuntimePlace(node: node, path: .member(body.path, name)) }
        if case .object = body.node.content {
            note(.runtimeMissingMember, "`\(body.path.text).\(name)` is missing", at: body)
        }
        return nil
    }

    // MARK: looking, without a word

    func string(_ place: RuntimePlace) -> String? {
        if case .string(let text) = place.node.content { text } else { nil }
    }

    func member(_ place: RuntimePlace, _ key: some RuntimeKey) -> RuntimePlace? {
        place.node[key.rawValue].map { RuntimePlace(node: $0, path: .member(place.path, key.rawValue)) }
    }

    func string(_ place: RuntimePlace, _ key: some RuntimeKey) -> String? {
        place.node[key.rawValue].flatMap { node in
            if case .string(let text) = node.content { text } else { nil }
        }
    }

    func elements(_ place: RuntimePlace?) -> [RuntimePlace] {
        guard let place, case .array(let elements) = place.node.content else { return [] }
        return elements.enumerated().map { RuntimePlace(node: $1, path: .element(place.path, $0)) }
    }
}
