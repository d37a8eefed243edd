/// Conditional requests on documents that have a strong entity tag (RFC 9110 §8.8.3, §13.1.2).
package enum EntityTag {
    /// True when an `If-None-Match` value says that the client has this version already: by the weak comparison, so
    /// that a copy which a proxy has compressed counts too. A malformed value matches nothing.
    package static func isNoneMatch(_ field: String, satisfiedBy etag: String) -> Bool {
        var rest = trimmed(field.utf8[...])
        if rest.elementsEqual("*".utf8) { return true }
        while !rest.isEmpty {
            if rest.first == UInt8(ascii: ",") {
                rest = trimmed(rest.dropFirst())
                continue
            }
            if rest.starts(with: "W/".utf8) { rest = rest.dropFirst(2) }
            guard rest.first == UInt8(ascii: "\""),
                let end = rest.dropFirst().firstIndex(of: UInt8(ascii: "\""))
            else { return false }
            let next = rest.index(after: end)
            if rest[..<next].elementsEqual(etag.utf8) { return true }
            rest = trimmed(rest[next...])
            guard rest.isEmpty || rest.first == UInt8(ascii: ",") else { return false }
        }
        return false
    }

    private static func trimmed(_ bytes: Substring.UTF8View) -> Substring.UTF8View {
        var slice = bytes.drop { $0 == 0x20 || $0 == 0x09 }
        while let last = slice.last, last == 0x20 || last == 0x09 { slice.removeLast() }
        return slice
    }
}
