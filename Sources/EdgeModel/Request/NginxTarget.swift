/// A request target as nginx reads it: cut, decoded once and normalised (`ngx_http_parse_request_line`,
/// `ngx_http_parse_complex_uri`).
struct NginxTarget: Hashable, Sendable {
    /// What locations are held against: `%XX` decoded, `.` and `..` resolved.
    var path: [UInt8]
    /// Behind the first `?`, as it was sent.
    var query: [UInt8]
    /// Path and query as they were sent, without scheme and authority.
    var unparsed: [UInt8]
    /// Of an absolute URL, which wins over `Host`.
    var authority: String?
    /// True where the path was sent with a `%`: only such a path is encoded again for an upstream.
    var isQuoted: Bool

    /// What stands for a target that could not be read.
    static let root = NginxTarget()

    private init() {
        (path, query, unparsed, authority, isQuoted) = ([], [], [], nil, false)
    }

    /// Nil where nginx answers 400.
    init?(_ target: String, mergesSlashes: Bool) {
        var bytes = Array(target.utf8)
        guard bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return nil }
        authority = nil
        if bytes.first != UInt8(ascii: "/") {
            guard let start = Self.pathStart(of: bytes) else { return nil }
            authority = String(decoding: bytes[start.authority], as: UTF8.self)
            bytes = Array(bytes[start.authority.upperBound...])
            if bytes.first != UInt8(ascii: "/") { bytes.insert(UInt8(ascii: "/"), at: 0) }
        }
        unparsed = bytes
        guard let (path, rest) = Self.normalized(bytes, mergesSlashes: mergesSlashes) else { return nil }
        self.path = path
        query = Array(bytes[rest...].prefix { $0 != UInt8(ascii: "#") })
        isQuoted = bytes.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }.contains(UInt8(ascii: "%"))
    }

    /// The authority of `scheme://authority/…`.
    private static func pathStart(of bytes: [UInt8]) -> (authority: Range<Int>, Void)? {
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0,
            bytes[..<colon].allSatisfy({ (0x61...0x7A).contains($0 | 0x20) }),
            bytes[colon...].starts(with: "://".utf8)
        else { return nil }
        let start = colon + 3
        let end =
            bytes[start...].firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }
            ?? bytes.endIndex
        return start < end ? (start..<end, ()) : nil
    }

    private enum State { case usual, slash, dot, twoDots }

    /// The path, and where the query begins.
    private static func normalized(_ bytes: [UInt8], mergesSlashes: Bool) -> (path: [UInt8], query: Int)? {
        var path: [UInt8] = []
        var state = State.usual
        var index = 0
        while index < bytes.count {
            var byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "?") { return finished(&path, state) ? (path, index) : nil }
            if byte == UInt8(ascii: "#") { return finished(&path, state) ? (path, bytes.endIndex) : nil }
            if byte == UInt8(ascii: "%") {
                guard index + 1 < bytes.count, let decoded = decoded(bytes[index], bytes[index + 1]), decoded != 0
                else {
                    return nil
                }
                index += 2
                byte = decoded
                if byte == UInt8(ascii: "%") || byte == UInt8(ascii: "#") || byte == UInt8(ascii: "?") {
                    path.append(byte)
                    state = .usual
                    continue
                }
            }
            switch (state, byte) {
            case (.usual, UInt8(ascii: "/")):
                path.append(byte)
                state = .slash
            case (.usual, _):
                path.append(byte)
            case (.slash, UInt8(ascii: "/")):
                if !mergesSlashes { path.append(byte) }
            case (.slash, UInt8(ascii: ".")):
                path.append(byte)
                state = .dot
            case (.dot, UInt8(ascii: "/")):
                path.removeLast()
                state = .slash
            case (.dot, UInt8(ascii: ".")):
                path.append(byte)
                state = .twoDots
            case (.twoDots, UInt8(ascii: "/")):
                guard climbs(&path) else { return nil }
                state = .slash
            default:
                path.append(byte)
                state = .usual
            }
        }
        return finished(&path, state) ? (path, bytes.endIndex) : nil
    }

    /// Takes a last `.` or `..` away.
    private static func finished(_ path: inout [UInt8], _ state: State) -> Bool {
        switch state {
        case .dot:
            path.removeLast()
            return true
        case .twoDots: return climbs(&path)
        case .usual, .slash: return true
        }
    }

    /// `/a/b/..` becomes `/a/`; false above the root.
    private static func climbs(_ path: inout [UInt8]) -> Bool {
        path.removeLast(3)
        guard let slash = path.lastIndex(of: UInt8(ascii: "/")) else { return false }
        path.removeLast(path.count - slash - 1)
        return true
    }

    fileprivate static func decoded(_ high: UInt8, _ low: UInt8) -> UInt8? {
        guard let high = digit(high), let low = digit(low) else { return nil }
        return high << 4 | low
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46, 0x61...0x66: (byte | 0x20) - 0x61 + 10
        default: nil
        }
    }
}

/// How nginx writes a path that it has decoded into a request or a header again (`ngx_escape_uri`).
enum NginxEscape {
    /// In a request to an upstream.
    static func path(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        escaped(bytes) { byte in
            byte <= 0x20 || byte >= 0x7F || ##""#%<>?\^`{|}"##.utf8.contains(byte)
        }
    }

    /// In the arguments of a rewritten request or a redirect.
    static func argument(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        escaped(bytes) { byte in
            byte <= 0x20 || byte >= 0x7F || ##""#%&+<>?\^`{|}"##.utf8.contains(byte)
        }
    }

    /// In the `Location` of a `rewrite`: what stands encoded before a `?` and need not be is decoded
    /// (`NGX_UNESCAPE_REDIRECT`).
    static func redirect(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count, bytes[index] != UInt8(ascii: "?") {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let byte = NginxTarget.decoded(bytes[index + 1], bytes[index + 2])
            {
                index += 3
                if byte == UInt8(ascii: "?") { return result + [byte] + bytes[index...] }
                result += byte > UInt8(ascii: "%") && byte < 0x7F ? [byte] : Array(bytes[(index - 3)..<index])
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result + bytes[index...]
    }

    private static func escaped(_ bytes: some Sequence<UInt8>, where isEscaped: (UInt8) -> Bool) -> [UInt8] {
        var result: [UInt8] = []
        for byte in bytes {
            if isEscaped(byte) {
                result.append(UInt8(ascii: "%"))
                let digits = Array("0123456789ABCDEF".utf8)
                result += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            } else {
                result.append(byte)
            }
        }
        return result
    }
}
