import Diagnostics

/// What libFuzzer calls with each input. Every target gives a function `fuzz`, which traps when a promise
/// is broken; a crash, a hang and a trap are findings alike.
///
/// The pointer is read within the call only, to make the array that everything else works on.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    fuzz(Array(UnsafeBufferPointer(start: data, count: size)))
    return 0
}

/// Traps unless every place that the findings name lies within the file.
func requireSpans(of diagnostics: [Diagnostic], within bytes: [UInt8]) {
    for diagnostic in diagnostics {
        let edits = diagnostic.fixes.flatMap(\.edits).map(\.span)
        for span in [diagnostic.primary].compactMap(\.self).map(\.span) + diagnostic.secondary.map(\.span) + edits {
            require(span, within: bytes)
        }
    }
}

func require(_ span: Span, within bytes: [UInt8]) {
    require(span.start..<span.end, within: bytes)
}

func require(_ range: Range<Int>, within bytes: [UInt8]) {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "\(range) lies outside \(bytes.count) bytes")
}
