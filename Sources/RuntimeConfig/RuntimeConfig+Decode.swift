package import Diagnostics
import JSONSyntax

extension RuntimeConfig {
    /// Reads the file that ``encoded(banner:)`` writes; the config is nil when there is any error.
    package static func decode(_ source: SourceFile, id: FileID) -> (config: RuntimeConfig?, diagnostics: [Diagnostic])
    {
        let tree: JSONNode
        do throws(JSONError) {
            tree = try JSONNode.parse(source.bytes)
        } catch {
            return (nil, [syntaxError(error, in: source, id: id)])
        }
        var reader = RuntimeReader(file: id)
        let root = RuntimePlace(node: tree, path: .root)
        guard reader.readsSchemaVersion(root) else { return (nil, reader.diagnostics) }
        guard let object = reader.object(root, RootKey.self) else { return (nil, reader.diagnostics) }
        let config = reader.config(object)
        reader.check(object)
        return (reader.diagnostics.hasErrors ? nil : config, reader.diagnostics)
    }

    private static func syntaxError(_ error: JSONError, in source: SourceFile, id: FileID) -> Diagnostic {
        func span(_ offset: Int) -> Span {
            let start = min(max(0, offset), source.bytes.count)
            return Span(id, start, min(start + 1, source.bytes.count))
        }
        return Diagnostic(
            .jsonSyntax, error.message, at: Label(span(error.offset)),
            secondary: error.earlierOffset.map { [Label(span($0), "the first is here")] } ?? [],
            help: "the file is generated; run `connectorgen build` again instead of editing it")
    }
}

extension RuntimeReader {
    /// Another version has other members, so nothing more is said of such a file.
    fileprivate mutating func readsSchemaVersion(_ root: RuntimePlace) -> Bool {
        guard let node = root.node[RootKey.schemaVersion.rawValue] else { return true }
        let place = RuntimePlace(node: node, path: .member(.root, RootKey.schemaVersion.rawValue))
        guard case .number(let number) = node.content else {
            wrongType(place, expected: "the number \(RuntimeConfig.schemaVersion)")
            return false
        }
        if number.int == RuntimeConfig.schemaVersion { return true }
        let isNewer = number.int.map { $0 > RuntimeConfig.schemaVersion } ?? false
        note(
            .runtimeSchemaVersion,
            "the file has schema version \(number.literal), this connectorgen-auth reads version "
                + "\(RuntimeConfig.schemaVersion)",
            at: place,
            help: isNewer
                ? "install the connectorgen-auth of the release that wrote the file, or build the file with "
                    + "connectorgen \(Product.version)"
                : "build the file again with connectorgen \(Product.version)")
        return false
    }

    fileprivate mutating func config(_ object: RuntimeObject<RootKey>) -> RuntimeConfig? {
        _ = optionalText(object, .comment)
        _ = required(object, .schemaVersion)
        let name = text(object, .name)
        let mode = choice(object, .mode, RuntimeConfig.Mode.self)
        let issuer = url(object, .issuer)
        let behindProxy = optionalFlag(object, .behindProxy) ?? false
        let listen = listener(object, .listen, behindProxy: behindProxy)
        let privateListen = listener(object, .privateListen, behindProxy: behindProxy)
        let key = object[.key].flatMap { secret($0) }
        let resources = list(object, .resources) { $0.resource($1) }
        let endpoints = list(object, .endpoints) { $0.endpoint($1) }
        let documents = list(object, .documents) { $0.document($1) }
        let lanes = list(object, .lanes) { $0.choice($1, RuntimeConfig.Lane.self) }
        let dcr = choice(object, .dcr, RuntimeConfig.DynamicRegistration.self)
        let clients = list(object, .clients) { $0.client($1) }
        let redirects = list(object, .redirects) { $0.redirect($1) }
        let trustedHosts = list(object, .trustedHosts) { $0.text($1) }
        let pageHosts = list(object, .pageHosts) { $0.text($1) }
        let clientURIsMustMatch = flag(object, .clientURIsMustMatch)
        let clientDocuments = required(object, .clientDocuments).flatMap { self.clientDocuments($0) }
        let legacyAliases = list(object, .legacyAliases) { $0.alias($1) }
        let login = object[.login].flatMap { self.login($0) }
        let users = object[.users].flatMap { secret($0) }
        let onPasswordChange = object[.onPasswordChange].flatMap { choice($0, RuntimeConfig.PasswordChange.self) }
        let store = object[.store].flatMap { self.store($0) }
        let tokens = required(object, .tokens).flatMap { self.tokens($0) }
        let limits = required(object, .limits).flatMap { self.limits($0) }
        let serviceTokens = list(object, .serviceTokens) { $0.serviceToken($1) }
        let domainProofs = list(object, .domainProofs) { $0.domainProof($1) }
        guard let name, let mode, let issuer, let listen, let privateListen, let resources, let endpoints,
            let documents, let lanes, let dcr, let clients, let redirects, let trustedHosts, let pageHosts,
            let clientURIsMustMatch, let clientDocuments, let legacyAliases, let tokens, let limits,
            let serviceTokens, let domainProofs
        else { return nil }
        return RuntimeConfig(
            name: name, mode: mode, issuer: issuer, listen: listen, privateListen: privateListen,
            resources: resources, endpoints: endpoints, documents: documents, lanes: lanes, dcr: dcr,
            clients: clients, redirects: redirects, trustedHosts: trustedHosts, legacyAliases: legacyAliases,
            login: login, users: users, onPasswordChange: onPasswordChange ?? .endGrants, store: store, tokens: tokens,
            behindProxy: behindProxy, key: key,
            pageHosts: pageHosts, clientURIsMustMatch: clientURIsMustMatch, clientDocuments: clientDocuments,
            limits: limits, serviceTokens: serviceTokens, domainProofs: domainProofs)
    }

    private mutating func listener(
        _ object: RuntimeObject<RootKey>, _ key: RootKey, behindProxy: Bool
    ) -> String? {
        guard let place = required(object, key), let text = text(place) else { return nil }
        guard let endpoint = ListenEndpoint(parsing: text) else {
            note(
                .runtimeBadValue, "`\(place.path.text)` is `\(text)`, expected an address and a port", at: place,
                help: "write 127.0.0.1:8719, [::1]:8719 or unix:/run/connectorgen/auth.sock")
            return nil
        }
        if !endpoint.isLocal, !behindProxy {
            note(
                .runtimeExposedListener, "`\(place.path.text)` is `\(text)`, which other machines can reach", at: place,
                help:
                    "set issuer.listen and issuer.private_listen in the spec to 127.0.0.1, [::1] or a unix socket, where "
                    + "nginx reaches them, and build the file again")
            return nil
        }
        return text
    }
}
