import OAuthProtocol
import OAuthStores

/// How many clients that registered themselves have something that the spec does not admit any more, for the one who
/// started the server.
struct ExcludedClients: Hashable, Sendable {
    private(set) var count = 0
    /// Clients by the host or the application that is not admitted any more.
    private(set) var byHost: [String: Int] = [:]

    private static let page = 500
    private static let mostHosts = 10

    /// Looks at all clients of a store, in pages. Ends early, with what it has, when its task is cancelled.
    static func count(in store: any ClientStore, policy: RegistrationPolicy) async throws(StoreFailure)
        -> ExcludedClients
    {
        var excluded = ExcludedClients()
        var last = ""
        while !Task.isCancelled {
            let clients = try await store.clients(after: last, limit: page)
            for client in clients { excluded.add(client, policy) }
            guard clients.count == page, let id = clients.last?.id else { break }
            last = id
        }
        return excluded
    }

    private mutating func add(_ client: StoredClient, _ policy: RegistrationPolicy) {
        guard let record = RegisteredClient(client)?.record(admittedBy: policy) else { return }
        let hosts = Set(record.withdrawn.map(\.host) + [record.excludedFor].compactMap(\.self))
        guard !hosts.isEmpty else { return }
        count += 1
        for host in hosts { byHost[host, default: 0] += 1 }
    }

    /// One line; nil when there are none.
    var text: String? {
        guard count > 0 else { return nil }
        let sorted = byHost.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let named = sorted.prefix(Self.mostHosts).map { "\($0.key) (\($0.value))" }
        let rest = sorted.count > Self.mostHosts ? [" and \(sorted.count - Self.mostHosts) more"] : []
        return "\(count) registered \(count == 1 ? "client gets" : "clients get") no codes for what the spec does not "
            + "admit any more: \(named.joined(separator: ", "))\(rest.joined())"
    }
}
