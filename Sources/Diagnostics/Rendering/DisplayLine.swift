/// One source line as a terminal shows it, which knows the column at which each byte comes to stand.
struct DisplayLine {
    /// What one code point, or one malformed byte, is shown as.
    struct Cell {
        let offset: Int
        let text: String
        let column: Int
        let width: Int
    }

    private(set) var cells: [Cell] = []
    private(set) var width = 0
    private let end: Int

    /// Bytes to each side that are looked at: more than a terminal shows, less than hurts when a file of many
    /// megabytes is one line.
    private static var reach: Int { 2000 }

    /// `around` is the byte offset that matters; what stands far from it is left out. `secrets` are byte
    /// ranges of the file; each is shown as `[secret]`.
    init(_ file: SourceFile, line: Int, around: Int, secrets: [Range<Int>], style: TerminalStyle) {
        let whole = file.lineRange(line)
        let around = min(max(around, whole.lowerBound), whole.upperBound)
        let start = Self.boundary(file, max(around - Self.reach, whole.lowerBound), in: whole)
        let range = start..<Self.boundary(file, min(around + Self.reach, whole.upperBound), in: whole)
        end = range.upperBound
        var parser = Unicode.UTF8.ForwardParser()
        var iterator = file.bytes[range].makeIterator()
        var offset = range.lowerBound
        var hidden: Range<Int>?
        while true {
            let length: Int
            let shown: String
            switch parser.parseScalar(from: &iterator) {
            case .valid(let encoded):
                length = encoded.count
                shown = Self.shown(Unicode.UTF8.decode(encoded), style)
            case .error(let count):
                length = count
                shown = file.bytes[offset..<(offset + count)].map { "\\x\(String($0, radix: 16))" }.joined()
            case .emptyInput:
                return
            }
            if let secret = secrets.first(where: { $0.contains(offset) }) {
                append(hidden == secret ? "" : "[secret]", offset)
                hidden = secret
            } else {
                append(shown, offset)
            }
            offset += length
        }
    }

    /// The offset, or the nearest before it at which a code point begins.
    private static func boundary(_ file: SourceFile, _ offset: Int, in line: Range<Int>) -> Int {
        guard offset < line.upperBound else { return offset }
        let candidates = stride(from: offset, through: max(offset - 3, line.lowerBound), by: -1)
        return candidates.first { file.bytes[$0] & 0xC0 != 0x80 } ?? offset
    }

    private static func shown(_ scalar: Unicode.Scalar, _ style: TerminalStyle) -> String {
        scalar == "\t" ? "    " : style.shown(String(scalar))
    }

    private mutating func append(_ text: String, _ offset: Int) {
        let cell = Cell(offset: offset, text: text, column: width, width: DisplayText.width(text))
        cells.append(cell)
        width += cell.width
    }

    /// The column at which a byte offset stands; behind the end for what lies behind it.
    func column(of offset: Int) -> Int {
        if offset >= end { return width }
        var column = 0
        for cell in cells where cell.offset <= offset { column = cell.column }
        return column
    }

    /// The column of the first thing that is no space.
    var firstInkColumn: Int {
        cells.first { !$0.text.allSatisfy { $0 == " " } }?.column ?? 0
    }

    var text: String { cells.map(\.text).joined() }

    /// The cells that stand wholly within the columns.
    func text(in columns: Range<Int>) -> String {
        cells.filter { columns.lowerBound <= $0.column && $0.column + $0.width <= columns.upperBound }
            .map(\.text).joined()
    }
}
