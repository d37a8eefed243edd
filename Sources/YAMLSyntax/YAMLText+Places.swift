import Diagnostics

/// Exact places, which libyaml's marks give for some tokens only.
///
/// The start mark of a value includes its anchor and tag; the end mark of a block scalar includes the
/// blank lines behind it; an empty value has the mark of some token nearby.
extension YAMLText {
    static var coreTagPrefix: String { "tag:yaml.org,2002:" }

    func scalarSpan(of event: YAMLEvent, style: YAMLScalar.Style) -> Span {
        let start = event.anchor == nil && event.tag == nil ? event.start : behindProperties(event).value
        switch style {
        case .literal, .folded: return span(start, blockScalarEnd(start, event.end))
        default: return span(start, event.end)
        }
    }

    /// Where a collection begins, and whether it has brackets.
    func collectionStart(of event: YAMLEvent) -> (start: Int, isBracketed: Bool) {
        let hasProperties = event.anchor != nil || event.tag != nil
        if event.isFlow {
            let start = hasProperties ? max(event.start, event.end - 1) : event.start
            let first = start < bytes.count ? bytes[start] : 0
            return (start, first == UInt8(ascii: "[") || first == UInt8(ascii: "{"))
        }
        guard hasProperties else { return (event.start, false) }
        // Its first token is a `-` that the event includes, or one that begins where the event ends.
        let isIndentless =
            if case .sequenceStart = event.kind {
                event.end < bytes.count && bytes[event.end] != UInt8(ascii: "-")
            } else {
                false
            }
        return (isIndentless ? max(event.start, event.end - 1) : event.end, false)
    }

    func tagSpan(of event: YAMLEvent) -> Span {
        behindProperties(event).tag ?? span(event.start, event.end)
    }

    /// The place of a value that is not there: behind the `:`, or behind the key where there is none.
    func emptyValueSpan(behind key: Span) -> Span {
        var index = key.end
        while index < bytes.count, isBlank(bytes[index]) { index += 1 }
        let place = index < bytes.count && bytes[index] == UInt8(ascii: ":") ? index + 1 : key.end
        return span(place, place)
    }

    /// Skips `&anchor` and `!tag`, and the blanks and comments behind them.
    private func behindProperties(_ event: YAMLEvent) -> (value: Int, tag: Span?) {
        var index = event.start
        var tag: Span?
        while index < event.end {
            switch bytes[index] {
            case UInt8(ascii: "&"), UInt8(ascii: "!"):
                let start = index
                while index < event.end, !isBlank(bytes[index]) { index += 1 }
                if bytes[start] == UInt8(ascii: "!") { tag = span(start, index) }
            case UInt8(ascii: "#"):
                while index < event.end, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
            case let byte where isBlank(byte):
                index += 1
            default:
                return (index, tag)
            }
        }
        return (event.end, tag)
    }

    /// Steps back over the blank lines behind a block scalar, to the end of its last line with content.
    private func blockScalarEnd(_ start: Int, _ end: Int) -> Int {
        var result = end
        var index = end
        while index > start, isBlank(bytes[index - 1]) {
            index -= 1
            if bytes[index] == 0x0A || bytes[index] == 0x0D { result = index }
        }
        return result
    }

    private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
}
