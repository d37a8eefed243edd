@testable import Diagnostics

enum Samples {
    static let code = DiagnosticCode(101, "unknown-key")
    static let emptyClientID = DiagnosticCode(
        301, "client-id-null", summary: "a client id is null, missing or empty", why: "Clients refuse it.",
        remedy: "Set it.", securitySeverity: "5.0")

    /// One finding in one file named `spec.yaml`.
    static func report(_ text: String, _ finding: (FileID) -> Diagnostic) -> Report {
        report(Array(text.utf8), finding)
    }

    static func report(_ bytes: [UInt8], _ finding: (FileID) -> Diagnostic) -> Report {
        var sources = SourceMap()
        let file = sources.add(SourceFile(path: "spec.yaml", bytes: bytes))
        return Report(diagnostics: [finding(file)], sources: sources, exitCode: 2)
    }

    /// A client id that comes empty out of an env file.
    static var clientID: Report {
        var sources = SourceMap()
        let lines = Array(repeating: "#", count: 11) + ["    client_id: env:TOKEN_AI_OIDC_CLIENT_ID", ""]
        let spec = sources.add(SourceFile(path: "connector.yaml", text: lines.joined(separator: "\n")))
        let environment = Array(repeating: "#", count: 13) + ["TOKEN_AI_OIDC_CLIENT_ID=", ""]
        let env = sources.add(SourceFile(path: ".env", text: environment.joined(separator: "\n")))
        let span = Span(spec, 37, 64)
        let finding = Diagnostic(
            emptyClientID, "client_id is empty", at: Label(span, "resolves to an empty value"),
            secondary: [Label(Span(env, 26, 50), "set here")],
            notes: ["trace: client_id <- env TOKEN_AI_OIDC_CLIENT_ID <- .env:14"],
            help: "set the value, or use `status: legacy-ignored` for an unused id",
            fixes: [])
        return Report(
            diagnostics: [finding], sources: sources, exitCode: 1,
            rules: [
                emptyClientID,
                DiagnosticCode(
                    302, "client-id-shadowed", .warning, summary: "a client id is shadowed", why: "It is lost.",
                    remedy: "Rename it."),
            ])
    }
}

extension DiagnosticCode {
    /// A code whose page says nothing of interest.
    init(_ number: Int, _ name: String) {
        self.init(number, name, summary: "\(name) is found", why: "it matters", remedy: "fix it")
    }
}
