/// How a report for people is drawn. Meaning never hangs on colour alone.
package struct TerminalStyle: Hashable, Sendable {
    package let isColored: Bool
    /// False when the locale is not UTF-8: what is beyond ASCII is then shown as `\u{…}`.
    package let showsUnicode: Bool
    /// Columns; longer source lines are cut around what is pointed at.
    package let width: Int

    package init(isColored: Bool = false, showsUnicode: Bool = true, width: Int = 100) {
        self.isColored = isColored
        self.showsUnicode = showsUnicode
        self.width = max(width, 40)
    }

    /// No colour, Unicode, 100 columns.
    package static let plain = TerminalStyle()

    /// The values of `--color`.
    package enum ColorOption: String, Hashable, Sendable, CaseIterable {
        case auto, always, never
    }

    /// The style for one output stream. An explicit option counts most, then `NO_COLOR`, then the two
    /// variables that force colour, then what speaks against it; colour is on for the rest.
    package static func decide(
        colorOption: ColorOption = .auto, environment: [String: String], isTerminal: Bool, columns: Int? = nil
    ) -> TerminalStyle {
        func isSet(_ name: String) -> Bool { environment[name].map { !$0.isEmpty } ?? false }
        func forces(_ name: String) -> Bool { isSet(name) && environment[name] != "0" }

        let isColored =
            switch colorOption {
            case .never: false
            case .always: true
            case .auto where isSet("NO_COLOR"): false
            case .auto where forces("CLICOLOR_FORCE") || forces("FORCE_COLOR"): true
            case .auto: isTerminal && environment["CLICOLOR"] != "0" && environment["TERM"] != "dumb"
            }
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].first(where: isSet).flatMap { environment[$0] } ?? "C"
        let charset = locale.lowercased()
        return TerminalStyle(
            isColored: isColored, showsUnicode: charset.contains("utf-8") || charset.contains("utf8"),
            width: columns ?? 100)
    }

    /// The parts of a report that have a colour (SGR parameters of ECMA-48).
    enum Role: String {
        case error = "1;31"
        case warning = "1;33"
        case note = "1;36"
        case frame = "1;34"
        case emphasis = "1"

        init(_ severity: Severity) {
            switch severity {
            case .error: self = .error
            case .warning: self = .warning
            case .note: self = .note
            }
        }
    }

    func painted(_ text: String, _ role: Role) -> String {
        isColored && !text.isEmpty ? "\u{1B}[\(role.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// Text from messages and input as this terminal may be shown it.
    func shown(_ text: String) -> String {
        guard !showsUnicode else { return DisplayText.escaped(text) }
        var result = ""
        for scalar in text.unicodeScalars {
            if DisplayText.steersTerminal(scalar) || !scalar.isASCII {
                result += DisplayText.escape(scalar)
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
