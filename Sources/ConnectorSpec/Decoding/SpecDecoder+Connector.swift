import Diagnostics
import OAuthModel
import WebSyntax
import YAMLSyntax

extension SpecDecoder {
    mutating func connector(
        _ name: Located<Name>, clientID: Written<ClientID>, in reader: SectionReader
    ) -> ConnectorSection? {
        let publicURL: Located<PublicURL>? = value("public_url", in: reader)
        let upstream: Located<UpstreamURL>? = value("upstream", in: reader)
        let resource: Located<PublicURL>? = value("resource", in: reader)
        let scopes: [Located<ScopeToken>] = list("scopes", in: reader) ?? []
        let aliases: [Located<RoutePath>] = list("aliases", in: reader) ?? []
        let aliasHosts: [Located<HostName>] = list("alias_hosts", in: reader) ?? []
        let legacyAliases = items("legacy_aliases", in: reader) { $0.legacyAlias($1, at: $2) } ?? []
        let rootPRM: Located<ConnectorSection.RootPRM>? = choice("root_prm", in: reader)
        let hostHeader: Located<ConnectorSection.HostHeader>? = choice("host_header", in: reader)
        let verify: Located<ConnectorSection.Verification>? = choice("verify", in: reader)
        let allowedOrigins: [Located<WebOrigin>] = list("allowed_origins", in: reader) ?? []
        let cors: Located<ConnectorSection.CORSOwner>? = choice("cors", in: reader)
        let serviceTokens = items("service_tokens", in: reader) { $0.serviceToken($1, at: $2) } ?? []
        let openAIAppsChallenge: Located<ProofText>? = value("openai_apps_challenge", in: reader)
        let rateLimit: Located<RateLimit>? = value("rate_limit", in: reader)
        let maxBody: Located<ByteSize>? = value("max_body", in: reader)
        let readTimeout: Located<TimeSpan>? = value("read_timeout", in: reader)
        guard let publicURL, let upstream else { return nil }
        return ConnectorSection(
            name: name, publicURL: publicURL, resource: resource, clientID: clientID, upstream: upstream,
            hostHeader: hostHeader, scopes: scopes, aliases: aliases, aliasHosts: aliasHosts,
            legacyAliases: legacyAliases, rootPRM: rootPRM,
            verify: verify, allowedOrigins: allowedOrigins, cors: cors, serviceTokens: serviceTokens,
            openAIAppsChallenge: openAIAppsChallenge, rateLimit: rateLimit, maxBody: maxBody, readTimeout: readTimeout,
            span: reader.span)
    }

    private mutating func serviceToken(_ node: YAMLNode, at path: String) -> ServiceTokenSection? {
        guard let reader = open(node, as: .serviceToken, path: path, keySpan: node.span) else { return nil }
        let label: Located<Name>? = value("label", in: reader)
        let token = serviceSecret("token", in: reader)
        let subject = text("subject", in: reader)
        let scopes: [Located<ScopeToken>]? = list("scopes", in: reader)
        guard let label, let token else { return nil }
        return ServiceTokenSection(label: label, token: token, subject: subject, scopes: scopes, span: reader.span)
    }

    private mutating func legacyAlias(_ node: YAMLNode, at path: String) -> LegacyAliasSection? {
        guard let reader = open(node, as: .legacyAlias, path: path, keySpan: node.span) else { return nil }
        let route: Located<RoutePath>? = value("path", in: reader)
        let sunset: Located<CalendarDate>? = value("sunset", in: reader)
        let defaultClient: Located<ClientID>? = value("default_client", in: reader)
        guard let route, let sunset else { return nil }
        return LegacyAliasSection(path: route, sunset: sunset, defaultClient: defaultClient, span: reader.span)
    }

    /// `chatgpt`, or a mapping.
    mutating func client(_ node: YAMLNode, at path: String) -> ClientSection? {
        if case .scalar = node.content {
            guard let profile = profile(text(of: node, at: path), at: path) else { return nil }
            return ClientSection(
                profile: profile, id: nil, label: nil, status: nil, redirectURIs: [], authMethod: nil,
                secret: nil, hasSecret: false, keysURL: nil, scopes: nil, introspects: nil, span: node.span)
        }
        guard let reader = open(node, as: .client, path: path, keySpan: node.span) else { return nil }
        let client = ClientSection(
            profile: profile(text("profile", in: reader), at: reader.path(of: "profile")),
            id: value("id", in: reader), label: text("label", in: reader),
            status: choice("status", in: reader), redirectURIs: list("redirect_uris", in: reader) ?? [],
            authMethod: choice("auth_method", in: reader), secret: secret("secret", in: reader),
            hasSecret: reader.entry("secret") != nil, keysURL: value("jwks_uri", in: reader),
            scopes: list("scopes", in: reader), introspects: boolean("introspects", in: reader), span: reader.span)
        if reader.entry("profile") == nil, reader.entry("id") == nil {
            report(
                Diagnostic(
                    .keyCombination, .error, "`\(path)` names neither a `profile` nor an `id`",
                    at: Label(node.span, "who is this client"),
                    help:
                        "add `profile: chatgpt` for a client of the catalogue, or `id: cid_example` for one of your own"
                ))
            return nil
        }
        return client
    }

    private mutating func profile(_ name: Located<String>?, at path: String) -> Located<String>? {
        guard let name else { return nil }
        let catalogue = ClientCatalogue.builtin
        if catalogue.profile(named: name.value) != nil { return name }
        if let problem = catalogue.problem {
            report(problem)
            return nil
        }
        reportUnknownName(name, at: path, noun: "client profile", known: catalogue.names)
        return nil
    }
}
