import ConfigLanguages
import Diagnostics

/// Every dialect reads any bytes; what it can print of what it read, it reads back the same.
func fuzz(_ bytes: [UInt8]) {
    for dialect in EnvDialect.allCases {
        let reading = dialect.read(bytes, file: FileID(0))
        requireSpans(of: reading.diagnostics, within: bytes)
        for entry in reading.entries {
            require(entry.nameSpan, within: bytes)
            require(entry.valueSpan, within: bytes)
        }
        guard !reading.diagnostics.hasErrors, let printed = try? reading.file.printed(in: dialect) else { continue }
        let again = dialect.read(printed.bytes, file: FileID(0))
        precondition(again.values == reading.values, "\(dialect): printed and read back, it differs")
    }
}
