import Diagnostics
import HTTPServer
import OAuthModel
import OAuthStores
import RuntimeConfig
import WebSyntax

/// The running server: two listeners over one config, and their common end.
struct AuthServerApp: Sendable {
    private let health: Health
    private let store: (any OAuthStore)?
    /// The one background task; nil where there is no store.
    private let maintenance: Task<Void, Never>?
    /// Looks after the users; nil where there are none of our own.
    private let users: UsersWatch?
    private let watch: Task<Void, Never>?
    private let publicServer: HTTPServer
    private let privateServer: HTTPServer

    /// Opens the store and starts both listeners, or nothing.
    static func start(
        _ loaded: LoadedConfig, pages: Pages, terms: StartCheck.Terms = .serving, fetcher: (any DocumentFetcher)? = nil,
        log: RequestLog = .off
    ) async throws(StartFailure) -> AuthServerApp {
        guard
            let services = try await Services.open(
                loaded.config, terms: terms, users: loaded.users, fetcher: fetcher, report: log.note)
        else { return try await start(loaded.config, nil, pages: pages, log: log) }
        do throws(StartFailure) {
            try await services.signing.prepare(now: services.clock.now)
            services.condition?.begin { StandardError.line($0) }
            let upstream = try await UpstreamLogin.open(services) { StandardError.line(DisplayText.escaped($0)) }
            let users = usersWatch(of: services)
            // Before anybody is served: some may have left while the server was down.
            await users?.settle(now: services.clock.now)
            return try await start(
                loaded.config, services, pages: pages, users: users, upstream: upstream, log: log)
        } catch {
            await services.store.close()
            throw error
        }
    }

    private static func start(
        _ config: RuntimeConfig, _ services: Services?, pages: Pages, users: UsersWatch? = nil,
        upstream: UpstreamLogin? = nil, log: RequestLog
    ) async throws(StartFailure) -> AuthServerApp {
        let health = Health(store: services.map { StoreProbe($0.store, condition: $0.condition) })
        let others = try TokenStandings.issued(by: config) { StandardError.line(DisplayText.escaped($0)) }
        let issued: (any IssuedTokens)? = if let services { services.tokens.verifier } else { others }
        let standings = TokenStandings(issued: issued, services: try ServiceTokens(config))
        var options = HTTPServerOptions()
        // The store is open by now.
        options.connectionLimit = DescriptorBudget.process().connections
        options.report = { event in log.note(event) }
        let proxies = config.trustedProxies
        if !proxies.isEmpty { options.admits = { address in proxies.contains { $0.contains(address) } } }
        // The one that says that all is ready comes last.
        let outer = try serve(
            PublicListener(config, dispatcher: services.map { dispatcher($0, pages, upstream) }, health: health),
            on: config.listen, options: options, log: log)
        do throws(StartFailure) {
            let inner = try serve(
                PrivateListener(config, standings: standings, clock: services?.clock ?? .system, health: health),
                on: config.privateListen, options: Self.options(ofPrivate: options), log: log)
            let clock = services?.clock ?? .system
            return AuthServerApp(
                health: health, store: services?.store, maintenance: services.map { maintenance(of: $0) },
                users: users, watch: users.map { users in Task { await users.run(clock: clock) } },
                publicServer: outer, privateServer: inner)
        } catch {
            await outer.drain(deadline: .zero)
            throw error
        }
    }

    private static func dispatcher(
        _ services: Services, _ pages: Pages, _ upstream: UpstreamLogin?
    ) -> EndpointDispatcher {
        let identity = IdentityProviders.provider(users: services.users, upstream: upstream)
        return EndpointDispatcher(services, AuthorizationFlow(services, pages: pages, identity: identity))
    }

    /// nginx hands the verification four fields of a client as they came: of the 32 KiB that it takes of a whole head
    /// by itself (`large_client_header_buffers`), and half as much again where a site has raised that. None of them may
    /// make the verification fail, since that is 503 for a token that is good.
    ///
    /// This is what fits into a connection's memory beside the answer. More memory would cost every request: the
    /// library wipes all of it after each, and four times as much halves the rate.
    static func options(ofPrivate common: HTTPServerOptions) -> HTTPServerOptions {
        var options = common
        options.headerBytesLimit = 49_152
        options.replacesMalformedValues = true
        return options
    }

    /// Runs until it is cancelled, by ``drain(deadline:)``.
    private static func maintenance(of services: Services) -> Task<Void, Never> {
        let maintenance = MaintenanceTask(
            store: services.store, condition: services.condition, signing: services.signing)
        let clock = services.clock
        return Task {
            async let aliases: Void = AliasWatch(services.config).run(clock: clock) { StandardError.line($0) }
            await tellExcludedClients(services)
            await maintenance.run(clock: clock) { StandardError.line($0) }
            await aliases
        }
    }

    /// A host that was taken out of the spec has clients that must be told so; a store that fails says so elsewhere.
    private static func tellExcludedClients(_ services: Services) async {
        guard services.config.registrationMethods.contains(.dcr) else { return }
        let excluded = try? await ExcludedClients.count(in: services.store, policy: services.registration)
        if let text = excluded?.text { StandardError.line(DisplayText.escaped(text)) }
    }

    private static func usersWatch(of services: Services) -> UsersWatch? {
        guard let directory = services.users, let place = services.config.users else { return nil }
        return UsersWatch(
            directory, at: place, store: services.store, onPasswordChange: services.config.onPasswordChange,
            tell: { StandardError.line($0) })
    }

    private static func serve(
        _ listener: some Listener, on address: WebSyntax.ListenAddress, options: HTTPServerOptions, log: RequestLog
    ) throws(StartFailure) -> HTTPServer {
        do throws(HTTPServerError) {
            // A name is how others reach the machine; what they reach there is every address of it.
            let place =
                if case .tcp(_, let port) = address.address, address.isName { "0.0.0.0:\(port)" } else { address.text }
            return try HTTPServer.start(on: ListenAddress(place), options: options) { request in
                await log.answer(request, by: listener)
            }
        } catch {
            throw .environment("\(error)")
        }
    }

    var publicAddress: String { publicServer.address.description }
    var privateAddress: String { privateServer.address.description }

    /// Reads at once what is read again while the server runs: the users.
    func reload() async {
        await users?.look(atOnce: true, now: Clock.system.now)
    }

    /// Finishes the requests in flight and stops; those that last longer get 503.
    func drain(deadline: Duration) async {
        health.beginDraining()
        // nginx asks the private listener about requests that the public one still has, so that one ends last.
        await publicServer.drain(deadline: deadline)
        await privateServer.drain(deadline: deadline)
        for task in [maintenance, watch] { task?.cancel() }
        for task in [maintenance, watch] { await task?.value }
        await store?.close()
    }
}
