import Foundation
import HTTPClient
import OAuthModel
import OAuthStores
import RuntimeConfig
import SQLite
import TestSupport
import Testing

@testable import AuthServer

@Suite("a document that does not come", .serialized)
struct SlowDocumentTests {
    /// The server within the test, so that the test can be the host of the document.
    @Test("G35 while 560 authorizations ask for a document that does not come, others are served")
    func others() async throws {
        let folder = try TemporaryFolder()
        let database = folder.file("auth.db")
        let fetcher = ScriptedFetcher { (question) throws(HTTPClientError) in DocumentsFixture.good(question.url) }
        let app = try await AuthServerApp.start(
            Self.config(folder, database), pages: PageDirectory.load(nil, issuer: Sample.issuer), fetcher: fetcher)
        let store = try await SQLiteOAuthStore.open(DatabaseFile(path: database))
        let tokens = try await GrantFixture(store: store).tokens(for: "cid_mcp")
        await store.close()

        fetcher.hold()
        let socket = folder.file("public.sock")
        let waiting = try await onThread { try (0..<560).map { try Self.authorization($0, socket) } }
        // Each takes place in the order of its coming: 96 wait and the others are answered.
        let refused = try await onThread { try Self.answered(waiting, atLeast: 464) }
        #expect(refused.count == 464)
        for answer in refused {
            #expect(answer.hasPrefix("HTTP/1.1 503 "))
            #expect(answer.contains("\r\nRetry-After: 5\r\n"))
        }
        let form = FormCoding.encoded([
            ("grant_type", "refresh_token"), ("refresh_token", tokens.refresh), ("client_id", "cid_mcp"),
        ])
        let refresh = Self.request(
            "POST /mcp/token", "Content-Type: application/x-www-form-urlencoded\r\n", form)
        // The document is still to come, so this waited for none of it.
        let answer = try await onThread { try ServerProcess.exchange(Array(refresh.utf8), with: socket) }
        #expect(String(decoding: answer, as: UTF8.self).hasPrefix("HTTP/1.1 200 "))
        #expect(fetcher.count == 1)

        fetcher.release()
        let served = try await onThread { try Self.answered(waiting, atLeast: 560) }
        #expect(served.count { $0.hasPrefix("HTTP/1.1 200 ") } == 96)
        await app.drain(deadline: .seconds(5))
    }

    private static func config(_ folder: TemporaryFolder, _ database: String) throws -> LoadedConfig {
        var config = Sample.config(
            listen: "unix:\(folder.file("public.sock"))", privateListen: "unix:\(folder.file("private.sock"))")
        config.mode = .local
        config.login = nil
        config.users = .environment(right("LOCAL_USERS"))
        config.clients = [Sample.client("cid_mcp")]
        config.store = .sqlite(path: database)
        let path = try folder.write("auth.json", config.encoded(banner: "test"))
        var surroundings = Surroundings.process
        surroundings.variable = { ServerProcess.environment[$0] }
        return try LoadedConfig.load(path, surroundings: surroundings)
    }

    private static func request(_ line: String, _ fields: String, _ body: String = "") -> String {
        "\(line) HTTP/1.1\r\nHost: \(Sample.host)\r\nConnection: close\r\n\(fields)"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    /// Asks from one of ten addresses, and waits for nothing.
    private static func authorization(_ number: Int, _ socket: String) throws -> HeldConnection {
        let id = "https://slow.example/client.json"
        let target = OAuthServerProcess.authorization([("client_id", id), ("redirect_uri", id + "/cb")])
        let text = request("GET \(target)", "X-Real-IP: 203.0.113.\(number % 10)\r\nAccept: text/html\r\n")
        return try ServerProcess.sent(Array(text.utf8), to: socket)
    }

    /// What was answered on the connections, once so many are; each is read to its end.
    private static func answered(_ connections: [HeldConnection], atLeast count: Int) throws -> [String] {
        let limit = Date(timeIntervalSinceNow: 60)
        var ready: [Int32] = []
        while ready.count < count {
            let silent = Set(connections.map(\.descriptor)).subtracting(ready)
            var polled = silent.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            poll(&polled, nfds_t(polled.count), 1_000)
            ready += polled.filter { $0.revents != 0 }.map(\.fd)
            guard Date() < limit else { throw ChildProcess.Failure(description: "\(ready.count) answers in a minute") }
        }
        return ready.map { text(on: $0) }
    }

    /// Reads without taking, so that the answer is there the next time.
    private static func text(on descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_PEEK))
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}
