/// Parts of a text that is known to be a URL, or a pattern of URLs, and is cut without being parsed again.
extension String {
    /// Where the authority begins, after the first `://`; nil where there is none.
    package var authorityStart: Index? {
        let bytes = utf8
        var start = bytes.startIndex
        while let colon = bytes[start...].firstIndex(of: .colon) {
            start = bytes.index(after: colon)
            if bytes[start...].starts(with: "//".utf8) { return bytes.index(start, offsetBy: 2) }
        }
        return nil
    }

    /// The scheme and the authority: everything up to the first `/` behind `://`; nil for a text without `://`.
    package var schemeAndAuthority: Substring? {
        guard let start = authorityStart else { return nil }
        return self[..<(utf8[start...].firstIndex(of: .slash) ?? endIndex)]
    }
}
