import Diagnostics
import JSONSyntax

/// The objects of the file, each read by the table of its keys.
extension RuntimeReader {
    mutating func resource(_ place: RuntimePlace) -> RuntimeConfig.Resource? {
        guard let object = object(place, ResourceKey.self) else { return nil }
        let name = text(object, .name)
        let resource = url(object, .resource)
        let spellings = list(object, .spellings) { $0.text($1) }
        let metadataURL = url(object, .metadataURL)
        let scopes = list(object, .scopes) { $0.text($1) }
        let clientID = optionalText(object, .clientID)
        let allowedOrigins = list(object, .allowedOrigins) { $0.text($1) }
        guard let name, let resource, let spellings, let metadataURL, let scopes, let allowedOrigins else { return nil }
        return RuntimeConfig.Resource(
            name: name, resource: resource, metadataURL: metadataURL, scopes: scopes, clientID: clientID,
            allowedOrigins: allowedOrigins, spellings: spellings)
    }

    mutating func endpoint(_ place: RuntimePlace) -> RuntimeConfig.Endpoint? {
        guard let object = object(place, EndpointKey.self) else { return nil }
        let name = choice(object, .name, RuntimeConfig.EndpointName.self)
        let path = path(object, .path)
        guard let name, let path else { return nil }
        return RuntimeConfig.Endpoint(name: name.rawValue, path: path)
    }

    mutating func document(_ place: RuntimePlace) -> RuntimeConfig.Document? {
        guard let object = object(place, DocumentKey.self) else { return nil }
        let kind = choice(object, .kind, RuntimeConfig.DocumentKind.self)
        let etag = text(object, .etag)
        let locations = list(object, .locations) { $0.location($1) }
        let body = body(object)
        guard let kind, let etag, let locations, let body else { return nil }
        return RuntimeConfig.Document(kind: kind.rawValue, body: body, etag: etag, locations: locations)
    }

    private mutating func body(_ document: RuntimeObject<DocumentKey>) -> String? {
        guard let place = required(document, .body) else { return nil }
        guard case .object = place.node.content else {
            wrongType(place, expected: "an object")
            return nil
        }
        return String(decoding: place.node.json.encoded(.compact), as: UTF8.self)
    }

    private mutating func location(_ place: RuntimePlace) -> RuntimeConfig.Document.Location? {
        guard let object = object(place, LocationKey.self) else { return nil }
        let host = text(object, .host)
        let path = path(object, .path)
        guard let host, let path else { return nil }
        return RuntimeConfig.Document.Location(host: host, path: path)
    }

    mutating func client(_ place: RuntimePlace) -> RuntimeConfig.Client? {
        guard let object = object(place, ClientKey.self) else { return nil }
        let id = text(object, .id)
        let label = text(object, .label)
        let status = choice(object, .status, RuntimeConfig.ClientStatus.self)
        let authMethods = list(object, .authMethods) { $0.choice($1, RuntimeConfig.AuthMethod.self) }
        let secret = object[.secret].flatMap { self.secret($0) }
        let keysURL = object[.keysURL].flatMap { _ in url(object, .keysURL) }
        let scopes = list(object, .scopes) { $0.text($1) }
        let introspects = flag(object, .introspects)
        let redirects = list(object, .redirects) { $0.redirect($1) }
        guard let id, let label, let status, let authMethods, let scopes, let introspects, let redirects else {
            return nil
        }
        return RuntimeConfig.Client(
            id: id, label: label, status: status.rawValue, authMethods: authMethods, secret: secret,
            redirects: redirects, keysURL: keysURL, scopes: scopes, introspects: introspects)
    }

    mutating func redirect(_ place: RuntimePlace) -> RuntimeConfig.Redirect? {
        guard let object = object(place, RedirectKey.self) else { return nil }
        let uri = text(object, .uri)
        let match = choice(object, .match, RedirectMatch.self)
        guard let uri, let match else { return nil }
        return RuntimeConfig.Redirect(uri: uri, match: match)
    }

