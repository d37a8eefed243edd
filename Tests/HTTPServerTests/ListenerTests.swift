import Foundation
import TestSupport
import Testing

@testable import HTTPServer

@Suite("where a server listens")
struct ListenerTests {
    static let malformed = [
        "", "127.0.0.1", "127.0.0.1:", ":80", "127.0.0.1:x", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:+1",
        "localhost:80", "::1:80", "[127.0.0.1]:80", "[::1]", "[::1]:", "127.1:80", "unix:", "unix:a", "unix:/a/",
        "unix:/\(String(repeating: "a", count: 107))", "http://127.0.0.1:80",
    ]

    @Test("what is no address is refused", arguments: malformed)
    func refuses(_ text: String) {
        #expect(throws: HTTPServerError.malformedAddress(text)) { try ListenAddress(text) }
    }

    @Test("an address is told as it was given", arguments: ["127.0.0.1:0", "[::1]:8719", "unix:/run/a.sock"])
    func description(_ text: String) throws {
        #expect(try ListenAddress(text).description == text)
    }

    @Test(
        "an address that others can reach is refused",
        arguments: ["0.0.0.0:0", "192.0.2.1:0", "[::]:0", "[2001:db8::1]:0"])
    func notLoopback(_ text: String) throws {
        let address = try ListenAddress(text)
        #expect(throws: HTTPServerError.notLoopback(text)) {
            try HTTPServer.start(on: address) { _ in HTTPResponse(200) }
        }
    }

    @Test("behind a proxy any address of the machine may be listened on")
    func behindProxy() async throws {
        var options = HTTPServerOptions()
        options.admits = { _ in true }
        let server = try HTTPServer.start(on: ListenAddress("0.0.0.0:0"), options: options) { _ in HTTPResponse(200) }
        guard case .tcp("0.0.0.0", let port) = server.address else {
            Issue.record("\(server.address)")
            return
        }
        #expect(try await onThread { try RawClient(port: port).ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status } == 200)
        await server.drain(deadline: .seconds(5))
    }

    @Test("L26 of other machines those may connect who were named, and an unauthenticated caller is told of once")
    func strangers() throws {
        let events = Locked([HTTPServerEvent]())
        var options = HTTPServerOptions()
        options.admits = { $0 == [172, 18, 0, 2] || $0.count == 16 && $0.first == 0xFD }
        options.report = { event in events.withLock { $0.append(event) } }
        let core = ServerCore(options: options) { _ in HTTPResponse(200) }
        for (peer, isAdmitted) in [
            ("172.18.0.2:1", true), ("172.18.0.3:1", false), ("[fd00::2]:1", true), ("[2001:db8::2]:1", false),
            ("127.0.0.1:1", true), ("[::1]:1", true), ("[::ffff:127.0.0.1]:1", true), ("172.18.0.3:2", false),
        ] {
            #expect(try core.admits(SocketAddress(ListenAddress(peer))) == isAdmitted, "\(peer)")
        }
        #expect(
            events.withLock { $0 } == [
                .strangerRefused(address: "172.18.0.3"), .strangerRefused(address: "2001:db8::2"),
            ])
        let local = ServerCore(options: HTTPServerOptions()) { _ in HTTPResponse(200) }
        #expect(try local.admits(SocketAddress(ListenAddress("unix:/run/auth.sock"))))
    }

    @Test("a taken port is said in one line")
    func taken() async throws {
        try await ServerFixture.run { fixture in
            let address = fixture.server.address
            #expect(throws: HTTPServerError.addressInUse(address.description)) {
                try HTTPServer.start(on: address) { _ in HTTPResponse(200) }
            }
        }
    }

    @Test(
        "a unix socket has its mode whatever the umask, serves, and is removed at the end",
        arguments: [0o600, 0o660, 0o666])
    func unixSocket(_ mode: UInt32) async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.sock")
        let server = try HTTPServer.start(on: .unix(path: path), socketMode: mode) {
            HTTPResponse(200, text: $0.remoteAddress)
        }
        #expect(try Self.mode(of: path) == mode)
        #expect(
            try await onThread { try RawClient(path: path).ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").body } == "unix")
        await server.drain(deadline: .seconds(5))
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("a socket that a killed process left is replaced")
    func stale() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.sock")
        try Self.leaveStaleSocket(at: path)
        let server = try HTTPServer.start(on: .unix(path: path)) { _ in HTTPResponse(200) }
        #expect(try await onThread { try RawClient(path: path).ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status } == 200)
        await server.drain(deadline: .seconds(5))
    }

    @Test("a socket that somebody serves stays theirs")
    func served() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.sock")
        let server = try HTTPServer.start(on: .unix(path: path)) { _ in HTTPResponse(200) }
        #expect(throws: HTTPServerError.addressInUse("unix:\(path)")) {
            try HTTPServer.start(on: .unix(path: path)) { _ in HTTPResponse(500) }
        }
        #expect(try await onThread { try RawClient(path: path).ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status } == 200)
        await server.drain(deadline: .seconds(5))
    }

    @Test("a file, a folder or a link at the path is never removed")
    func otherFile() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("a.sock", "precious")
        try FileManager.default.createSymbolicLink(atPath: folder.file("link"), withDestinationPath: path)
        for taken in [path, folder.file("link"), folder.path] {
            #expect(throws: HTTPServerError.notASocket("unix:\(taken)")) {
                try HTTPServer.start(on: .unix(path: taken)) { _ in HTTPResponse(200) }
            }
        }
        #expect(try folder.read("a.sock") == "precious")
    }

    @Test("a folder that is missing is said with the path and the reason")
    func missingFolder() throws {
        let folder = try TemporaryFolder()
        let address = ListenAddress.unix(path: folder.file("none/a.sock"))
        let error = #expect(throws: HTTPServerError.self) {
            try HTTPServer.start(on: address) { _ in HTTPResponse(200) }
        }
        #expect(error?.description == "cannot create '\(address)': No such file or directory")
    }

    @Test("a file that replaced the socket meanwhile is not removed at the end")
    func replaced() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.sock")
        let server = try HTTPServer.start(on: .unix(path: path)) { _ in HTTPResponse(200) }
        try FileManager.default.removeItem(atPath: path)
        try folder.write("a.sock", "new")
        await server.drain(deadline: .seconds(5))
        #expect(try folder.read("a.sock") == "new")
    }

    private static func mode(of path: String) throws -> UInt32 {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return (attributes[.posixPermissions] as? NSNumber)?.uint32Value ?? 0
    }

    private static func leaveStaleSocket(at path: String) throws {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let status = withUnsafeBytes(of: address) {
            bind(descriptor, $0.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t($0.count))
        }
        #expect(status == 0)
        close(descriptor)
    }
}
