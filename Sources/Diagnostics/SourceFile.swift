/// One text that diagnostics can point into: a path as the user wrote it, and its bytes.
///
/// Lines end at LF, CR LF or CR. Columns count Unicode code points and are 1-based, which is what
/// SARIF calls `unicodeCodePoints`; offsets count bytes and are 0-based.
package final class SourceFile: Sendable {
    /// The path as given on the command line, relative where the user wrote it so; `-` becomes `<stdin>`.
    package let path: String
    package let bytes: [UInt8]
    /// Byte offset of the first byte of each line; never empty.
    package let lineStarts: [Int]

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
        var starts = [0]
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == 0x0A {
                starts.append(index)
            } else if byte == 0x0D {
                if index < bytes.count, bytes[index] == 0x0A { index += 1 }
                starts.append(index)
            }
        }
        lineStarts = starts
    }

    package convenience init(path: String, text: String) {
        self.init(path: path, bytes: Array(text.utf8))
    }

    /// A 1-based line and column.
    package struct Position: Hashable, Sendable {
        package let line: Int
        package let column: Int
        package let offset: Int
    }

    /// The line and column of a byte offset; an offset behind the end is the end.
    package func position(at offset: Int) -> Position {
        let offset = min(max(offset, 0), bytes.count)
        let line = lineIndex(at: offset)
        var column = 1
        for byte in bytes[lineStarts[line]..<offset] where byte & 0xC0 != 0x80 { column += 1 }
        return Position(line: line + 1, column: column, offset: offset)
    }

    /// The 0-based index of the line that holds a byte offset.
    package func lineIndex(at offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }

    /// The bytes of a 0-based line without its line end.
    package func lineRange(_ index: Int) -> Range<Int> {
        let start = lineStarts[index]
        var end = index + 1 < lineStarts.count ? lineStarts[index + 1] : bytes.count
        while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
        return start..<end
    }
}
