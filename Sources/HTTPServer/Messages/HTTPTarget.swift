/// A request target in origin form (RFC 9112 §3.2.1), taken apart but not decoded.
///
/// What could be read in two ways is refused: other forms of target, bytes that are no visible ASCII, `#`, empty and
/// dot segments, and in the path an encoded slash or NUL. Routes compare the raw path byte by byte.
struct HTTPTarget: Hashable, Sendable {
    let path: String
    /// What follows the first `?`.
    let query: String?

    init(_ bytes: [UInt8]) throws(HTTPRefusal) {
        guard bytes.first == UInt8(ascii: "/"),
            bytes.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") })
        else { throw .malformedTarget }
        let mark = bytes.firstIndex(of: UInt8(ascii: "?"))
        let path = bytes[..<(mark ?? bytes.endIndex)]
        try Self.check(path)
        self.path = String(decoding: path, as: UTF8.self)
        query = mark.map { String(decoding: bytes[($0 + 1)...], as: UTF8.self) }
    }

    private static func check(_ path: ArraySlice<UInt8>) throws(HTTPRefusal) {
        let slash = UInt8(ascii: "/")
        let segments = path.dropFirst().split(separator: slash, omittingEmptySubsequences: false)
        for (index, segment) in segments.enumerated() {
            // The last one may be empty: `/` and `/mcp/` are paths of their own.
            let isEmptyInside = segment.isEmpty && index < segments.count - 1
            if isEmptyInside || segment.elementsEqual(".".utf8) || segment.elementsEqual("..".utf8) {
                throw .malformedTarget
            }
        }
        for index in path.indices where path[index] == UInt8(ascii: "%") {
            guard index + 2 < path.endIndex, let high = HTTPSyntax.hexadecimal(path[index + 1]),
                let low = HTTPSyntax.hexadecimal(path[index + 2])
            else { throw .malformedTarget }
            let byte = high << 4 | low
            if byte == 0 || byte == slash { throw .malformedTarget }
        }
    }
}
