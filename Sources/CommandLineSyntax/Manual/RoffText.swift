/// The source of a manual page, line by line. Text goes through ``escaped(_:)``, so that none of it can
/// become a request.
struct RoffText {
    private(set) var text = ""

    /// A macro call; each argument stands in quotes.
    mutating func macro(_ name: String, _ arguments: [String] = []) {
        text += "." + name + arguments.map { " \"\(Self.escaped($0))\"" }.joined() + "\n"
    }

    /// The title line. A date such as `2026-01-31` stands bare: with escaped dashes it is no date to mandoc.
    mutating func title(_ title: String, date: String, source: String) {
        let isDate = date.utf8.allSatisfy { $0 == UInt8(ascii: "-") || $0 &- 0x30 < 10 }
        let date = isDate ? date : Self.escaped(date)
        text += ".TH \"\(Self.escaped(title))\" 1 \"\(date)\" \"\(Self.escaped(source))\"\n"
    }

    /// A line of escaped text.
    mutating func line(_ escaped: String) {
        text += escaped + "\n"
    }

    /// Text in bold, and what follows it in roman.
    mutating func bold(_ bold: String, then rest: String = "") {
        text += "\\fB" + Self.escaped(bold) + "\\fR" + Self.escaped(rest) + "\n"
    }

    /// Backslashes, dashes, quotes, a leading dot or quote, and everything beyond ASCII as roff spells them.
    static func escaped(_ text: String) -> String {
        var result = text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" : ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\e"
            case "-": result += "\\-"
            case "\"": result += "\\(dq"
            case "'": result += "\\(aq"
            case "`": result += "\\(ga"
            case "~": result += "\\(ti"
            case "^": result += "\\(ha"
            case "\n", "\t": result += " "
            case " "..."~": result.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                result += "\\[u" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits + "]"
            }
        }
        return result
    }
}
