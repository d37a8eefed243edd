/// White space as the readers' own languages define it; each has another set.
enum UnicodeBlank {
    /// Go's `unicode.IsSpace`.
    case go
    /// `\s` and `trim` of JavaScript: no U+0085 and no U+001C to U+001F, but U+FEFF.
    case javaScript
    /// `\s` and `strip` of Python.
    case python

    /// The length of the white space character that starts at `index`, 0 when there is none.
    func length(in bytes: [UInt8], at index: Int, before end: Int? = nil) -> Int {
        let end = end ?? bytes.count
        guard index < end else { return 0 }
        let first = bytes[index]
        if first < 0x80 {
            let isBlank = (0x09...0x0D).contains(first) || first == 0x20
            return isBlank || (self == .python && (0x1C...0x1F).contains(first)) ? 1 : 0
        }
        if first == 0xC2, index + 1 < end {
            return bytes[index + 1] == 0xA0 || (bytes[index + 1] == 0x85 && self != .javaScript) ? 2 : 0
        }
        guard index + 2 < end else { return 0 }
        switch (first, bytes[index + 1], bytes[index + 2]) {
        case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8...0xA9), (0xE2, 0x80, 0xAF),
            (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80):
            return 3
        case (0xEF, 0xBB, 0xBF): return self == .javaScript ? 3 : 0
        default: return 0
        }
    }

    /// The first index at or behind `index` that is not white space.
    func skip(in bytes: [UInt8], from index: Int, before end: Int? = nil) -> Int {
        var index = index
        while case let step = length(in: bytes, at: index, before: end), step > 0 { index += step }
        return index
    }

    /// The end of `range` without the white space before it.
    func trimmedEnd(in bytes: [UInt8], _ range: Range<Int>) -> Int {
        var end = range.upperBound
        while end > range.lowerBound {
            let step = (1...3).first {
                $0 <= end - range.lowerBound && length(in: bytes, at: end - $0, before: end) == $0
            }
            guard let step else { break }
            end -= step
        }
        return end
    }
}
