import Foundation
import TestSupport
import Testing

/// `docs/nginx-inheritance.md`, row by row.
struct InheritancePage {
    enum Verdict: String { case harmless, set, runbook }

    struct Row {
        let directives: [String]
        /// The version of nginx that first has them; nil for 1.22 and before.
        let since: String?
        let verdict: Verdict
        /// The kinds of locations that set the first directive; empty unless the verdict says so.
        let places: [String]
        /// Each is a piece of configuration for the http level or a server block.
        let tried: [String]
        let isUntried: Bool

        /// What is tried at once: of harmless directives all, each directive once.
        var attempts: [String] {
            guard verdict == .harmless else { return tried }
            var known: Set<Substring> = []
            let statements = tried.flatMap { $0.split(separator: ";") }
                .map { $0.drop { $0 == " " } }
                .filter { known.insert($0.prefix { $0 != " " }).inserted }
            return statements.isEmpty ? [] : [statements.map { $0 + ";" }.joined(separator: " ")]
        }
    }

    let rows: [Row]

    init() throws {
        let text = try String(contentsOfFile: Repository.path("docs/nginx-inheritance.md"), encoding: .utf8)
        rows = try text.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst().map { line in
            let cells = line.dropFirst(2).dropLast(2).split(separator: " | ", omittingEmptySubsequences: false)
            try #require(cells.count == 6 || cells.count == 5, "\(line)")
            let since = cells[2].trimmingCharacters(in: .whitespaces)
            let verdict = try #require(Verdict(rawValue: String(cells[3])), "\(line)")
            let places = cells[4].prefix { $0 != ":" }.components(separatedBy: ", ")
            return Row(
                directives: Self.codes(cells[1]), since: since.isEmpty ? nil : since, verdict: verdict,
                places: verdict == .set ? places : [],
                tried: cells[5].components(separatedBy: "not tried: ")[0].components(separatedBy: " <br> ")
                    .flatMap { Self.codes(Substring($0)) },
                isUntried: cells[5].contains("not tried: "))
        }
    }

    func row(of directive: String) -> Row? { rows.first { $0.directives.contains(directive) } }

    /// What stands between backticks.
    private static func codes(_ cell: Substring) -> [String] {
        cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }
}
