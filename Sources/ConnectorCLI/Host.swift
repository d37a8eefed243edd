import ConnectorSpec
import Glibc
package import OAuthModel

/// What a command may know of the process it runs in: variables and terminals, looked up once.
package struct Host: Sendable {
    /// Value of an environment variable; nil when it is not set.
    package let variable: @Sendable (String) -> String?
    package let isOutputTerminal: Bool
    package let isErrorTerminal: Bool
    /// Columns of the terminal; nil when there is none to ask.
    package let columns: Int?
    /// The day in UTC, by the clock or by `SOURCE_DATE_EPOCH` (seconds since 1970, reproducible-builds.org); nil when
    /// neither tells one.
    package let today: CalendarDate?

    package init(
        variable: @escaping @Sendable (String) -> String?, isOutputTerminal: Bool, isErrorTerminal: Bool, columns: Int?,
        today: CalendarDate? = nil
    ) {
        self.variable = variable
        self.isOutputTerminal = isOutputTerminal
        self.isErrorTerminal = isErrorTerminal
        self.columns = columns
        self.today = today
    }

    /// The process that we are.
    static var current: Host {
        let isOutputTerminal = isatty(STDOUT_FILENO) == 1
        return Host(
            variable: { name in getenv(name).map { String(cString: $0) } },
            isOutputTerminal: isOutputTerminal, isErrorTerminal: isatty(STDERR_FILENO) == 1,
            columns: isOutputTerminal ? terminalColumns() : nil, today: day())
    }

    private static func day() -> CalendarDate? {
        let given = getenv("SOURCE_DATE_EPOCH").flatMap { Int(String(cString: $0)) }
        var seconds = time_t(given ?? time(nil))
        var parts = tm()
        guard gmtime_r(&seconds, &parts) != nil else { return nil }
        func padded(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return try? CalendarDate(
            parsing: "\(parts.tm_year + 1900)-\(padded(parts.tm_mon + 1))-\(padded(parts.tm_mday))")
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
