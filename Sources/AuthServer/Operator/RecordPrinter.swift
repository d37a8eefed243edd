import Diagnostics
import JSONSyntax

/// Prints records one after the other, so that a list of any length takes no room: as the rows of a table, on a narrow
/// terminal one below the other, or as one JSON document.
struct RecordPrinter {
    enum Format: String, CaseIterable { case text, json }

    struct Column {
        let title: String
        /// Characters; a longer value pushes the next ones. The last column has no width.
        let width: Int

        init(_ title: String, _ width: Int = 0) {
            self.title = title
            self.width = width
        }
    }

    /// Below this many columns of a terminal a table is hard to read.
    static let narrow = 100

    let format: Format
    private let member: String
    private let columns: [Column]
    private let isNarrow: Bool
    private var count = 0

    /// `member` is the name of the list in the document; `width` is the terminal's, nil where there is none.
    init(_ format: Format, member: String, columns: [Column], width: Int?) {
        self.format = format
        self.member = member
        self.columns = columns
        isNarrow = width.map { $0 < Self.narrow } ?? false
    }

    /// The text of some further records: their cells, and the same as members.
    mutating func text(of records: [(cells: [String], members: [JSONMember])]) -> String {
        var text = ""
        for record in records {
            switch format {
            case .text:
                if count == 0, !isNarrow { text += row(columns.map(\.title)) }
                text += isNarrow ? block(record.cells) : row(record.cells)
            case .json:
                text += count == 0 ? "{\"formatVersion\":1,\"\(member)\":[\n" : ",\n"
                text += String(decoding: JSON.object(record.members).encoded(.compact), as: UTF8.self)
            }
            count += 1
        }
        return text
    }

    /// What ends the output. A document says whether it has all; a table is all there is.
    func end(isComplete: Bool = true) -> String {
        guard format == .json else { return "" }
        return (count == 0 ? "{\"formatVersion\":1,\"\(member)\":[" : "\n") + "],\"complete\":\(isComplete)}\n"
    }

    var isEmpty: Bool { count == 0 }

    private func row(_ cells: [String]) -> String {
        var line = ""
        for (column, cell) in zip(columns, cells) {
            let shown = DisplayText.escaped(cell)
            line += shown + String(repeating: " ", count: max(0, column.width - DisplayText.width(shown))) + "  "
        }
        while line.utf8.last == 0x20 { line.removeLast() }
        return line + "\n"
    }

    /// The first cell on a line of its own, and below it the others with their titles.
    private func block(_ cells: [String]) -> String {
        let size = columns.map(\.title.utf8.count).max() ?? 0
        var text = ""
        for (index, (column, cell)) in zip(columns, cells).enumerated() where !cell.isEmpty {
            let title = column.title + String(repeating: " ", count: size - column.title.utf8.count)
            text += (index == 0 ? "" : "  \(title)  ") + DisplayText.escaped(cell) + "\n"
        }
        return text
    }
}
