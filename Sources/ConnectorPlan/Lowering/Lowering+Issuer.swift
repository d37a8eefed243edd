import ConnectorSpec
import Diagnostics
import OAuthModel
import RuntimeConfig
import WebSyntax

extension Lowering {
    /// The issuer: who issues, where its documents and endpoints are, and by which registration methods clients come
    /// in.
    mutating func issuerPlan() -> IssuerPlan {
        let section = spec.issuer
        let url = section.url.value
        let mode = section.mode.value
        let isBundled = mode != .external
        let (registrationMethods, dcr) = offeredRegistrationMethods()
        let paths = isBundled ? bundledEndpointPaths(dcr: dcr) : [:]
        requireLogin()
        let assertions = assertions(registrationMethods, isBundled: isBundled)
        let located = Derived(written: url.text, at: section.url.span)
        return IssuerPlan(
            url: located, mode: Derived(written: mode, at: section.mode.span), isBundled: isBundled,
            location: issuerLocation(),
            host: located.map("issuer.url: its host") { _ in url.host.text },
            origin: located.map("issuer.url: without its path") { _ in url.origin },
            path: url.path.withoutFinalSlash,
            registrationMethods: Derived(
                registrationMethods, section.registration == nil ? .default("every registration method") : .written,
                from: section.registration?.map(\.span) ?? [section.span]),
            dcr: Derived(
                dcr, section.dcr == nil ? .default("dynamic when the registration method dcr is offered") : .written,
                from: [section.dcr?.span ?? section.span]),
            endpoints: EndpointURLs(derived: isBundled ? bundledEndpoints(paths) : externalEndpoints()),
            endpointPaths: paths, discoveryURLs: Self.discoveryURLs(of: url),
            listen: Derived(
                section.listen, default: IssuerSection.Default.listen, .default("loopback"), of: section.span),
            privateListen: Derived(
                section.privateListen, default: IssuerSection.Default.privateListen, .default("loopback"),
                of: section.span),
            scopesSupported: scopesSupported(isBundled: isBundled), assertions: assertions,
            authMethods: [.none, .clientSecretPost, .clientSecretBasic]
                + (assertions.value == .refused ? [] : [.privateKeyJWT]))
    }

    /// A bundled issuer needs people: of another provider, or of its own.
    private mutating func requireLogin() {
        let section = spec.issuer
        switch section.mode.value {
        case .upstream where section.login == nil:
            report(
                .loginMissing, "issuer.mode is upstream and issuer.login is missing", at: section.mode.span,
                "says that people prove who they are at another provider",
                help: "add issuer.login with provider, issuer and client_id, or use issuer.mode: local")
        case .local where section.users == nil:
            report(
                .loginMissing, "issuer.mode is local and issuer.users is missing", at: section.mode.span,
                "says that people sign in with names and passwords of our own",
                help: "add issuer.users: { file: /etc/connectorgen/users }")
        default:
            break
        }
    }

    /// Where clients look, in their order: inserted (RFC 8414 §3.1), then OpenID inserted and appended; the two
    /// root forms for an issuer without path.
    static func discoveryURLs(of issuer: IssuerURL) -> [String] {
        let path = issuer.path.withoutFinalSlash
        let inserted = [WellKnown.authorizationServer, .openIDConfiguration].map { $0.inserted(before: path) }
        let appended = path.isEmpty ? [] : [WellKnown.openIDConfiguration.appended(to: path)]
        return (inserted + appended).map { issuer.origin + $0 }
    }

    /// Paths of the endpoints that are served; `issuer.endpoints` overrides `<issuer path>/<name>`.
    private func bundledEndpointPaths(dcr: DynamicRegistration) -> [EndpointName: String] {
        let section = spec.issuer
        let base = section.url.value.path.withoutFinalSlash
        var paths: [EndpointName: String] = [:]
        for name in EndpointName.allCases {
            let isServed =
                switch name {
                case .register: dcr != .off
                case .login: section.mode.value == .local
                case .callback: section.mode.value == .upstream
                default: true
                }
            guard isServed else {
                continue
            }
            paths[name] = section.endpoints[name]?.value.text ?? "\(base)/\(leaf(of: name))"
        }
        return paths
    }

    private func bundledEndpoints(_ paths: [EndpointName: String]) -> [EndpointName: Derived<String>] {
        let url = spec.issuer.url
        var endpoints: [EndpointName: Derived<String>] = [:]
        for (name, path) in paths {
            let address = url.value.origin + path
            endpoints[name] =
                if let written = spec.issuer.endpoints[name] {
                    Derived(
                        address, "issuer.url, with the path in issuer.endpoints", from: [written.span, url.span])
                } else if name == .callback, let provider = spec.issuer.login?.provider {
                    Derived(address, "issuer.url and issuer.login.provider", from: [url.span, provider.span])
                } else {
                    Derived(address, "issuer.url: the endpoint's name appended to its path", from: [url.span])
                }
        }
        return endpoints
    }

    private func leaf(of name: EndpointName) -> String {
        switch name {
        case .jwks: "jwks.json"
        case .callback: "callback/\(spec.issuer.login?.provider.value.rawValue ?? "upstream")"
        default: name.rawValue
        }
    }

    /// Keycloak's endpoints below its realm (keycloak.md §7); of other external issuers nothing is known.
    private func externalEndpoints() -> [EndpointName: Derived<String>] {
        guard spec.targets.keycloak != nil else { return [:] }
        let realm = spec.issuer.url.value.text.withoutFinalSlash
        let connect = realm + "/protocol/openid-connect"
        let urls: [EndpointName: String] = [
            .authorize: connect + "/auth", .token: connect + "/token", .jwks: connect + "/certs",
            .userinfo: connect + "/userinfo", .revoke: connect + "/revoke",
            .introspect: connect + "/token/introspect", .register: realm + "/clients-registrations/openid-connect",
        ]
        return urls.mapValues {
            Derived($0, "issuer.url: Keycloak's endpoint paths", from: [spec.issuer.url.span])
        }
    }

    /// Every connector's scopes once, in spec order; then what the server itself gives a meaning to.
    private func scopesSupported(isBundled: Bool) -> Derived<[String]> {
        var seen: Set<String> = [Default.offlineAccess]
        var scopes: [String] = []
        var mentioned: Set<String> = []
        var origins: [Span] = []
        for connector in spec.connectors {
            origins += connector.scopes.filter { mentioned.insert($0.value.text).inserted }.map(\.span)
            for scope in effectiveScopes(of: connector) where seen.insert(scope).inserted { scopes.append(scope) }
        }
        if isBundled, spec.issuer.openid?.value ?? IssuerSection.Default.openid {
            // Local users have a name and no address.
            let names = spec.issuer.mode.value == .local ? ["openid"] : ["openid", "email"]
            for scope in names where seen.insert(scope).inserted { scopes.append(scope) }
        }
        return Derived(
            scopes + [Default.offlineAccess], "connectors.*.scopes, with offline_access (refresh tokens)",
            from: origins.isEmpty ? [spec.issuer.span] : origins)
    }

    /// Without scopes of its own a connector behind Keycloak still needs one, which brings the audience.
    func effectiveScopes(of connector: ConnectorSection) -> [String] {
        let written = connector.scopes.map(\.value.text).filter { $0 != Default.offlineAccess }
        guard written.isEmpty, spec.targets.keycloak != nil else { return written }
        return ["mcp-resource-\(connector.name.value.text)"]
    }
}

enum Default {
    /// The scope by which a client asks for a refresh token (OpenID Connect Core 1.0 §11).
    static let offlineAccess = "offline_access"
}
