import Foundation
import RuntimeConfig
import TestSupport
import Testing

@testable import AuthServer

@Suite("a log that nobody reads", .serialized)
struct BlockedLogTests {
    /// A pipe with a name. This side is open, so that the other one can be opened, and reads when it is told to.
    private final class NamedPipe: Sendable {
        let path: String
        private let descriptor: Int32

        init(_ path: String) throws {
            self.path = path
            guard mkfifo(path, 0o600) == 0 else { throw ChildProcess.Failure(description: "no pipe: errno \(errno)") }
            descriptor = open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK)
            guard descriptor >= 0 else { throw ChildProcess.Failure(description: "no pipe: errno \(errno)") }
        }

        deinit {
            close(descriptor)
        }

        /// Reads until what was read satisfies a condition.
        func text(until isEnough: (String) -> Bool) throws -> String {
            var bytes: [UInt8] = []
            var chunk = [UInt8](repeating: 0, count: 1 << 20)
            let limit = ContinuousClock.now + .seconds(20)
            while true {
                let count = read(descriptor, &chunk, chunk.count)
                if count > 0 { bytes += chunk[..<count] }
                let text = String(decoding: bytes, as: UTF8.self)
                if count < chunk.count, isEnough(text) { return text }
                guard ContinuousClock.now < limit else {
                    throw ChildProcess.Failure(description: "not enough: \(text.suffix(400))")
                }
                var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                poll(&ready, 1, 100)
            }
        }
    }

    private static let one = "GET /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    private static let perConnection = 100

    /// Asks on connections of a hundred requests each; how many were answered.
    private static func ask(_ socket: String, connections: Int) throws -> Int {
        let many = String(
            repeating: "GET /livez HTTP/1.1\r\nHost: a\r\n\r\n", count: perConnection - 1)
        return try (0..<connections).reduce(0) { sum, _ in
            let answers = try ServerProcess.exchange(Array((many + one).utf8), with: socket)
            return sum + String(decoding: answers, as: UTF8.self).components(separatedBy: "HTTP/1.1 200 ").count - 1
        }
    }

    private static func isAlive(_ socket: String) throws -> Bool {
        let answer = try ServerProcess.exchange(Array(one.utf8), with: socket)
        return String(decoding: answer, as: UTF8.self).hasPrefix("HTTP/1.1 200 ")
    }

    /// How many requests a log tells of, and how many lines it says are missing.
    private static func count(_ text: String, of isLine: (Substring) -> Bool) -> (lines: Int, left: Int) {
        let lines = text.split(separator: "\n")
        let notices = lines.filter { $0.hasSuffix("log lines left out: nobody read them") }
        return (lines.count(where: isLine), notices.reduce(0) { $0 + (Int($1.split(separator: " ")[1]) ?? 0) })
    }

    private static func requests(_ text: String) -> (lines: Int, left: Int) { count(text) { $0.hasPrefix("{") } }

    @Test("Q16 a log that nobody reads stops neither requests nor the end, and what is left out is counted")
    func blocked() async throws {
        let folder = try TemporaryFolder()
        let sockets = ["public.sock", "private.sock"].map(folder.file)
        var config = Sample.config(listen: "unix:\(sockets[0])", privateListen: "unix:\(sockets[1])")
        config.store = .sqlite(path: folder.file("auth.db"))
        let path = try folder.write("auth.json", config.encoded(banner: "test"))
        let pipe = try NamedPipe(folder.file("log"))
        let child = try ChildProcess(
            "/bin/sh",
            [
                "-c", #"exec "$0" --config "$1" --log requests 2>"$2""#, ChildProcess.product("connectorgen-auth"),
                path, pipe.path,
            ], environment: ServerProcess.environment)
        let start = try await onThread { try pipe.text { $0.hasSuffix("ready\n") } }
        #expect(!start.contains("{"))

        // More lines than the pipe and the room for what waits hold together.
        let connections = 130
        let (answered, alive) = try await onThread {
            (try Self.ask(sockets[0], connections: connections), try sockets.map(Self.isAlive))
        }
        #expect(answered == connections * Self.perConnection)
        #expect(alive == [true, true])
        let requests = answered + alive.count

        let log = try await onThread {
            try pipe.text { text in
                let (lines, left) = Self.requests(text)
                return lines + left >= requests
            }
        }
        let (lines, left) = Self.requests(log)
        #expect(lines + left == requests)
        #expect(lines > 1_000 && left > 0)

        // Afterwards everything is written again.
        #expect(try await onThread { try Self.isAlive(sockets[0]) })
        #expect(Self.requests(try await onThread { try pipe.text { $0.hasSuffix("\n") } }).lines == 1)

        _ = try await onThread { try Self.ask(sockets[1], connections: 20) }
        child.signal(SIGTERM)
        #expect(try await child.wait() == .code(0))
    }

    @Test("Q16 what waits is written in its order, and a pipe that is closed ends nothing")
    func order() async throws {
        var ends: [Int32] = [-1, -1]
        #expect(Glibc.pipe(&ends) == 0)
        let (reader, writer) = (ends[0], ends[1])
        defer { close(writer) }
        let log = LogWriter(descriptor: writer, capacity: 4_000)
        let line = String(repeating: "x", count: 99) + "\n"
        // The pipe is full of line ends, and forty lines wait beside those that are being written.
        let flags = fcntl(writer, F_GETFL)
        _ = fcntl(writer, F_SETFL, flags | O_NONBLOCK)
        while write(writer, "\n", 1) == 1 {}
        _ = fcntl(writer, F_SETFL, flags)
        for _ in 0..<2_000 { log.write(line) }
        #expect(!log.flush(within: .milliseconds(20)))
        let (lines, left) = try await onThread {
            var bytes: [UInt8] = []
            var chunk = [UInt8](repeating: 0, count: 65_536)
            while true {
                let count = read(reader, &chunk, chunk.count)
                guard count > 0 else { return (lines: 0, left: 0) }
                bytes += chunk[..<count]
                let found = Self.count(String(decoding: bytes, as: UTF8.self)) {
                    $0.utf8.elementsEqual(line.utf8.dropLast())
                }
                if found.lines + found.left >= 2_000 { return found }
            }
        }
        #expect(lines + left == 2_000)
        #expect(lines >= 40 && left > 0)
        #expect(log.flush(within: .seconds(10)))
        close(reader)
        signal(SIGPIPE, SIG_IGN)
        for _ in 0..<2_000 { log.write(line) }
        #expect(log.flush(within: .seconds(10)))
    }

    @Test(
        "Q35 each listener has its own share of the descriptors, and the store and fetches have theirs",
        arguments: [
            (64, 20, 10), (1_024, 30, 485), (4_096, 30, 1_280), (1_048_576, 30, 1_280), (30, 30, 4), (0, 0, 4),
        ])
    func descriptors(_ limit: Int, _ used: Int, _ connections: Int) {
        #expect(DescriptorBudget(limit: limit, used: used).connections == connections)
    }
}
