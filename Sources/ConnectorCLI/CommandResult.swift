package import CommandLineSyntax

/// What a command has to say when it is done.
package struct CommandResult: Sendable {
    /// For standard output: the result.
    package var output: [UInt8] = []
    /// For standard error: summaries and notices.
    package var notices = ""
    package var status = ExitStatus.clean
    /// What the command made and nobody needs any more. It is not freed, for the process ends: to take a large plan
    /// apart would take longer than to write the lock.
    var remains: [any Sendable] = []

    package init(output: [UInt8] = [], notices: String = "", status: ExitStatus = .clean) {
        self.output = output
        self.notices = notices
        self.status = status
    }

    package init(_ text: String, notices: String = "", status: ExitStatus = .clean) {
        self.init(output: Array(text.utf8), notices: notices, status: status)
    }
}

/// Why a command ended before it had an outcome.
package enum CommandFailure: Error, Sendable {
    case usage(UsageError)
    case environment(FileError)
}

extension CommandFailure {
    /// What the work says of the command line.
    static func parsing<Value>(_ work: () throws(UsageError) -> Value) throws(CommandFailure) -> Value {
        do { return try work() } catch { throw .usage(error) }
    }

    /// What the work says of files and streams.
    static func accessing<Value>(_ work: () throws(FileError) -> Value) throws(CommandFailure) -> Value {
        do { return try work() } catch { throw .environment(error) }
    }
}
