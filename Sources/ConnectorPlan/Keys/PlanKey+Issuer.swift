import ConnectorSpec
import OAuthModel
import RuntimeConfig
import WebSyntax

extension PlanKey {
    static let deployment: [PlanKey] = [
        PlanKey("name", "the deployment's name, which names upstreams and files") { scope in
            .written(scope.plan.name, at: scope.plan.spec.name.span)
        },
        PlanKey("trusted_hosts", "hosts that may register and be redirected to, comma between") { scope in
            let spec = scope.plan.spec
            let written = spec.trustedHosts.map(\.span)
            return .list(
                scope.plan.trustedHosts.map(\.pattern), separator: ",",
                rule: "derived from trusted_hosts and the profiles of clients", from: written + spec.clients.map(\.span)
            )
        },
        PlanKey("redirect_uris", "redirect URIs and patterns that registration allows, comma between") { scope in
            .list(
                scope.plan.redirects.map(\.uri), separator: ",",
                rule:
                    "derived from clients, the profiles' and the predefined clients' redirect URIs, and trusted_redirects",
                from: scope.plan.spec.clients.map(\.span) + scope.plan.spec.trustedRedirects.map(\.span))
        },
        PlanKey("client_ids", "ids of the predefined clients that are accepted, comma between") { scope in
            .list(
                scope.plan.clients.filter { $0.status != .ignored }.compactMap(\.id), separator: ",",
                rule: "derived from connectors.*.client_id and clients", from: scope.plan.clients.flatMap(\.origins))
        },
    ]

    static let issuer: [PlanKey] = [
        PlanKey("issuer.url", "the issuer identifier: iss, metadata, authorization_servers") { scope in
            .written(scope.plan.issuer.url, at: scope.issuer.url.span)
        },
        PlanKey("issuer.mode", "upstream, local or external") { scope in
            .written(scope.plan.issuer.mode.rawValue, at: scope.issuer.mode.span)
        },
        PlanKey("issuer.host", "the issuer's host") { scope in
            .derived(scope.plan.issuer.host, "issuer.url: its host", from: [scope.issuer.url.span])
        },
        PlanKey("issuer.origin", "scheme, host and port of the issuer") { scope in
            .derived(
                scope.issuer.url.value.origin, "issuer.url: without its path", from: [scope.issuer.url.span])
        },
        PlanKey("issuer.metadata_url", "where clients look first for the AS metadata (RFC 8414 §3.1)") { scope in
            scope.plan.issuer.discoveryURLs.first.map {
                .derived(
                    $0, "issuer.url: path inserted after /.well-known/oauth-authorization-server (RFC 8414 §3.1)",
                    from: [scope.issuer.url.span])
            }
        },
        PlanKey("issuer.scopes", "the AS's scopes_supported, blank between") { scope in
            .list(
                scope.plan.issuer.scopesSupported,
                rule: "derived from connectors.*.scopes, with offline_access (refresh tokens)",
                from: scope.plan.spec.connectors.first.map { $0.scopes.map(\.span) } ?? [])
        },
        PlanKey("issuer.registration", "the registration lanes, comma between") { scope in
            let written = scope.issuer.registration
            return .list(
                scope.plan.issuer.lanes.map(\.rawValue), separator: ",", source: written == nil ? .default : .written,
                rule: written == nil ? "default: every lane" : "written",
                from: written?.map(\.span) ?? [scope.issuer.span])
        },
        PlanKey("issuer.dcr", "dynamic, static-client or off") { scope in
            .optional(
                scope.plan.issuer.dcr.rawValue, writtenAt: scope.issuer.dcr?.span,
                otherwise: "dynamic when the lane dcr is offered", from: scope.issuer.span)
        },
        PlanKey("issuer.dynamic_registration", "true when clients may register themselves, else false") { scope in
            .derived(
                scope.plan.issuer.dcr == .off ? "false" : "true", "issuer.dcr",
                from: [scope.issuer.dcr?.span ?? scope.issuer.span])
        },
        PlanKey("issuer.listen", "where connectorgen-auth listens for nginx") { scope in
            .optional(
                scope.plan.issuer.listen.text, writtenAt: scope.issuer.listen?.span,
                otherwise: "loopback", from: scope.issuer.span)
        },
        PlanKey("issuer.private_listen", "where it answers verification, health and metrics") { scope in
            .optional(
                scope.plan.issuer.privateListen.text, writtenAt: scope.issuer.privateListen?.span,
                otherwise: "loopback", from: scope.issuer.span)
        },
        PlanKey("issuer.login.provider", "the kind of the upstream provider") { scope in
            scope.issuer.login.map { .written($0.provider.value.rawValue, at: $0.provider.span) }
        },
        PlanKey("issuer.login.issuer", "the upstream provider's issuer identifier") { scope in
            scope.issuer.login.map { .written($0.issuer.value.text, at: $0.issuer.span) }
        },
        PlanKey("issuer.login.origin", "the upstream provider without its path") { scope in
            scope.issuer.login.map {
                .derived($0.issuer.value.origin, "issuer.login.issuer: without its path", from: [$0.issuer.span])
            }
        },
        PlanKey("issuer.login.client_id", "our client id at the upstream provider") { scope in
            scope.issuer.login.map { .written($0.clientID.value.text, at: $0.clientID.span) }
        },
        PlanKey("issuer.login.client_secret", "our client secret at the upstream provider, by reference") { scope in
            scope.issuer.login?.clientSecret.map {
                PlanValue(content: .secret($0.value), source: .written, rule: "written", origins: [$0.span])
            }
        },
        PlanKey("issuer.login.scopes", "scopes asked of the upstream provider, blank between") { scope in
            scope.plan.runtime.login.map { login in
                let written = scope.issuer.login?.scopes
                return .list(
                    login.scopes, source: written == nil ? .default : .written,
                    rule: written == nil ? "default of the provider" : "written",
                    from: written?.map(\.span) ?? [scope.issuer.login?.span ?? scope.issuer.span])
            }
        },
        PlanKey("issuer.login.callback_url", "what the upstream provider must know as redirect URI") { scope in
            scope.plan.issuer.endpoints[.callback].map {
                .derived(
                    $0, "issuer.url and issuer.login.provider", from: [scope.issuer.url.span])
            }
        },
    ]

    /// `issuer.endpoints.authorize` and its like: absolute URLs. Then the same by the names that metadata gives them.
    static let endpoints: [PlanKey] =
        EndpointName.allCases.map { endpoint("issuer.endpoints.\($0.rawValue)", $0) }
        + [
            endpoint("issuer.authorization_endpoint", .authorize), endpoint("issuer.token_endpoint", .token),
            endpoint("issuer.registration_endpoint", .register), endpoint("issuer.revocation_endpoint", .revoke),
            endpoint("issuer.introspection_endpoint", .introspect), endpoint("issuer.userinfo_endpoint", .userinfo),
            endpoint("issuer.jwks_uri", .jwks),
        ]

    private static func endpoint(_ key: String, _ name: EndpointName) -> PlanKey {
        PlanKey(key, "the absolute URL of the \(name.rawValue) endpoint") { scope in
            scope.plan.issuer.endpoints[name].map { url in
                if let written = scope.issuer.endpoints[name] {
                    return .derived(
                        url, "issuer.url and issuer.endpoints.\(name.rawValue)",
                        from: [written.span, scope.issuer.url.span])
                }
                return .derived(
                    url,
                    scope.plan.issuer.isBundled
                        ? "issuer.url: \(name.rawValue) appended to its path" : "issuer.url: Keycloak's endpoint paths",
                    from: [scope.issuer.url.span])
            }
        }
    }
}
