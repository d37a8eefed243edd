import Diagnostics

/// What a reader writes down while it walks over the bytes of a file.
struct EnvNotes {
    /// An assignment or a lone name, with the bytes it takes from its first to its last, line end excluded.
    struct Statement {
        let name: Range<Int>
        let value: Range<Int>
        let decoded: [UInt8]?
        let range: Range<Int>
    }

    /// What some readers do to carriage returns before they look at anything.
    enum LineEnds {
        case asWritten
        /// Carriage returns are taken away.
        case withoutReturns
        /// CR LF and CR become LF.
        case universal
    }

    /// The file as the reader sees it.
    let bytes: [UInt8]
    /// Where each of ``bytes`` stands in the file, and the end behind them; nil when both are the same.
    private let offsets: [Int]?
    let file: FileID
    private(set) var statements: [Statement] = []
    private(set) var diagnostics: [Diagnostic] = []
    /// What has been assigned so far, for readers that refer back.
    private(set) var assigned: [String: String] = [:]

    init(bytes: [UInt8], file: FileID, lineEnds: LineEnds) {
        self.file = file
        guard lineEnds != .asWritten, bytes.contains(0x0D) else {
            self.bytes = bytes
            offsets = nil
            return
        }
        var seen: [UInt8] = []
        var offsets: [Int] = []
        for (index, byte) in bytes.enumerated() {
            let isPair = byte == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A
            if byte == 0x0D, isPair || lineEnds == .withoutReturns { continue }
            seen.append(byte == 0x0D ? 0x0A : byte)
            offsets.append(index)
        }
        self.bytes = seen
        self.offsets = offsets + [bytes.count]
    }

    mutating func assign(_ name: Range<Int>, _ value: [UInt8], from spelled: Range<Int>, in range: Range<Int>) {
        statements.append(Statement(name: name, value: spelled, decoded: value, range: range))
        assigned[text(name)] = String(decoding: value, as: UTF8.self)
    }

    /// A line with a name only. `inherited` is what the reader's own environment has under it.
    mutating func nameOnly(_ name: Range<Int>, inherited: String? = nil) {
        let end = name.upperBound..<name.upperBound
        statements.append(Statement(name: name, value: end, decoded: inherited.map { Array($0.utf8) }, range: name))
        if let inherited { assigned[text(name)] = inherited }
        report(
            .envNameOnly, .warning, "\(text(name)) stands without a value", name,
            help: "write \(text(name))= for the empty value")
    }

    /// A line that the reader drops without a word.
    mutating func ignored(_ range: Range<Int>, because reason: String) {
        report(.envLineIgnored, .warning, "this line sets nothing: \(reason)", range)
    }

    mutating func report(
        _ code: DiagnosticCode, _ severity: Severity, _ message: String, _ range: Range<Int>, help: String? = nil
    ) {
        diagnostics.append(
            Diagnostic(code, severity, message, at: Label(span(range)), help: help))
    }

    /// The place of a range of ``bytes`` in the file.
    func span(_ range: Range<Int>) -> Span {
        guard let offsets else { return Span(file, range.lowerBound, range.upperBound) }
        let start = offsets[range.lowerBound]
        // Behind the last byte that is meant, not before the next: returns may have been taken away between the two.
        return Span(file, start, range.isEmpty ? start : offsets[range.upperBound - 1] + 1)
    }

    func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    /// The end of the line that holds `index`: the offset of its line feed, or of the end.
    func lineEnd(from index: Int) -> Int {
        bytes[index...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    }
}
