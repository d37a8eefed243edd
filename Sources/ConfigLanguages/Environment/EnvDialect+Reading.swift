package import Diagnostics

extension EnvDialect {
    /// Reads a file as this dialect's program would. Bytes that are not UTF-8, and NUL, are errors in every dialect.
    package func read(_ bytes: [UInt8], file: FileID, environment: [String: String] = [:]) -> EnvReading {
        var notes = EnvNotes(bytes: bytes, file: file, lineEnds: rules.lineEnds)
        if let offset = notes.bytes.firstIndex(of: 0) {
            notes.report(.envNotText, .error, "the file holds a NUL byte", offset..<offset + 1)
        } else if !String(validating: bytes, as: UTF8.self).isText {
            notes.report(.envNotText, .error, "the file is not UTF-8", 0..<0)
        } else {
            rules.read(into: &notes, environment: environment)
        }
        return notes.reading(self)
    }
}

extension String? {
    fileprivate var isText: Bool { self != nil }
}
