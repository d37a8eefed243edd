import Glibc

/// The head and body of one HTTP message, as they went over the wire.
package struct RawMessage: Sendable {
    /// `GET /mcp HTTP/1.1` or `HTTP/1.1 200 OK`
    package let startLine: String
    /// In order, names as written.
    package let headers: [(name: String, value: String)]
    package let body: [UInt8]

    package var text: String { String(decoding: body, as: UTF8.self) }

    /// The status of a response; 0 when the start line has none.
    package var status: Int {
        let words = startLine.split(separator: " ")
        return words.count > 1 ? Int(words[1]) ?? 0 : 0
    }

    /// All values of a header, whatever the case of its name.
    package func values(_ name: String) -> [String] {
        headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }

    package func header(_ name: String) -> String? { values(name).first }
}

/// HTTP/1.1 by hand.
package enum RawHTTP {
    /// Sends one request on a connection of its own (`Connection: close` is added) and reads the answer to its end.
    package static func request(
        _ method: String = "GET", _ target: String, host: String, port: Int, headers: [(String, String)] = [],
        body: String = ""
    ) throws -> RawMessage {
        var head = "\(method) \(target) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        if !body.isEmpty { head += "Content-Length: \(body.utf8.count)\r\n" }
        let descriptor = try LoopbackSocket.connect(port: port)
        defer { close(descriptor) }
        try LoopbackSocket.write(Array((head + "\r\n" + body).utf8), to: descriptor)
        var bytes: [UInt8] = []
        while true {
            let more = try LoopbackSocket.read(from: descriptor)
            if more.isEmpty { break }
            bytes += more
        }
        return try parse(bytes)
    }

    package struct Malformed: Error {}

    /// Cuts a whole message into its parts; a chunked body is put together.
    package static func parse(_ bytes: [UInt8]) throws -> RawMessage {
        guard let end = headEnd(bytes) else { throw Malformed() }
        let lines = String(decoding: bytes[..<end], as: UTF8.self).split(
            separator: "\r\n", omittingEmptySubsequences: false)
        let headers = lines.dropFirst().filter { !$0.isEmpty }.map { line in
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            return (name: String(parts[0]), value: parts.count > 1 ? trimmed(parts[1]) : "")
        }
        let isChunked = headers.contains {
            $0.name.lowercased() == "transfer-encoding" && $0.value.lowercased() == "chunked"
        }
        let body = Array(bytes[(end + 4)...])
        return RawMessage(
            startLine: String(lines.first ?? ""), headers: headers, body: isChunked ? joined(chunks: body) : body)
    }

    /// The offset of the blank line behind the head, once it is there.
    package static func headEnd(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        return (0...(bytes.count - 4)).first {
            bytes[$0] == 13 && bytes[$0 + 1] == 10 && bytes[$0 + 2] == 13 && bytes[$0 + 3] == 10
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return String(text)
    }

    private static func joined(chunks bytes: [UInt8]) -> [UInt8] {
        var body: [UInt8] = []
        var rest = bytes[...]
        while let lineEnd = rest.firstIndex(of: 13),
            let size = Int(String(decoding: rest[rest.startIndex..<lineEnd], as: UTF8.self), radix: 16), size > 0
        {
            let start = lineEnd + 2
            body += rest[start..<min(start + size, rest.endIndex)]
            rest = rest[min(start + size + 2, rest.endIndex)...]
        }
        return body
    }
}
