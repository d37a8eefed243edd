/// Collects an answer within its limits.
struct AnswerReader {
    let longestHead: Int
    let longestBody: Int
    private var headSize = 0
    private var fields: [HTTPClientResponse.Field] = []
    private var body: [UInt8] = []

    init(longestHead: Int, longestBody: Int) {
        self.longestHead = longestHead
        self.longestBody = longestBody
    }

    func response(status: Int) -> HTTPClientResponse {
        HTTPClientResponse(status: status, fields: fields, body: body)
    }

    /// One line with its end. Interim answers have heads of their own, whose fields count for nothing; trailers are
    /// passed over.
    mutating func readHead(_ line: [UInt8]) throws(HTTPClientError) {
        headSize += line.count
        guard headSize <= longestHead else { throw .tooLarge }
        guard body.isEmpty else { return }
        if line.starts(with: "HTTP/".utf8) {
            fields = []
            return
        }
        let text = Self.trimmed(line[...])
        guard !text.isEmpty else { return }
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")), line.first == text.first,
            text[..<colon].allSatisfy(Self.isToken), colon > text.startIndex
        else { throw .malformedResponse }
        let name = String(decoding: text[..<colon].map(Self.lowercased), as: UTF8.self)
        let value = String(decoding: Self.trimmed(text[(colon + 1)...]), as: UTF8.self)
        // libcurl would undo any other coding, whatever it takes of memory.
        guard name != "transfer-encoding" || value.lowercased() == "chunked" else { throw .malformedResponse }
        fields.append(HTTPClientResponse.Field(name: name, value: value))
    }

    mutating func readBody(_ bytes: [UInt8]) throws(HTTPClientError) {
        guard body.count + bytes.count <= longestBody else { throw .tooLarge }
        body += bytes
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A }
        let rest = bytes.drop(while: isSpace)
        guard let last = rest.lastIndex(where: { !isSpace($0) }) else { return [] }
        return rest[...last]
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

    /// `token` of RFC 9110 §5.6.2.
    private static func isToken(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
}
