import ClientModel
import CommandLineSyntax

/// `doctor URL`: how far each client comes at a server that runs.
enum DoctorCommand: RunnableCommand {
    enum Format: String, CaseIterable { case text, json }

    static let command = Command(
        "doctor", "walk as each client does to a server that runs, and name the step that fails",
        discussion: [
            "Asks what ChatGPT, Claude and the client libraries ask, in their order, and goes on or gives up as they do: "
                + "challenge, resource metadata, authorization server metadata, registration. For the first step that fails "
                + "it says what came, what was expected, what the client shows, the likely cause and the fix.",
            "No spec is needed. Nothing on the server changes: nobody is registered and nobody signs in. Requests go "
                + "through curl, which has to be installed.",
            "The status is 1 when a client fails, or gets on by a guess.",
        ],
        operands: [url], options: [client, resolve, authority, format],
        examples: [
            Example("connectorgen doctor https://mcp.example.com/mcp", "every client that is known"),
            Example("connectorgen doctor https://mcp.example.com/mcp --as codex", "each step of one of them"),
            Example(
                "connectorgen doctor https://mcp.example.com/mcp --resolve mcp.example.com:443:192.0.2.7",
                "a new machine, before its name leads there"),
        ])

    static let url = Operand("URL", .required, .text, help: "what people type into their client, https://HOST/PATH")
    static let client = Option.repeated(
        "as", "CLIENT", .choice(["all"] + names), help: "walk as this client, and show each step; all")
    static let resolve = Option.repeated(
        "resolve", "HOST:PORT:ADDRESS", .text, help: "take this address for a host, as curl does")
    static let authority = Option.value(
        "cacert", "FILE", .file, help: "trust the certificates that the authorities in this file signed")
    static let format = Option.value(
        "format", "FORMAT", .choice(Format.allCases.map(\.rawValue)), help: "how the result is printed; text")

    private static var names: [String] {
        var names: [String] = []
        for row in ClientImplementation.all {
            for name in [row.name] + row.clients where !names.contains(name) { names.append(name) }
        }
        return names
    }

    static func run(_ invocation: Invocation, on host: Host) throws(CommandFailure) -> CommandResult {
        let place = try CommandFailure.parsing { () throws(UsageError) in try Self.place(invocation) }
        let asked = invocation.values(client)
        let clients =
            asked.isEmpty || asked.contains("all")
            ? ClientImplementation.all
            : ClientImplementation.all.filter { row in asked.contains { ClientImplementation.named($0) == row } }
        var options = invocation.values(resolve).flatMap { ["--resolve", $0] }
        if let path = invocation.value(authority) { options += ["--cacert", path] }
        let server = LiveServer(options: options)
        var visits: [DoctorReport.Visit] = []
        for client in clients {
            guard let journey = walk(client, to: place, through: server) else {
                throw .usage(invocation.misuse(Self.unreadable(place)))
            }
            if let failure = server.failure { throw .environment(failure) }
            visits.append(DoctorReport.Visit(client: client, journey: journey))
        }
        let report = DoctorReport(url: place, visits: visits, showsAll: !asked.isEmpty)
        return CommandResult(
            output: invocation.choice(format, as: Format.self) == .json ? report.json : Array(report.text.utf8),
            status: report.isGood ? .clean : .findings)
    }

    private static func place(_ invocation: Invocation) throws(UsageError) -> String {
        let text = try invocation.required(url)
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }), !text.contains("#") else {
            throw invocation.misuse(unreadable(text))
        }
        return text
    }

    private static func unreadable(_ text: String) -> String {
        "`\(text)` is no URL of an MCP server; write https://HOST/PATH"
    }
}
