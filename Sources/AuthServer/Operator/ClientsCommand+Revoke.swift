import CommandLineSyntax
import JSONSyntax
import OAuthProtocol
import OAuthStores
import RuntimeConfig

extension ClientsCommand {
    static func end(
        _ id: String, _ invocation: Invocation, _ store: OperatedStore
    ) async throws(StartFailure) -> ExitStatus {
        if let index = store.config.clients.firstIndex(where: { $0.id == id }) {
            throw OperatorCommand.refused(inTheSpec(id, at: index, of: store))
        }
        let now = Clock.system.now
        let removal: ClientRemoval?
        if invocation.flag(OperatorCommand.dryRun) {
            removal = try await preview(id, store, now)
        } else {
            let act = store.act("clients revoke \(id)", now: now)
            removal = try await store.withStore { store throws(StoreFailure) in
                try await store.removeClient(id, act: act, now: now)
            }
        }
        try report(removal.map { [(id, $0)] } ?? [], asked: id, invocation)
        return removal == nil ? .nothing : .clean
    }

    static func endAll(
        _ invocation: Invocation, _ store: OperatedStore
    ) async throws(StartFailure) -> ExitStatus {
        let now = Clock.system.now
        let isDry = invocation.flag(OperatorCommand.dryRun)
        var sum = (clients: 0, grants: 0)
        let act = store.act("clients revoke --all", now: now)
        try await eachKnown(in: store, now: now) { clients throws(StartFailure) in
            for client in clients where client.registration != nil {
                sum.clients += 1
                sum.grants += client.grants
                guard !isDry else { continue }
                _ = try await store.withStore { store throws(StoreFailure) in
                    try await store.removeClient(client.id, act: act, now: now)
                }
            }
        }
        switch invocation.choice(OperatorCommand.format, as: RecordPrinter.Format.self) ?? .text {
        case .json: try write(isDry, clients: sum.clients, grants: sum.grants, selected: [])
        case .text:
            let verb = isDry ? "would remove" : "removed"
            try StandardOutput.write(
                "\(verb) \(OperatorCommand.count(sum.clients, "client")) with "
                    + "\(OperatorCommand.count(sum.grants, "grant"))\n")
        }
        return sum.clients > 0 ? .clean : .nothing
    }

    /// What a removal would take away.
    private static func preview(
        _ id: String, _ store: OperatedStore, _ now: UnixTime
    ) async throws(StartFailure) -> ClientRemoval? {
        let grants = try await store.withStore { store throws(StoreFailure) in
            try await store.countGrants(GrantSelection(clientID: id), now: now)
        }
        let isRegistered = try await store.withStore { store throws(StoreFailure) in try await store.client(id) } != nil
        let isKept =
            try await store.withStore { store throws(StoreFailure) in
                try await store.document(id, clientID: id)
            } != nil
        guard isRegistered || grants > 0 || isKept else { return nil }
        return ClientRemoval(wasRegistered: isRegistered, grants: grants)
    }

    private static func report(
        _ removals: [(id: String, removal: ClientRemoval)], asked: String, _ invocation: Invocation
    ) throws(StartFailure) {
        let isDry = invocation.flag(OperatorCommand.dryRun)
        guard (invocation.choice(OperatorCommand.format, as: RecordPrinter.Format.self) ?? .text) == .text else {
            return try write(
                isDry, clients: removals.count { $0.removal.wasRegistered },
                grants: removals.reduce(0) { $0 + $1.removal.grants }, selected: [JSONMember("client", .string(asked))])
        }
        guard let (id, removal) = removals.first else {
            return try StandardOutput.write("there is no such client: \(asked)\n")
        }
        let grants = OperatorCommand.count(removal.grants, "grant")
        if removal.wasRegistered {
            try StandardOutput.write("\(isDry ? "would remove" : "removed") \(id) with \(grants)\n")
        } else {
            let hint =
                ClientDocumentURL(id) == nil
                ? "" : "; it can come again while the spec lets its host in: issuer.client_documents.hosts"
            try StandardOutput.write("\(isDry ? "would end" : "ended") \(grants) of \(id)\(hint)\n")
        }
    }

    private static func write(
        _ isDry: Bool, clients: Int, grants: Int, selected: [JSONMember]
    ) throws(StartFailure) {
        let document = JSON.object([
            JSONMember("formatVersion", .int(1)), JSONMember("dryRun", .bool(isDry)),
            JSONMember("selected", .object(selected)), JSONMember("clients", .int(clients)),
            JSONMember("grants", .int(grants)),
        ])
        try StandardOutput.write(String(decoding: document.encoded(.compact, finalNewline: true), as: UTF8.self))
    }

    /// Why a client of the spec stays, and where it stands.
    private static func inTheSpec(_ id: String, at index: Int, of store: OperatedStore) -> String {
        var place = store.configPath
        if let offset = (try? JSONNode.parse(store.configBytes))?[pointer: "/clients/\(index)/id"]?.range.lowerBound {
            place += ":\(store.configBytes[..<offset].count { $0 == 0x0A } + 1)"
        }
        return "\(id) is a client of the spec and is removed there: it is the one with this id under `clients`, which "
            + "`connectorgen explain \(place)` shows; its grants end with: "
            + "\(ConnectorgenAuth.name) grants revoke --client \(id) --config \(store.configPath)"
    }
}
