import CommandLineSyntax
import JSONSyntax
import OAuthProtocol
import OAuthStores
import RuntimeConfig

/// `connectorgen-auth clients`: who may ask for grants, by which way they became known, and the end of it.
enum ClientsCommand {
    private static let id = Operand("CLIENT", .optional, help: "the id of the client, as `clients list` says it")
    private static let everyone = Option.flag("all", help: "every client that registered itself")

    static let list = Command(
        "clients list", "show the clients and how many grants they have",
        discussion: [
            "First those of the spec, then by their ids those that registered themselves, those that publish a "
                + "document (their id is its URL), and former ones: those that have grants and are in the spec no more."
        ],
        options: [ConnectorgenAuth.config, OperatorCommand.format],
        examples: [
            Example("connectorgen-auth clients list \(OperatorCommand.configOption)", "shows who can ask for grants")
        ])
    static let revoke = Command(
        "clients revoke", "end all grants of a client, and forget it",
        discussion: [
            "A client that registered itself is removed: it has to register again. One that publishes a document can "
                + "come again as long as the spec lets its host in (issuer.client_documents.hosts). One of the spec is "
                + "removed there; its grants end with `grants revoke --client`."
        ],
        operands: [id],
        options: [ConnectorgenAuth.config, everyone, OperatorCommand.dryRun, OperatorCommand.format],
        examples: [
            Example(
                "connectorgen-auth clients revoke dyn_4f… \(OperatorCommand.configOption)",
                "removes a client that registered itself, with its grants")
        ])

    static let all = [list, revoke]

    /// Clients that are read at a time.
    private static let page = 500

    /// The ways by which clients are known.
    private enum Kind: String {
        case predefined, registered, document, former

        init(_ client: KnownClient) {
            if client.registration != nil {
                self = .registered
            } else {
                self = ClientDocumentURL(client.id) != nil ? .document : .former
            }
        }
    }

    static func run(_ invocation: Invocation, _ store: OperatedStore) async throws(StartFailure) -> ExitStatus {
        if invocation.command == list { return try await show(invocation, store) }
        switch (invocation.operand(id), invocation.flag(everyone)) {
        case (let id?, false): return try await end(id, invocation, store)
        case (nil, true): return try await endAll(invocation, store)
        case (nil, false):
            throw OperatorCommand.misuse(
                invocation, "say which client: CLIENT, or --all for every one that registered itself")
        case (_?, true): throw OperatorCommand.misuse(invocation, "--all is every client, and CLIENT is one of them")
        }
    }

    // MARK: list

    private static func show(_ invocation: Invocation, _ store: OperatedStore) async throws(StartFailure) -> ExitStatus
    {
        var printer = OperatorCommand.printer(
            invocation, "clients",
            [.init("CLIENT", 36), .init("KIND", 10), .init("GRANTS", 6), .init("SINCE", 10), .init("NAME")])
        do throws(StartFailure) {
            let now = Clock.system.now
            for client in store.config.clients {
                let grants = try await store.withStore { store throws(StoreFailure) in
                    try await store.countGrants(GrantSelection(clientID: client.id), now: now)
                }
                try StandardOutput.write(
                    printer.text(of: [record(client.id, .predefined, grants: grants, since: nil, name: client.label)]))
            }
            let predefined = Set(store.config.clients.map(\.id))
            try await eachKnown(in: store, now: now) { clients throws(StartFailure) in
                let others = clients.filter { !predefined.contains($0.id) }
                try StandardOutput.write(
                    printer.text(
                        of: others.map { client in
                            let name = client.registration.flatMap { ClientMetadata(stored: $0.metadata)?.name }
                            return record(
                                client.id, Kind(client), grants: client.grants, since: client.registration?.createdAt,
                                name: name)
                        }))
            }
        } catch {
            try StandardOutput.write(printer.end(isComplete: false))
            throw error
        }
        try StandardOutput.write(printer.end())
        if printer.isEmpty { StandardError.line("there are no clients") }
        return .clean
    }

    private static func record(
        _ id: String, _ kind: Kind, grants: Int, since: UnixTime?, name: String?
    ) -> (cells: [String], members: [JSONMember]) {
        (
            [id, kind.rawValue, "\(grants)", since?.utcDate ?? "", name ?? ""],
            [
                JSONMember("client", .string(id)), JSONMember("kind", .string(kind.rawValue)),
                JSONMember("grants", .int(grants)),
                JSONMember("since", since.map { .string($0.utc) } ?? .null),
                JSONMember("name", name.map { .string($0) } ?? .null),
            ]
        )
    }

    /// Hands on all clients that the store knows, a page at a time, by their ids.
    static func eachKnown(
        in store: OperatedStore, now: UnixTime, _ body: ([KnownClient]) async throws(StartFailure) -> Void
    ) async throws(StartFailure) {
        var last: String?
        while true {
            let after = last
            let clients = try await store.withStore { store throws(StoreFailure) in
                try await store.knownClients(after: after, limit: page, now: now)
            }
            try await body(clients)
            last = clients.last?.id
            guard clients.count == page else { return }
        }
    }
}
