package import Diagnostics

/// Changes of an env file, each held against the programs that read it: an edit is only answered when the file with it
/// gives each of them what was asked for, and of every other variable what it got before.
package struct EnvRewrite {
    private let source: SourceFile
    private let file: FileID
    private let dialects: [EnvDialect]
    private let spelling: EnvDialect
    /// What each of the programs gets now.
    private let before: [EnvReading]

    /// Larger files are none that a person keeps, and each edit is a reading.
    private static let largest = 1 << 18

    /// Nil for a file that a program refuses already. `dialects` are those of all programs that read it; where they are
    /// a guess, not certain, values are spelled as all programs read them.
    package init?(_ file: FileID, of source: SourceFile, for dialects: [EnvDialect], isCertain: Bool) {
        guard let only = dialects.first, source.bytes.count <= Self.largest else { return nil }
        self.source = source
        self.file = file
        self.dialects = dialects
        spelling = dialects.count == 1 && isCertain ? only : .portable
        before = dialects.map { $0.read(source.bytes, file: file) }
        guard !before.contains(where: \.diagnostics.hasErrors) else { return nil }
    }

    /// Another value in the place of one, in the same quotes where they can hold it.
    package func setting(_ name: Span, _ spelled: Span, to value: String) -> TextEdit? {
        // Readers that take carriage returns away see an empty value behind that of its own line.
        let isBehindReturn = spelled.isEmpty && spelled.start > 0 && source.bytes[spelled.start - 1] == 0x0D
        let spelled = isBehindReturn ? Span(file, spelled.start - 1, spelled.start - 1) : spelled
        let old = source.bytes[spelled.start..<spelled.end]
        var candidates: [String] = []
        if let quote = old.first, old.count > 1, old.last == quote, "'\"".utf8.contains(quote) {
            let mark = String(UnicodeScalar(quote))
            candidates.append(mark + value + mark)
        }
        candidates += spelledOut(value)
        for candidate in candidates {
            let edit = TextEdit(spelled, candidate)
            if proves(edit, at: name.start, { $0.with(value: value) }) { return edit }
        }
        return nil
    }

    /// Another name for a variable.
    package func renaming(_ name: Span, to new: String) -> TextEdit? {
        let edit = TextEdit(name, new)
        let isProved = proves(edit, at: name.start) { $0.with(name: new) }
        return isProved ? edit : nil
    }

    /// The lines of an assignment away, where nothing else stands on them.
    package func removing(_ name: Span, _ spelled: Span) -> TextEdit? {
        let last = source.lineIndex(at: max(spelled.start, spelled.end - 1))
        let end = last + 1 < source.lineStarts.count ? source.lineStarts[last + 1] : source.bytes.count
        let edit = TextEdit(Span(file, source.lineStarts[source.lineIndex(at: name.start)], end), "")
        return proves(edit, at: name.start) { _ in nil } ? edit : nil
    }

    /// A line more at the end, with the file's line ends, and `export` where the last one has it.
    package func adding(_ name: String, _ value: String) -> TextEdit? {
        let bytes = source.bytes
        let isOpen = !bytes.isEmpty && bytes.last != 0x0A && bytes.last != 0x0D
        let hasReturns = source.lineStarts.dropFirst().contains { $0 >= 2 && bytes[$0 - 2] == 0x0D }
        let place = Span(file, bytes.count, bytes.count)
        let prefixes = isExporting ? ["export ", ""] : [""]
        for end in hasReturns ? ["\r\n", "\n"] : ["\n"] {
            for prefix in prefixes {
                for spelled in spelledOut(value) {
                    let line = "\(prefix)\(name)=\(spelled)"
                    let edit = TextEdit(place, isOpen ? end + line : line + end)
                    if proves(edit, adding: Pair(name: name, value: value, start: 0)) { return edit }
                }
            }
        }
        return nil
    }

    private func spelledOut(_ value: String) -> [String] {
        guard let spelled = try? spelling.encode(value) else { return [] }
        return [String(decoding: spelled.bytes, as: UTF8.self)]
    }

    private var isExporting: Bool {
        guard let last = before.first?.entries.last else { return false }
        let line = source.lineRange(source.lineIndex(at: last.nameSpan.start))
        return source.bytes[line].starts(with: "export ".utf8)
    }

    // MARK: proof

    /// A variable as a program gets it.
    private struct Pair {
        var name: String
        var value: String?
        /// Where its name stands.
        var start: Int

        func with(name: String? = nil, value: String? = nil) -> Pair {
            Pair(name: name ?? self.name, value: value ?? self.value, start: start)
        }

        func isSame(as other: Pair) -> Bool { name == other.name && value == other.value }
    }

    /// True where every program that has an assignment at a place finds it changed so, nil for gone, and all others as
    /// they were.
    private func proves(_ edit: TextEdit, at start: Int, _ change: (Pair) -> Pair?) -> Bool {
        proves(edit) { pairs in
            guard pairs.contains(where: { $0.start == start }) else { return nil }
            return pairs.compactMap { $0.start == start ? change($0) : $0 }
        }
    }

    private func proves(_ edit: TextEdit, adding pair: Pair) -> Bool { proves(edit) { $0 + [pair] } }

    private func proves(_ edit: TextEdit, _ expected: ([Pair]) -> [Pair]?) -> Bool {
        var bytes = source.bytes
        bytes.replaceSubrange(edit.span.start..<edit.span.end, with: Array(edit.replacement.utf8))
        return zip(dialects, before).allSatisfy { dialect, reading in
            let after = dialect.read(bytes, file: file)
            guard !after.diagnostics.hasErrors, let wanted = expected(Self.pairs(of: reading)) else { return false }
            let got = Self.pairs(of: after)
            return got.count == wanted.count && zip(got, wanted).allSatisfy { $0.isSame(as: $1) }
        }
    }

    private static func pairs(of reading: EnvReading) -> [Pair] {
        reading.entries.map { Pair(name: $0.name, value: $0.value, start: $0.nameSpan.start) }
    }
}
