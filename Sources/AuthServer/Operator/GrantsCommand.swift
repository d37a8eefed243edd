import CommandLineSyntax
import JSONSyntax
import OAuthProtocol
import OAuthStores
import RuntimeConfig

/// `connectorgen-auth grants`: what users allowed clients, and its end.
enum GrantsCommand {
    private static let grant = Option.value("grant", "ID", help: "the grant with this id, as `grants list` says it")
    private static let client = Option.value("client", "ID", help: "grants of this client")
    private static let user = Option.value("user", "SUBJECT", help: "grants of this user: of a local one, the name")
    private static let connector = Option.value(
        "connector", "NAME", help: "grants for this connector, by its name or the URL of its resource")
    private static let everything = Option.flag("all", help: "every grant")
    private static let selectors = [grant, client, user, connector]

    static let list = Command(
        "grants list", "show what users allowed clients",
        discussion: [
            "One line for each grant that lives, oldest first: its id, the user, the connector, the day it was given, "
                + "the day it ends at the latest, and the client. Several selectors restrict the list to what is all "
                + "of them."
        ],
        options: [ConnectorgenAuth.config] + selectors + [OperatorCommand.format],
        examples: [
            Example(
                "connectorgen-auth grants list --user alice \(OperatorCommand.configOption)",
                "shows which clients may act for alice")
        ])
    static let revoke = Command(
        "grants revoke", "end grants at once, with all their tokens",
        discussion: [
            "Access tokens, refresh tokens and codes of the grants are refused from then on, also by a server that "
                + "runs; clients sign in again. Several selectors mean the grants that are all of them. A server that "
                + "runs says on its standard error what was done, and the store remembers it for ninety days.",
            "Whoever still knows a password, or is signed in in a browser, can allow clients again: change the "
                + "password, or take the user off the list, first.",
        ],
        options: [ConnectorgenAuth.config] + selectors + [everything, OperatorCommand.dryRun, OperatorCommand.format],
        examples: [
            Example(
                "connectorgen-auth grants revoke --client dyn_4f… --dry-run \(OperatorCommand.configOption)",
                "says how many grants of a client would end"),
            Example(
                "connectorgen-auth grants revoke --all \(OperatorCommand.configOption)",
                "has everybody sign in again"),
        ])

    static let all = [list, revoke]

    /// Rows that are read at a time, so that a list of any length needs little memory.
    private static let page = 500

    // MARK: which

    /// What the command line selects; `revoke` needs to be told.
    static func selection(
        _ invocation: Invocation, _ config: RuntimeConfig
    ) throws(StartFailure) -> GrantSelection {
        let isSelective = selectors.contains { invocation.value($0) != nil }
        if invocation.command == revoke {
            guard isSelective || invocation.flag(everything) else {
                throw OperatorCommand.misuse(
                    invocation, "say which grants: --grant, --client, --user, --connector, or --all for every one")
            }
            guard !(isSelective && invocation.flag(everything)) else {
                throw OperatorCommand.misuse(invocation, "--all is every grant, and another option names some of them")
            }
        }
        var selection = GrantSelection(clientID: invocation.value(client), subject: invocation.value(user))
        if let text = invocation.value(grant) {
            guard let id = GrantID(shown: text) else {
                throw OperatorCommand.misuse(invocation, "`\(text)` is no id of a grant, expected one like g42")
            }
            selection.id = id
        }
        if let name = invocation.value(connector) { selection.resource = try resource(name, invocation, config) }
        return selection
    }

    /// A connector that left the spec is still found by its URL.
    private static func resource(
        _ name: String, _ invocation: Invocation, _ config: RuntimeConfig
    ) throws(StartFailure) -> String {
        if let found = config.resources.first(where: { $0.name == name || $0.resource == name }) {
            return found.resource
        }
        if name.utf8.starts(with: "https://".utf8) { return name }
        let names = config.resources.prefix(20).map { "`\($0.name)`" }.joined(separator: ", ")
        throw OperatorCommand.misuse(invocation, "there is no connector `\(name)`, expected one of \(names)")
    }

    // MARK: what happens

    static func run(
        _ invocation: Invocation, _ selection: GrantSelection, _ store: OperatedStore
    ) async throws(StartFailure) -> ExitStatus {
        if invocation.command == list { return try await show(invocation, selection, store) }
        return try await end(invocation, selection, store)
    }

    private static func show(
        _ invocation: Invocation, _ selection: GrantSelection, _ store: OperatedStore
    ) async throws(StartFailure) -> ExitStatus {
        var printer = OperatorCommand.printer(
            invocation, "grants",
            [
                .init("GRANT", 8), .init("USER", 20), .init("CONNECTOR", 16), .init("SINCE", 10), .init("UNTIL", 10),
                .init("CLIENT"),
            ])
        let names = Dictionary(store.config.resources.map { ($0.resource, $0.name) }) { first, _ in first }
        let now = Clock.system.now
        var last: GrantID?
        while true {
            let grants: [Grant]
            do throws(StartFailure) {
                let after = last
                grants = try await store.withStore { store throws(StoreFailure) in
                    try await store.grants(selection, after: after, limit: page, now: now)
                }
            } catch {
                try StandardOutput.write(printer.end(isComplete: false))
                throw error
            }
            try StandardOutput.write(printer.text(of: grants.map { record(of: $0, connector: names[$0.resource]) }))
            last = grants.last?.id
            guard grants.count == page else { break }
        }
        try StandardOutput.write(printer.end())
        if printer.isEmpty {
            StandardError.line(described(selection).isEmpty ? "there is no live grant" : "no live grant matches")
        }
        return .clean
    }

    private static func record(of grant: Grant, connector: String?) -> (cells: [String], members: [JSONMember]) {
        (
            [
                grant.id.shown, grant.subject, connector ?? grant.resource, grant.createdAt.utcDate,
                grant.expiresAt.utcDate, grant.clientID,
            ],
            [
                JSONMember("grant", .string(grant.id.shown)), JSONMember("user", .string(grant.subject)),
                JSONMember("client", .string(grant.clientID)),
                JSONMember("connector", connector.map { .string($0) } ?? .null),
                JSONMember("resource", .string(grant.resource)), JSONMember("scope", .string(grant.scope)),
                JSONMember("since", .string(grant.createdAt.utc)), JSONMember("until", .string(grant.expiresAt.utc)),
            ]
        )
    }

    /// The selectors in the words of the command line; none for every grant.
    static func described(_ selection: GrantSelection) -> [(name: String, value: String)] {
        [
            (grant.name, selection.id?.shown), (client.name, selection.clientID), (user.name, selection.subject),
            (connector.name, selection.resource),
        ].compactMap { name, value in value.map { (name, $0) } }
    }
}

extension GrantID {
    /// As operators see it: `g42`.
    var shown: String { "g\(value)" }

    /// Reads ``shown``, or the number alone.
    init?(shown text: String) {
        guard let number = Int64(text.utf8.first == UInt8(ascii: "g") ? text.dropFirst() : text[...]), number > 0 else {
            return nil
        }
        self.init(number)
    }
}
