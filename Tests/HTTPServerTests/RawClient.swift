import Foundation

/// A client that sends exactly the bytes it is given, over a blocking socket. Use it off the concurrency pool.
final class RawClient {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// One answer as it came.
    struct Answer {
        let status: Int
        let headers: [(name: String, value: String)]
        let body: String

        func header(_ name: String) -> String? {
            headers.first { $0.name.lowercased() == name.lowercased() }?.value
        }
    }

    private let descriptor: Int32
    private var buffer: [UInt8] = []

    /// Connects to a port of loopback.
    init(port: UInt16, timeout: Int = 10) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        try connect(to: address, timeout: timeout)
    }

    /// Connects to a unix socket.
    init(path: String, timeout: Int = 10) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        try connect(to: address, timeout: timeout)
    }

    deinit {
        close(descriptor)
    }

    private func connect<Address>(to address: Address, timeout: Int) throws {
        var limit = timeval(tv_sec: timeout, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let status = withUnsafeBytes(of: address) { bytes in
            Glibc.connect(
                descriptor, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t(bytes.count))
        }
        guard status == 0 else { throw Failure(description: "cannot connect: errno \(errno)") }
    }

    func send(_ text: String) throws {
        try send(Array(text.utf8))
    }

    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure(description: "cannot send: errno \(errno)") }
            sent += count
        }
    }

    /// Says that no more will be sent.
    func finishSending() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Reads one answer; `toHead` says that it has no body whatever its length says.
    func answer(toHead: Bool = false) throws -> Answer {
        var end: Int?
        while end == nil {
            end = buffer.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound
            if end == nil, try !fill() {
                throw Failure(description: "closed before the head's end, after \(buffer.count) bytes")
            }
        }
        let head = String(decoding: buffer[..<(end ?? 0)], as: UTF8.self).components(separatedBy: "\r\n")
        buffer.removeFirst(end ?? 0)
        let words = head[0].split(separator: " ")
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else {
            throw Failure(description: "no status line: \(head[0])")
        }
        let headers = head.dropFirst().filter { !$0.isEmpty }.map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (
                name: String(parts[0]), value: parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
            )
        }
        if status == 100 { return try answer(toHead: toHead) }
        let length = headers.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) } ?? 0
        let isBodiless = toHead || status == 204 || status == 304
        while !isBodiless, buffer.count < length {
            guard try fill() else { throw Failure(description: "closed within the body") }
        }
        let body = String(decoding: buffer.prefix(isBodiless ? 0 : length), as: UTF8.self)
        buffer.removeFirst(isBodiless ? 0 : length)
        return Answer(status: status, headers: headers, body: body)
    }

    /// Sends a request and reads its answer.
    func ask(_ text: String) throws -> Answer {
        try send(text)
        return try answer(toHead: text.hasPrefix("HEAD "))
    }

    /// True when the server closes without another byte; an answer instead is an error.
    func isClosed() throws -> Bool {
        if !buffer.isEmpty { return false }
        return try !fill()
    }

    /// All that comes until the server closes.
    func rest() throws -> String {
        while try fill() {}
        return String(decoding: buffer, as: UTF8.self)
    }

    /// Reads more; false at the end of the stream, also when it was reset.
    private func fill() throws -> Bool {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &chunk, chunk.count, 0)
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == ECONNRESET { return false }
            guard count >= 0 else { throw Failure(description: "nothing came: errno \(errno)") }
            buffer += chunk[..<count]
            return count > 0
        }
    }
}
