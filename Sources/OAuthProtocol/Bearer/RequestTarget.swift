/// How the target of a request can be read (RFC 3986 §3.3, RFC 9112 §3.2).
///
/// nginx finds the location, and so the resource that a token must be for, by the path that it has decoded and
/// resolved; what goes to the MCP server is the target as it came. A program that reads backslashes as slashes, cuts
/// parameters off a segment (`..;x`) or decodes twice would serve `/one/..;/two` as the resource `/two` to a token for
/// `/one`.
enum RequestTarget {
    /// True for a path that somebody could read as another one: with a segment that is `.` or `..` to any of those
    /// readers, with a host in front of it (`//two/mcp`), or with bytes that no client puts there.
    static func isAmbiguous(_ target: String) -> Bool {
        var path = Array(target.utf8.prefix { $0 != UInt8(ascii: "?") })
        // Nearly all of them: nothing in it that anybody could read in two ways.
        if path.allSatisfy(isPlain), !path.starts(with: "//".utf8) { return false }
        // A fragment stays with the client (RFC 9112 §3.2): nginx cuts it off, others may not.
        if path.contains(UInt8(ascii: "#")) { return true }
        for _ in 0..<deepest {
            if isPlainlyAmbiguous(path) { return true }
            let decoded = PercentCoding.decoded(path)
            if decoded == path { return false }
            path = decoded
        }
        // Encoded so often that it was made for somebody who decodes once too often.
        return true
    }

    private static let deepest = 4

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }

    private static func isPlainlyAmbiguous(_ path: [UInt8]) -> Bool {
        guard String(validating: path, as: UTF8.self) != nil else { return true }
        if path.contains(where: { $0 < 0x20 || $0 == 0x7F }) { return true }
        let segments = path.split(omittingEmptySubsequences: false) {
            $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\")
        }
        // The first is empty, since a path begins with a slash; a second one begins a host.
        if segments.count > 2, segments[1].isEmpty { return true }
        return segments.contains { segment in
            let name = segment.prefix { $0 != UInt8(ascii: ";") }
            return name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8)
        }
    }
}

/// Percent-encoding of a path (RFC 3986 §2.1).
private enum PercentCoding {
    /// Every `%XX` as its byte; what is none stays.
    static func decoded(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let high = digit(bytes[index + 1]), let low = digit(bytes[index + 2])
            {
                result.append(high << 4 | low)
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
