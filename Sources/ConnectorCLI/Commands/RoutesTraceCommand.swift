import CommandLineSyntax
import ConfigLanguages
import ConnectorCompiler
import ConnectorPlan
import Diagnostics
import EdgeModel

/// `routes trace URL SPEC`: the way of one request through nginx.
enum RoutesTraceCommand: RunnableCommand {
    enum Format: String, CaseIterable { case text, json }

    static let command = Command(
        "routes trace", "show the way of a request through nginx, decision by decision",
        discussion: [
            "Sends a request through the nginx outputs of the spec as nginx would: server block, normalised path, location, "
                + "rewrites, access, error pages, and what reaches the upstream. Nothing is asked over the network.",
            "With --vhost it goes through the files that are deployed, which include the outputs; without, through server "
                + "blocks with nothing else in them. nginx's own files, their order and their includes count as nginx "
                + "reads them.",
            "connectorgen-auth is taken to accept a request with an Authorization header, and to refuse one without. What "
                + "is decided by a program, by a file on the disk or by an include that was not given is said to be "
                + "unknown, and the status is 1.",
        ],
        operands: [url, SharedOptions.spec],
        options: [vhost, method, header, format] + SharedOptions.reading + [SharedOptions.templates],
        examples: [
            Example(
                "connectorgen routes trace https://mcp.example.com/mcp connector.yaml --method POST",
                "what a client without a token gets"),
            Example(
                "connectorgen routes trace https://mcp.example.com/.well-known/oauth-authorization-server connector.yaml "
                    + "--vhost sites/mcp.example.com.conf", "whether a deployed server block hides a document"),
        ])

    static let url = Operand("URL", .required, .text, help: "what the client asks for, https://HOST/PATH")
    static let vhost = Option.repeated(
        "vhost", "FILE", .file, help: "go through this deployed nginx file, or one that such a file includes")
    static let method = Option.value("method", "METHOD", .text, help: "the request method; GET")
    static let header = Option.repeated("header", "NAME: VALUE", .text, help: "a field that the client sends")
    static let format = Option.value(
        "format", "FORMAT", .choice(Format.allCases.map(\.rawValue)), help: "how the way is printed; text")

    static func run(_ invocation: Invocation, on host: Host) throws(CommandFailure) -> CommandResult {
        let request = try CommandFailure.parsing { () throws(UsageError) in try Self.request(invocation) }
        let reporting = try Reporting(invocation, on: host)
        let input = try CompilationInput(invocation)
        let compilation = input.compile()
        let findings = input.diagnostics + compilation.diagnostics
        guard !findings.hasErrors, let plan = compilation.plan else {
            return reporting.result(of: findings, from: compilation, status: .invalid)
        }
        guard let nginx = plan.nginx else {
            throw .usage(
                invocation.misuse("the spec has no `targets.nginx`, so there is no configuration to go through"))
        }
        var files = TracedFiles(compilation, plan, nginx)
        let vhosts = invocation.values(vhost)
        try CommandFailure.accessing { () throws(FileError) in
            for path in vhosts { try files.add(path) }
        }
        if vhosts.isEmpty { files.addServers() }
        let trace = RouteTrace(request, through: files)
        return CommandResult(
            output: invocation.choice(format, as: Format.self) == .json ? trace.json : Array(trace.text.utf8),
            status: trace.isKnown ? .clean : .findings)
    }

    private static func request(_ invocation: Invocation) throws(UsageError) -> EdgeRequest {
        let text = try invocation.required(url)
        var headers: [EdgeRequest.Header] = []
        for field in invocation.values(header) {
            let halves = field.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2, !halves[0].isEmpty else {
                throw invocation.misuse("`\(field)` is no header field; write --header 'Name: value'")
            }
            headers.append(EdgeRequest.Header(String(halves[0]), String(halves[1].drop { $0 == " " })))
        }
        guard let request = EdgeRequest(invocation.value(method) ?? "GET", url: text, headers: headers) else {
            throw invocation.misuse("`\(text)` is no URL that a client asks for; write https://HOST/PATH")
        }
        return request
    }
}
