import Foundation
import RuntimeConfig
import TestSupport
import Testing

@testable import AuthServer

@Suite("connectorgen-auth as it is run", .serialized)
struct ExecutableTests {
    @Test(
        "it prints its identity, serves the compiled bytes, and ends cleanly on a signal", arguments: [SIGTERM, SIGINT])
    func life(_ signal: Int32) async throws {
        let server = try await ServerProcess.start()
        let banner = server.child.errors.text
        for text in [
            "local", Sample.issuer, "https://mcp.example.com/other (client id cid_other)",
            "predefined, cimd, dcr (dynamic)", "sqlite", "public.sock", "private.sock", "sha256",
        ] { #expect(banner.contains(text)) }
        #expect(!banner.contains("hunter2"))
        for document in Sample.documents {
            for place in document.locations {
                let answer = try await server.get(place.path, host: place.host)
                #expect(answer.status == 200)
                #expect(answer.body == Array(document.body.utf8))
                #expect(answer.head.contains("ETag: \(document.etag)"))
            }
        }
        server.child.signal(signal)
        #expect(try await server.child.wait() == .code(0))
        #expect(!FileManager.default.fileExists(atPath: server.folder.file("public.sock")))
        #expect(!FileManager.default.fileExists(atPath: server.folder.file("private.sock")))
        #expect(server.child.output.text.isEmpty)
    }

    @Test("A02 A21 the challenge leads to the document, and the document to the issuer")
    func chain() async throws {
        let server = try await ServerProcess.start()
        let answer = try await server.ask(
            "GET /_verify HTTP/1.1\r\nHost: a\r\nX-MCP-Resource: https://mcp.example.com/mcp\r\nConnection: close\r\n\r\n",
            of: "private.sock")
        #expect(answer.status == 401)
        #expect(
            answer.head.contains(
                "WWW-Authenticate: Bearer resource_metadata=\"https://mcp.example.com\(Sample.resourcePath)\""))
        let document = try await server.get(Sample.resourcePath)
        #expect(
            String(decoding: document.body, as: UTF8.self).contains("\"authorization_servers\":[\"\(Sample.issuer)\"]"))
        let issuer = try await server.get(Sample.serverPath)
        #expect(String(decoding: issuer.body, as: UTF8.self).hasPrefix("{\"issuer\":\"\(Sample.issuer)\""))
    }

    private static let health = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test("clients that rest do not hold up the end")
    func restingClients() async throws {
        let server = try await ServerProcess.start()
        let used = try await server.hold(Self.health, awaitingAnswer: true)
        let fresh = try await server.hold("", awaitingAnswer: false)
        let start = ContinuousClock.now
        server.child.signal(SIGTERM)
        #expect(try await server.child.wait() == .code(0))
        #expect(ContinuousClock.now - start < .seconds(8))
        _ = (used, fresh)
    }

    @Test("a second signal ends it at once, though a client is in the middle of its body")
    func secondSignal() async throws {
        let server = try await ServerProcess.start()
        let half = try await server.hold(
            "POST /mcp/token HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc", awaitingAnswer: false)
        // Answered behind it, so the half request was read.
        _ = try await server.hold(Self.health, awaitingAnswer: true)
        server.child.signal(SIGTERM)
        try await server.child.errors.wait(for: "stopping")
        server.child.signal(SIGTERM)
        #expect(try await server.child.wait() == .code(128 + SIGTERM))
        _ = half
    }

    @Test("T01 requests are logged on demand, without path, query or header")
    func log() async throws {
        let server = try await ServerProcess.start(["--log", "requests"])
        _ = try await server.get(
            "/mcp/authorize?code=planted-secret", headers: "Authorization: Bearer planted-token\r\n")
        _ = try await server.get("/planted-path")
        _ = try await server.get("//planted-refused")
        _ = try await server.get(Sample.serverPath)
        server.child.signal(SIGTERM)
        #expect(try await server.child.wait() == .code(0))
        let log = server.child.errors.text
        #expect(!log.contains("planted"))
        let lines = log.split(separator: "\n").filter { $0.hasPrefix("{") }
        #expect(lines.count == 4)
        #expect(lines.contains { $0.contains("\"refused\":\"malformedTarget\",\"status\":400") })
        #expect(
            lines.first?.contains("\"listener\":\"public\",\"route\":\"authorize\",\"method\":\"GET\",\"status\":400")
                == true)
        #expect(lines.first?.contains("\"reason\":\"missingParameter.clientID\"") == true)
        #expect(lines.last?.contains("\"route\":\"metadata\"") == true)
    }

    @Test("without --log nothing is written for a request")
    func silent() async throws {
        let server = try await ServerProcess.start()
        let before = server.child.errors.text
        _ = try await server.get(Sample.serverPath)
        _ = try await server.get("//bad")
        server.child.signal(SIGTERM)
        _ = try await server.child.wait()
        #expect(server.child.errors.text == before + "connectorgen-auth: stopping\nconnectorgen-auth: stopped\n")
    }

    @Test("Q16 a closed standard error does not end the server")
    func closedErrors() async throws {
        let folder = try TemporaryFolder()
        let socket = folder.file("public.sock")
        var config = Sample.config(listen: "unix:\(socket)", privateListen: "unix:\(folder.file("private.sock"))")
        config.store = .sqlite(path: folder.file("auth.db"))
        let path = try folder.write("auth.json", config.encoded(banner: "test"))
        let child = try ChildProcess(
            "/bin/sh",
            [
                "-c", #"exec "$0" --config "$1" --log requests 2>&-"#, ChildProcess.product("connectorgen-auth"), path,
            ], environment: ServerProcess.environment)
        let request = Array("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".utf8)
        let answer = try await onThread {
            let limit = ContinuousClock.now + .seconds(10)
            while true {
                if let answer = try? ServerProcess.exchange(request, with: socket) { return answer }
                guard ContinuousClock.now < limit else { return [] }
            }
        }
        #expect(String(decoding: answer, as: UTF8.self).hasPrefix("HTTP/1.1 200 "))
        child.signal(SIGTERM)
        #expect(try await child.wait() == .code(0))
        // No log line went into a file that got the number of the stream that was missing.
        let store = try Data(contentsOf: URL(fileURLWithPath: folder.file("auth.db")))
        #expect(store.starts(with: Array("SQLite format 3\0".utf8)))
    }
}
