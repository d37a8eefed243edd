import Glibc

/// What a command may know of the process it runs in: variables and terminals, looked up once.
package struct Host: Sendable {
    /// Value of an environment variable; nil when it is not set.
    package let variable: @Sendable (String) -> String?
    package let isOutputTerminal: Bool
    package let isErrorTerminal: Bool
    /// Columns of the terminal; nil when there is none to ask.
    package let columns: Int?

    package init(
        variable: @escaping @Sendable (String) -> String?, isOutputTerminal: Bool, isErrorTerminal: Bool, columns: Int?
    ) {
        self.variable = variable
        self.isOutputTerminal = isOutputTerminal
        self.isErrorTerminal = isErrorTerminal
        self.columns = columns
    }

    /// The process that we are.
    static var current: Host {
        let isOutputTerminal = isatty(STDOUT_FILENO) == 1
        return Host(
            variable: { name in getenv(name).map { String(cString: $0) } },
            isOutputTerminal: isOutputTerminal, isErrorTerminal: isatty(STDERR_FILENO) == 1,
            columns: isOutputTerminal ? terminalColumns() : nil)
    }

    private static func terminalColumns() -> Int? {
        var size = winsize()
        return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : nil
    }

    /// Width for text: `COLUMNS`, else the terminal's, else 80.
    package var width: Int {
        if let given = variable("COLUMNS").flatMap({ Int($0) }), given > 0 { return given }
        return columns ?? 80
    }
}
