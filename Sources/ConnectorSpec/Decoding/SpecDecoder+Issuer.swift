import Diagnostics
import OAuthModel
import WebSyntax
import YAMLSyntax

extension SpecDecoder {
    mutating func issuer(in reader: SectionReader) -> IssuerSection? {
        let url: Located<IssuerURL>? = value("url", in: reader)
        let mode: Located<ServerMode>? = choice("mode", in: reader)
        let listen: Located<ListenAddress>? = value("listen", in: reader)
        let privateListen: Located<ListenAddress>? = value("private_listen", in: reader)
        let login = section("login", in: reader, as: .login).flatMap { self.login(in: $0) }
        let users = secret("users", in: reader)
        let onPasswordChange: Located<PasswordChange>? = choice("on_password_change", in: reader)
        let registration: [Located<RegistrationMethod>]? = choices("registration", in: reader)
        let dcr: Located<DynamicRegistration>? = choice("dcr", in: reader)
        let store = section("store", in: reader, as: .store).flatMap { self.store(in: $0) }
        let limits = section("limits", in: reader, as: .limits).map { self.limits(in: $0) }
        let clientDocuments = section("client_documents", in: reader, as: .clientDocuments)
            .map { self.clientDocuments(in: $0) }
        let clientURIsMustMatch = boolean("client_uris_must_match", in: reader)
        let key = secret("key", in: reader)
        let tokens = section("tokens", in: reader, as: .tokens).map { self.tokens(in: $0) }
        let openid = boolean("openid", in: reader)
        let rootMetadata: Located<IssuerSection.RootMetadata>? = choice("root_metadata", in: reader)
        let originFallbacks = boolean("origin_fallbacks", in: reader)
        let endpoints = section("endpoints", in: reader, as: .endpoints).map { self.endpoints(in: $0) } ?? [:]
        guard let url, let mode else { return nil }
        return IssuerSection(
            url: url, mode: mode, listen: listen, privateListen: privateListen, login: login, users: users,
            onPasswordChange: onPasswordChange, registration: registration, dcr: dcr, limits: limits,
            clientDocuments: clientDocuments,
            clientURIsMustMatch: clientURIsMustMatch, key: key, store: store, hasStore: reader.entry("store") != nil,
            tokens: tokens, openid: openid, rootMetadata: rootMetadata, originFallbacks: originFallbacks,
            endpoints: endpoints, span: reader.span)
    }

    private mutating func login(in reader: SectionReader) -> LoginSection? {
        let provider: Located<LoginProvider>? = choice("provider", in: reader)
        let issuer: Located<IssuerURL>? = value("issuer", in: reader)
        let clientID: Located<ClientID>? = value("client_id", in: reader)
        let clientSecret = secret("client_secret", in: reader)
        let scopes: [Located<ScopeToken>]? = list("scopes", in: reader)
        let parameters = pairs("parameters", in: reader)
        guard let provider, let issuer, let clientID else { return nil }
        return LoginSection(
            provider: provider, issuer: issuer, clientID: clientID, clientSecret: clientSecret, scopes: scopes,
            parameters: parameters, span: reader.span)
    }

    private mutating func store(in reader: SectionReader) -> Located<StoreLocation>? {
        guard requireOneKey(of: reader) else { return nil }
        if let path: Located<FilePath> = value("sqlite", in: reader) {
            return Located(.sqlite(path: path.value.text), at: path.span)
        }
        return secret("postgres", in: reader).map { Located(.postgres($0.value), at: $0.span) }
    }

    private mutating func tokens(in reader: SectionReader) -> TokensSection {
        TokensSection(
            format: choice("format", in: reader), accessLifetime: value("access_lifetime", in: reader),
            refreshLifetime: value("refresh_lifetime", in: reader),
            grantLifetime: value("grant_lifetime", in: reader), span: reader.span)
    }

    private mutating func limits(in reader: SectionReader) -> LimitsSection {
        LimitsSection(
            registrations: value("registrations", in: reader), authorizations: value("authorizations", in: reader),
            tokenRequests: value("token_requests", in: reader), unusedClients: value("unused_clients", in: reader),
            pendingAuthorizations: value("pending_authorizations", in: reader), span: reader.span)
    }

    private mutating func clientDocuments(in reader: SectionReader) -> ClientDocumentsSection {
        ClientDocumentsSection(
            hosts: list("hosts", in: reader) ?? [], assertions: choice("assertions", in: reader),
            audience: choice("assertion_audience", in: reader), span: reader.span)
    }

    private mutating func endpoints(in reader: SectionReader) -> [EndpointName: Located<RoutePath>] {
        var paths: [EndpointName: Located<RoutePath>] = [:]
        for name in EndpointName.allCases {
            if let path: Located<RoutePath> = value(name.rawValue, in: reader) { paths[name] = path }
        }
        return paths
    }

    /// A mapping of names to texts, in the order written.
    private mutating func pairs(
        _ key: String, in reader: SectionReader
    ) -> [(name: Located<String>, value: Located<String>)] {
        guard let entry = reader.entry(key) else { return [] }
        guard case .mapping(let entries) = entry.value.content else {
            reportKind(of: entry.value, at: reader.path(of: key), expected: "a mapping")
            return []
        }
        return entries.compactMap { item in
            text(of: item.value, at: "\(reader.path(of: key)).\(item.key)").map {
                (name: Located(item.key, at: item.keySpan), value: $0)
            }
        }
    }
}
