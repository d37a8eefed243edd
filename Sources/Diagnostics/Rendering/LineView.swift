/// The part of a source line that fits a terminal, cut around what is pointed at.
struct LineView {
    let text: String
    /// The columns of the line that are in view.
    private let visible: Range<Int>
    /// How far the view stands to the right of column 0 of the drawing: the width of `...`.
    private let shift: Int

    private static var dots: String { "..." }

    init(_ line: DisplayLine, around focus: Range<Int>, room: Int) {
        // What is pointed at may stand one column behind the end of the line.
        let total = max(line.width, focus.upperBound)
        guard total > room else {
            text = line.text
            visible = 0..<max(total, min(line.width + 1, room))
            shift = 0
            return
        }
        // A third of the room stands before the focus, less where the focus is long.
        let before = max(4, min(room / 3, room - focus.count - 8))
        let isCutBefore = focus.lowerBound > before && focus.upperBound + 4 > room
        let start = isCutBefore ? max(0, min(focus.lowerBound - before, total - room + 3)) : 0
        let inner = room - (isCutBefore ? 3 : 0)
        let isCutAfter = total - start > inner
        let end = isCutAfter ? start + inner - 3 : total
        // The first cell may begin left of the cut; what is shown begins where the next one does.
        let first = line.cells.first { $0.column >= start }?.column ?? start
        visible = first..<max(end, first + 1)
        shift = isCutBefore ? 3 : 0
        text = (isCutBefore ? Self.dots : "") + line.text(in: visible) + (isCutAfter ? Self.dots : "")
    }

    func shows(_ column: Int) -> Bool { visible.contains(column) }

    /// Columns of the line as columns of the drawing, cut to what is in view.
    func columns(_ columns: Range<Int>) -> Range<Int> {
        let start = min(max(columns.lowerBound, visible.lowerBound), visible.upperBound - 1)
        let end = max(min(columns.upperBound, visible.upperBound), start + 1)
        return (start - visible.lowerBound + shift)..<(end - visible.lowerBound + shift)
    }
}
