import Diagnostics
import Foundation
import RuntimeConfig
import TestSupport

/// The real executable, serving a config on two unix sockets of a folder of its own.
struct ServerProcess {
    let folder: TemporaryFolder
    let child: ChildProcess
    private let config: String
    private let arguments: [String]
    let variables: [String: String]

    /// With one user whom no password opens.
    static let environment = [
        "UPSTREAM_SECRET": "hunter2-is-the-secret", "PATH": "/usr/bin:/bin",
        "OWN_SECRET": "5d2e90b7c4f81a3669e0d7b2f5a8c1348b7e6f02d9c3a5147f80e6b2d1c4a395",
        "LOCAL_USERS": "alice:$argon2id$v=19$m=65536,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$"
            + "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
    ]

    static func start(
        _ arguments: [String] = [], environment extra: [String: String] = [:],
        change: (inout RuntimeConfig) -> Void = { _ in }
    ) async throws -> ServerProcess {
        let folder = try TemporaryFolder()
        var config = Sample.config(
            listen: "unix:\(folder.file("public.sock"))", privateListen: "unix:\(folder.file("private.sock"))")
        change(&config)
        if config.store != nil { config.store = .sqlite(path: folder.file("auth.db")) }
        let path = try folder.write("auth.json", config.encoded(banner: "test"))
        return try await launch(folder, path, arguments, environment.merging(extra) { _, new in new })
    }

    /// Ends the process by a signal, and starts another one on the same config and store.
    func restart(_ signal: Int32) async throws -> ServerProcess {
        child.signal(signal)
        _ = try await child.wait()
        return try await Self.launch(folder, config, arguments, variables)
    }

    /// Ends the process and starts it with another config on the same store, as an operator does after a build.
    func restart(_ change: (inout RuntimeConfig) -> Void) async throws -> ServerProcess {
        let source = SourceFile(path: config, bytes: Array(try Data(contentsOf: URL(fileURLWithPath: config))))
        var sources = SourceMap()
        let decoded = RuntimeConfig.decode(source, id: sources.add(source))
        guard var changed = decoded.config else {
            throw ChildProcess.Failure(description: "\(decoded.diagnostics.map(\.message))")
        }
        change(&changed)
        try changed.encoded(banner: "test").withUnsafeBytes { try Data($0).write(to: URL(fileURLWithPath: config)) }
        return try await restart(SIGTERM)
    }

    private static func launch(
        _ folder: TemporaryFolder, _ config: String, _ arguments: [String], _ variables: [String: String]
    ) async throws -> ServerProcess {
        let child = try await ChildProcess.authServer(config, arguments, variables: variables)
        return ServerProcess(folder: folder, child: child, config: config, arguments: arguments, variables: variables)
    }

    /// Asks as nginx does, over a socket of its own; answers status, head and body.
    func ask(_ text: String, of socket: String = "public.sock") async throws -> (
        status: Int, head: String, body: [UInt8]
    ) {
        let path = folder.file(socket)
        let bytes = try await onThread { try Self.exchange(Array(text.utf8), with: path) }
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else {
            throw ChildProcess.Failure(description: "no answer: \(String(decoding: bytes, as: UTF8.self))")
        }
        let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
        return (Int(head.split(separator: " ")[1]) ?? 0, head, Array(bytes[end.upperBound...]))
    }

    func get(_ path: String, host: String = Sample.host, headers: String = "") async throws -> (
        status: Int, head: String, body: [UInt8]
    ) {
        try await ask("GET \(path) HTTP/1.1\r\nHost: \(host)\r\n\(headers)Connection: close\r\n\r\n")
    }

    /// Sends, and leaves the connection open; with `awaitingAnswer` it reads the first bytes of an answer.
    func hold(_ text: String, awaitingAnswer: Bool, of socket: String = "public.sock") async throws -> HeldConnection {
        let path = folder.file(socket)
        return try await onThread {
            let held = HeldConnection(descriptor: try Self.connected(to: path))
            let bytes = Array(text.utf8)
            _ = bytes.withUnsafeBytes { send(held.descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            var chunk = [UInt8](repeating: 0, count: 4_096)
            if awaitingAnswer, recv(held.descriptor, &chunk, chunk.count, 0) <= 0 {
                throw ChildProcess.Failure(description: "no answer")
            }
            return held
        }
    }

    /// Sends, and reads until the other side closes.
    static func exchange(_ bytes: [UInt8], with path: String) throws -> [UInt8] {
        let descriptor = try connected(to: path)
        defer { close(descriptor) }
        _ = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        var answer: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &chunk, chunk.count, 0)
            guard count > 0 else { return answer }
            answer += chunk[..<count]
        }
    }

    /// Sends, and leaves the connection open.
    static func sent(_ bytes: [UInt8], to path: String) throws -> HeldConnection {
        let held = HeldConnection(descriptor: try connected(to: path))
        _ = bytes.withUnsafeBytes { send(held.descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        return held
    }

    private static func connected(to path: String) throws -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let status = withUnsafeBytes(of: address) {
            connect(descriptor, $0.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t($0.count))
        }
        guard status == 0 else {
            close(descriptor)
            throw ChildProcess.Failure(description: "cannot connect: errno \(errno)")
        }
        var limit = timeval(tv_sec: 15, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        return descriptor
    }
}

/// A client that stays.
final class HeldConnection: Sendable {
    let descriptor: Int32

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        close(descriptor)
    }
}
