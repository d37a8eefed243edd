package import Diagnostics

/// A unit file, or a drop-in of one, as far as it sets variables (systemd.syntax(7), systemd.exec(5)).
package struct SystemdUnit: Sendable {
    /// A line `Name=value` of a section, continuation lines joined.
    package struct Setting: Sendable {
        package let section: String
        package let name: String
        package let nameSpan: Span
        package let value: PlacedBytes
    }

    package let settings: [Setting]
    package let problems: [SyntaxProblem]

    /// The settings of `[Service]` with one of some names, in file order.
    package func service(_ names: Set<String>) -> [Setting] {
        settings.filter { $0.section == "Service" && names.contains($0.name) }
    }
}

/// What a reader of a deployed file says of it: the place and half a sentence.
package struct SyntaxProblem: Hashable, Sendable {
    package let message: String
    package let span: Span

    package init(_ message: String, at span: Span) {
        self.message = message
        self.span = span
    }
}

/// Bytes that were put together from pieces of a file, each with its place.
package struct PlacedBytes: Sendable {
    package private(set) var bytes: [UInt8] = []
    private var offsets: [Int] = []
    package let file: FileID

    package init(file: FileID) {
        self.file = file
    }

    package mutating func append(_ byte: UInt8, from offset: Int) {
        bytes.append(byte)
        offsets.append(offset)
    }

    package mutating func removeLast(_ count: Int) {
        bytes.removeLast(count)
        offsets.removeLast(count)
    }

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The place of a range of the bytes; of an empty one the place of the byte before it.
    package func span(_ range: Range<Int>) -> Span {
        guard let last = offsets.last else { return Span(file, 0, 0) }
        let start = range.lowerBound < offsets.count ? offsets[range.lowerBound] : last + 1
        return Span(file, start, range.isEmpty ? start : offsets[range.upperBound - 1] + 1)
    }

    package var span: Span { span(0..<bytes.count) }
}

extension SystemdUnit {
    /// Reads sections and settings as `config_parse` does: `#` and `;` lines are comments, also between continued
    /// lines; a backslash at the end of a line joins the next with a blank.
    package static func read(_ source: [UInt8], file: FileID) -> SystemdUnit {
        var settings: [Setting] = []
        var problems: [SyntaxProblem] = []
        var section = ""
        var line = PlacedBytes(file: file)
        var isContinued = false
        var start = 0
        while start < source.count {
            let end = source[start...].firstIndex(of: UInt8(ascii: "\n")) ?? source.count
            var range = start..<end
            start = end + 1
            while let last = range.last, source[last] == UInt8(ascii: "\r") { range = range.dropLast() }
            let first = range.first { !" \t".utf8.contains(source[$0]) }
            if let first, "#;".utf8.contains(source[first]) { continue }
            if first == nil, !isContinued { continue }
            for offset in range.drop(while: { !isContinued && " \t".utf8.contains(source[$0]) }) {
                line.append(source[offset], from: offset)
            }
            if line.bytes.last == UInt8(ascii: "\\"), start < source.count {
                let offset = range.upperBound - 1
                line.removeLast(1)
                line.append(UInt8(ascii: " "), from: offset)
                isContinued = true
                continue
            }
            isContinued = false
            add(line, &section, &settings, &problems)
            line = PlacedBytes(file: file)
        }
        if isContinued { add(line, &section, &settings, &problems) }
        return SystemdUnit(settings: settings, problems: problems)
    }

    private static func add(
        _ line: PlacedBytes, _ section: inout String, _ settings: inout [Setting], _ problems: inout [SyntaxProblem]
    ) {
        let bytes = line.bytes
        if bytes.first == UInt8(ascii: "[") {
            guard let end = bytes.firstIndex(of: UInt8(ascii: "]")) else {
                problems.append(SyntaxProblem("a section header without `]`", at: line.span))
                return
            }
            section = String(decoding: bytes[1..<end], as: UTF8.self)
            return
        }
        guard let sign = bytes.firstIndex(of: UInt8(ascii: "=")) else {
            problems.append(SyntaxProblem("a line without `=`", at: line.span))
            return
        }
        let nameEnd = bytes[..<sign].lastIndex { !" \t".utf8.contains($0) }.map { $0 + 1 } ?? 0
        var value = PlacedBytes(file: line.file)
        let from = bytes[(sign + 1)...].firstIndex { !" \t".utf8.contains($0) } ?? bytes.count
        let end = bytes[from...].lastIndex { !" \t".utf8.contains($0) }.map { $0 + 1 } ?? from
        for index in from..<end { value.append(bytes[index], from: line.span(index..<index + 1).start) }
        settings.append(
            Setting(
                section: section, name: String(decoding: bytes[..<nameEnd], as: UTF8.self),
                nameSpan: line.span(0..<nameEnd), value: value))
    }
}
