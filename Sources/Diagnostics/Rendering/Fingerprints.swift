import ContentDigest

/// Names for findings that stay the same when lines are inserted above them: a digest of the code, the file
/// and the words of the line, and the count of equal ones before.
struct Fingerprints {
    private var seen: [String: Int] = [:]

    /// The digest, 64 hexadecimal digits, and the 1-based number among findings with that digest.
    mutating func next(_ diagnostic: Diagnostic, in report: Report) -> (digest: String, number: Int) {
        var text = "\(diagnostic.code)\n"
        if let span = diagnostic.primary?.span {
            let file = report.sources[span.file]
            let line = DisplayLine(
                file, line: file.lineIndex(at: span.start), around: span.start,
                secrets: report.secretRanges(in: span.file), style: .plain)
            text += report.machinePath(span.file) + "\n" + line.text.split(separator: " ").joined(separator: " ")
        } else {
            text += diagnostic.message
        }
        let digest = SHA256.hex(Array(text.utf8))
        let number = seen[digest, default: 0] + 1
        seen[digest] = number
        return (digest, number)
    }
}

extension Fingerprints {
    /// One string of 64 digits for a digest and its number, where a form has no place for the number.
    static func numbered(_ digest: String, _ number: Int) -> String {
        number == 1 ? digest : SHA256.hex(Array("\(digest)\n\(number)".utf8))
    }
}
