/// Breaks text at spaces.
package enum TextWrapping {
    /// Lines of at most `width` columns; a word that is longer stands on a line of its own.
    package static func lines(_ text: String, width: Int, first: String = "", rest: String = "") -> [String] {
        var lines: [String] = []
        var line = first
        var used = DisplayText.width(first)
        var isEmpty = true
        for word in text.split(separator: " ") {
            let wordWidth = DisplayText.width(String(word))
            if !isEmpty, used + 1 + wordWidth > width {
                lines.append(line)
                line = rest
                used = DisplayText.width(rest)
                isEmpty = true
            }
            if !isEmpty {
                line += " "
                used += 1
            }
            line += word
            used += wordWidth
            isEmpty = false
        }
        return lines + [line]
    }
}