    mutating func alias(_ place: RuntimePlace) -> RuntimeConfig.Alias? {
        guard let object = object(place, AliasKey.self) else { return nil }
        let path = path(object, .path)
        let endpoint = choice(object, .endpoint, RuntimeConfig.EndpointName.self)
        let sunset = date(object, .sunset)
        let defaultClient = optionalText(object, .defaultClient)
        guard let path, let endpoint, let sunset else { return nil }
        return RuntimeConfig.Alias(
            path: path, endpoint: endpoint.rawValue, sunset: sunset, defaultClient: defaultClient)
    }

    mutating func login(_ place: RuntimePlace) -> RuntimeConfig.Login? {
        guard let object = object(place, LoginKey.self) else { return nil }
        let provider = choice(object, .provider, RuntimeConfig.Provider.self)
        let issuer = url(object, .issuer)
        let clientID = text(object, .clientID)
        let clientSecret = object[.clientSecret].flatMap { secret($0) }
        let scopes = list(object, .scopes) { $0.text($1) }
        let parameters = list(object, .parameters) { $0.parameter($1) }
        guard let provider, let issuer, let clientID, let scopes, let parameters else { return nil }
        return RuntimeConfig.Login(
            provider: provider.rawValue, issuer: issuer, clientID: clientID, clientSecret: clientSecret,
            scopes: scopes, parameters: parameters)
    }

    private mutating func parameter(_ place: RuntimePlace) -> RuntimeConfig.Login.Parameter? {
        guard let object = object(place, ParameterKey.self) else { return nil }
        let name = text(object, .name)
        let value = text(object, .value)
        guard let name, let value else { return nil }
        return RuntimeConfig.Login.Parameter(name: name, value: value)
    }

    /// `{"env": NAME}` or `{"file": PATH}`; anything else may be the secret itself and is not repeated.
    mutating func secret(_ place: RuntimePlace) -> RuntimeConfig.Secret? {
        guard case .object(let members) = place.node.content else {
            note(
                .runtimeWrongType, "`\(place.path.text)` is \(place.noun), expected a reference to a secret", at: place,
                help: "write {\"env\": NAME} or {\"file\": PATH}; a secret itself never stands in this file")
            return nil
        }
        guard let object = object(place, SecretKey.self) else { return nil }
        guard members.count == 1 else {
            note(
                .runtimeBadValue, "`\(place.path.text)` has \(members.count) members, expected one of `env` and `file`",
                at: place)
            return nil
        }
        if let env = object[.env] { return text(env).map { .environment($0) } }
        if let file = object[.file] { return absoluteFile(file).map { .file($0) } }
        return nil
    }

    mutating func store(_ place: RuntimePlace) -> RuntimeConfig.Store? {
        guard case .object(let members) = place.node.content else {
            wrongType(place, expected: "an object with `sqlite` or `postgres`")
            return nil
        }
        guard let object = object(place, StoreKey.self) else { return nil }
        guard members.count == 1 else {
            note(
                .runtimeBadValue,
                "`\(place.path.text)` has \(members.count) members, expected one of `sqlite` and `postgres`", at: place)
            return nil
        }
        if let sqlite = object[.sqlite] { return absoluteFile(sqlite).map { .sqlite(path: $0) } }
        if let postgres = object[.postgres] { return secret(postgres).map { .postgres($0) } }
        return nil
    }

    mutating func tokens(_ place: RuntimePlace) -> RuntimeConfig.Tokens? {
        guard let object = object(place, TokensKey.self) else { return nil }
        let format = choice(object, .format, RuntimeConfig.TokenFormat.self)
        let accessLifetime = seconds(object, .accessLifetime)
        let refreshLifetime = seconds(object, .refreshLifetime)
        let grantLifetime = seconds(object, .grantLifetime)
        guard let format, let accessLifetime, let refreshLifetime, let grantLifetime else { return nil }
        return RuntimeConfig.Tokens(
            format: format.rawValue, accessLifetime: accessLifetime, refreshLifetime: refreshLifetime,
            grantLifetime: grantLifetime)
    }
}
