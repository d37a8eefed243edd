package import Diagnostics

/// The variables that an image gets from its Dockerfile (Dockerfile reference, `ENV`, `ARG`, `FROM`): those of the last
/// stage.
package struct Dockerfile: Sendable {
    package private(set) var assignments: [PlacedAssignment] = []
    package private(set) var problems: [SyntaxProblem] = []

    /// Values of `ARG` and `ENV` by name; `.some(nil)` for one that only the build knows.
    private typealias Known = [String: String?]

    package static func read(_ source: [UInt8], file: FileID) -> Dockerfile {
        var result = Dockerfile()
        var stages: [String: (assignments: [PlacedAssignment], known: Known)] = [:]
        var stage: String?
        var known: Known = [:]
        var isInStage = false
        for line in DockerfileLines.all(of: source, file: file) {
            let (keyword, rest) = line.keyword
            switch keyword {
            case "FROM":
                if let stage { stages[stage] = (result.assignments, known) }
                let words = String(decoding: line.bytes[rest...], as: UTF8.self).split(separator: " ").map(String.init)
                    .filter { !$0.hasPrefix("--") }
                let base = words.first.flatMap { stages[$0.lowercased()] }
                result.assignments = base?.assignments ?? []
                known = base?.known ?? [:]
                stage = words.count == 3 && words[1].lowercased() == "as" ? words[2].lowercased() : nil
                isInStage = true
            case "ARG" where isInStage:
                for word in DockerWord.all(in: line, from: rest) {
                    let text = word.expanded(known)
                    let parts = (text ?? word.raw).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                    guard let name = parts.first.map(String.init), known[name] == nil else { continue }
                    known.updateValue(text != nil && parts.count == 2 ? String(parts[1]) : nil, forKey: name)
                }
            case "ENV": result.environment(line, rest, &known)
            default: continue
            }
        }
        return result
    }

    /// `ENV a=b c="d"`, or the old `ENV a b c`. All values of one line see the variables before the line.
    private mutating func environment(_ line: PlacedBytes, _ start: Int, _ known: inout Known) {
        let words = DockerWord.all(in: line, from: start)
        guard let first = words.first else { return }
        guard first.sign != nil else {
            var rest = DockerWord(line, from: first.range.upperBound)
            rest.takeAll()
            add(
                first.raw, rest.expanded(known), nameSpan: line.span(first.range), valueSpan: line.span(rest.range),
                &known)
            return
        }
        let before = known
        for word in words {
            guard let sign = word.sign else {
                problems.append(
                    SyntaxProblem("a word without `=`, with which the build stops", at: line.span(word.range)))
                continue
            }
            let name = String(decoding: line.bytes[word.range.lowerBound..<sign], as: UTF8.self)
            var value = DockerWord(line, from: sign + 1)
            value.take(until: word.range.upperBound)
            add(
                name, value.expanded(before), nameSpan: line.span(word.range.lowerBound..<sign),
                valueSpan: line.span(value.range), &known)
        }
    }

    private mutating func add(
        _ name: String, _ value: String?, nameSpan: Span, valueSpan: Span, _ known: inout Known
    ) {
        known.updateValue(value, forKey: name)
        assignments.append(PlacedAssignment(name: name, value: value, nameSpan: nameSpan, valueSpan: valueSpan))
    }
}

/// Instructions with their continuation lines joined and the comments between them left out.
private enum DockerfileLines {
    static func all(of source: [UInt8], file: FileID) -> [PlacedBytes] {
        var lines: [PlacedBytes] = []
        var line = PlacedBytes(file: file)
        var escape = UInt8(ascii: "\\")
        var isFirst = true
        var start = 0
        while start < source.count {
            let end = source[start...].firstIndex(of: UInt8(ascii: "\n")) ?? source.count
            var range = start..<end
            start = end + 1
            while let last = range.last, " \t\r".utf8.contains(source[last]) { range = range.dropLast() }
            let trimmed = range.drop { " \t".utf8.contains(source[$0]) }
            if let first = trimmed.first, source[first] == UInt8(ascii: "#") {
                let text = String(decoding: source[range], as: UTF8.self).lowercased().filter { $0 != " " }
                if isFirst, text == "#escape=`" { escape = UInt8(ascii: "`") }
                continue
            }
            if trimmed.isEmpty { continue }
            isFirst = false
            let isContinued = range.last.map { source[$0] == escape } ?? false
            for offset in (line.bytes.isEmpty ? trimmed : range).dropLast(isContinued ? 1 : 0) {
                line.append(source[offset], from: offset)
            }
            guard !isContinued else { continue }
            lines.append(line)
            line = PlacedBytes(file: file)
        }
        if !line.bytes.isEmpty { lines.append(line) }
        return lines
    }
}

extension PlacedBytes {
    /// The instruction in capitals, and where what follows it begins.
    fileprivate var keyword: (String, Int) {
        let end = bytes.firstIndex { " \t".utf8.contains($0) } ?? bytes.count
        let rest = bytes[end...].firstIndex { !" \t".utf8.contains($0) } ?? bytes.count
        return (String(decoding: bytes[..<end], as: UTF8.self).uppercased(), rest)
    }
}
