import OAuthModel
import OAuthProtocol
import RuntimeConfig

/// The endpoints of a deployment, each behind its pipeline. A further one is a file of its own and a line here.
struct EndpointRegistry: Sendable {
    let endpoints: [EndpointName: EndpointPipeline]
    let clientConfiguration: EndpointPipeline

    init(_ services: Services, _ flow: AuthorizationFlow) {
        let (clients, tokens, config) = (services.clients, services.tokens, services.config)
        func pipeline(_ endpoint: some Endpoint) -> EndpointPipeline {
            EndpointPipeline(endpoint, limits: services.limits)
        }
        let configuration = ClientConfiguration(
            clients: clients, tokens: tokens, policy: services.registration,
            url: config.url(of: .register) ?? config.issuer)
        var endpoints: [EndpointName: EndpointPipeline] = [
            .authorize: pipeline(AuthorizationEndpoint(flow: flow)),
            .login: pipeline(SignInEndpoint(flow: flow)),
            .consent: pipeline(ConsentEndpoint(flow: flow)),
            .token: pipeline(
                TokenEndpoint(
                    clients: clients, grants: GrantRegistry.grants(tokens: tokens, policy: services.policy))),
            .register: pipeline(
                RegistrationEndpoint(
                    config, clients: clients, tokens: tokens, policy: services.registration,
                    configuration: configuration)),
            .revoke: pipeline(RevocationEndpoint(clients: clients, tokens: tokens)),
            .introspect: pipeline(IntrospectionEndpoint(clients: clients, tokens: tokens)),
            .userinfo: pipeline(
                UserInfoEndpoint(
                    resources: ResourceTable(config.resources), tokens: tokens, claims: flow.identity)),
            .jwks: pipeline(JWKSEndpoint(signing: services.signing)),
        ]
        if case .provider(let login) = flow.identity.way {
            endpoints[.callback] = pipeline(CallbackEndpoint(flow: flow, login: login))
            endpoints[.login] = nil
        }
        self.endpoints = endpoints
        clientConfiguration = pipeline(configuration)
    }
}
