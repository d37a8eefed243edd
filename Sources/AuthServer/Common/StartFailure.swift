/// Why the server does not start: what is printed, and the exit status.
struct StartFailure: Error {
    /// For standard error, with its line end.
    let text: String
    let status: ExitStatus

    init(_ text: String, _ status: ExitStatus) {
        self.text = text
        self.status = status
    }

    /// One line about the machine.
    static func environment(_ line: String) -> StartFailure {
        StartFailure("\(ConnectorgenAuth.name): \(line)\n", .environment)
    }
}
