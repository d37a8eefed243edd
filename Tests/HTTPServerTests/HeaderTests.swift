import Foundation
import HTTPServer
import Testing

@Suite("request headers over a socket")
struct HeaderTests {
    static let refused = [
        "Host: b", "X: a\u{1}b", "X: a\u{7F}", "X: a\u{8}",
        "Content-Type: a/b\r\nContent-Type: a/b",
        "content-type: a/b\r\nCONTENT-TYPE: c/d", "Authorization: Bearer a\r\nAuthorization: Bearer b",
    ]

    @Test("headers that could be read in two ways give 400 and the connection goes on", arguments: refused)
    func refuses(_ lines: String) async throws {
        try await ServerFixture.run { fixture in
            let client = try fixture.client()
            #expect(try client.ask("GET / HTTP/1.1\r\nHost: a\r\n\(lines)\r\n\r\n").status == 400)
            #expect(try client.isUsable())
        }
    }

    static let ambiguous = [
        "Content-Length : 30", "Content-Length\t: 30", "Content-Length:\r\n 30", "X: a\r\n Content-Length: 30", "X : a",
        "X\t: a", "(x): a", "X@: a", ": a", "X: a\r\n b", "X: a\u{0}b", "\u{0}X: a", " X: a",
    ]

    @Test(
        "Q32 a head whose fields another reader could see otherwise is answered once with 400, and nothing behind it is read",
        arguments: ambiguous)
    func ends(_ lines: String) async throws {
        try await ServerFixture.run { fixture in
            let client = try fixture.client()
            try client.send(
                "POST /first HTTP/1.1\r\nHost: a\r\n\(lines)\r\n\r\nGET /second HTTP/1.1\r\nHost: a\r\n\r\n")
            let all = try client.rest()
            #expect(all.hasPrefix("HTTP/1.1 400 "), "\(all)")
            #expect(all.components(separatedBy: "HTTP/1.1 ").count == 2, "\(all)")
            #expect(!all.contains("/second"))
            #expect(try fixture.isUsable())
        }
    }

    @Test("a value that is not UTF-8 gives 400")
    func notUTF8() async throws {
        try await ServerFixture.run { fixture in
            let client = try fixture.client()
            try client.send(Array("GET / HTTP/1.1\r\nHost: a\r\nX: ".utf8) + [0xC3, 0x28] + Array("\r\n\r\n".utf8))
            #expect(try client.answer().status == 400)
            #expect(try client.isUsable())
        }
    }

    @Test(
        "a listener that hands on values of others gets them with U+FFFD for what is no text, and refuses the rest still"
    )
    func replaced() async throws {
        var options = HTTPServerOptions()
        options.replacesMalformedValues = true
        let echo: HTTPServer.Handler = { request in
            HTTPResponse(200, headers: ["X-Seen": request.headers["X"] ?? "none"])
        }
        try await ServerFixture.run(options: options, handler: echo) { fixture in
            let client = try fixture.client()
            for odd: [UInt8] in [[0xC3, 0x28], [0x7F], [0x01, 0xFF], Array("a\u{E9}".utf8)] {
                try client.send(Array("GET / HTTP/1.1\r\nHost: a\r\nX: b".utf8) + odd + Array("\r\n\r\n".utf8))
                let seen = try client.answer()
                #expect(seen.status == 200)
                #expect(seen.header("X-Seen")?.hasPrefix("b") == true, "\(odd)")
                #expect(seen.header("X-Seen")?.contains("\u{FFFD}") == (odd[0] != UInt8(ascii: "a")), "\(odd)")
            }
            for refused in ["X : b", "Host: b"] {
                let head = "GET / HTTP/1.1\r\nHost: a\r\n\(refused)\r\n\r\n"
                #expect(try fixture.client().ask(head).status == 400, "\(refused)")
            }
        }
    }

    @Test(
        "a head of 48 KiB fits into the memory of a connection, with a large answer, and again on the same connection")
    func largest() async throws {
        var options = HTTPServerOptions()
        options.headerBytesLimit = 49_152
        let large = String(repeating: "a", count: 8_000)
        let handler: HTTPServer.Handler = { request in
            HTTPResponse(200, headers: ["X-Seen": "\(request.headers.fields.count)", "X": large])
        }
        try await ServerFixture.run(options: options, handler: handler) { fixture in
            let client = try fixture.client()
            let fields = (0..<4).map { "X-\($0): \(String(repeating: "b", count: 12_276))\r\n" }.joined()
            for _ in 0..<3 {
                let answer = try client.ask("GET / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n")
                #expect(answer.status == 200 && answer.header("X-Seen") == "5" && answer.header("X") == large)
            }
            let more = "X-4: \(String(repeating: "b", count: 40))\r\n"
            #expect(try fixture.ask("GET / HTTP/1.1\r\nHost: a\r\n\(fields)\(more)\r\n").status == 431)
        }
    }

    static let hidden = [
        "GET /a\u{0}/../b HTTP/1.1\r\nHost: a\r\n\r\n", "GET /a\u{0} HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /a?b\u{0}c HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\nX: b\u{0}c\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\u{0}b\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nX: \u{0}\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n Authorization: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n\tb\r\nY: c\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n",
    ]

    @Test("Q06 a NUL or a folded line gives 400, and hides nothing from the checks", arguments: hidden)
    func hides(_ request: String) async throws {
        try await ServerFixture.run { fixture in
            let client = try fixture.client()
            #expect(try client.ask(request).status == 400)
        }
    }

    @Test("lines that end with LF alone are read, spaces around values too")
    func lineEnds() async throws {
        try await ServerFixture.run { fixture in
            let client = try fixture.client()
            #expect(try client.ask("GET / HTTP/1.1\nHost: a\nX:  b \r\n\n").body == "GET /\nX: b")
            #expect(try client.ask("GET / HTTP/1.1\r\nHost:a\r\nX:b\r\n\r\n").body == "GET /\nX: b")
            #expect(try client.ask("GET / HTTP/1.1\r\nHost: a\r\nX:\r\nY: \r\n\r\n").body == "GET /\nX: \nY: ")
            #expect(try client.isUsable())
        }
    }

    @Test("a request of HTTP/1.1 without Host gives 400, one of HTTP/1.0 too")
    func noHost() async throws {
        try await ServerFixture.run { fixture throws in
            for version in ["1.0", "1.1"] {
                let client = try fixture.client()
                try client.send("GET / HTTP/\(version)\r\nConnection: close\r\n\r\n")
                let all = try client.rest()
                #expect(all.hasPrefix("HTTP/1.1 400 ") && all.components(separatedBy: "HTTP/1.1 ").count == 2, "\(all)")
            }
            #expect(try fixture.ask("GET / HTTP/1.0\r\nHost: a\r\n\r\n").status == 200)
        }
    }

    @Test("names compare without case, values lose the space around them, order is kept")
    func arrives() async throws {
        try await ServerFixture.run { fixture in
            let answer = try fixture.ask(
                "GET / HTTP/1.1\r\nHost: a\r\nB:  1 \t\r\na: 2\r\nB: 3\r\nX-É: x\r\n\r\n".replacing("X-É", with: "X-E"))
            #expect(answer.body == "GET /\nB: 1\na: 2\nB: 3\nX-E: x")
        }
    }

    @Test("cookies come from all Cookie fields, and what is no cookie is left out")
    func cookies() async throws {
        try await ServerFixture.run { fixture in
            let answer = try fixture.ask(
                "GET / HTTP/1.1\r\nHost: a\r\nCookie: a=1; b=\"2\"; c d=3; e\r\nCookie: f=4;g=a,b; =x\r\n\r\n")
            let cookies = answer.body.split(separator: "\n").filter { $0.hasPrefix("cookie") }
            #expect(cookies == ["cookie a=1", "cookie b=2", "cookie f=4"])
        }
    }

    @Test("Q05 a hundred headers pass, one more and 16 KiB give 431 and the connection goes on")
    func limits() async throws {
        try await ServerFixture.run { fixture in
            let client = try fixture.client()
            let lines = Array(repeating: "X: a\r\n", count: 99).joined()
            #expect(try client.ask("GET / HTTP/1.1\r\nHost: a\r\n\(lines)\r\n").status == 200)
            #expect(try client.ask("GET / HTTP/1.1\r\nHost: a\r\n\(lines)X: a\r\n\r\n").status == 431)
            let long = String(repeating: "a", count: 16_384)
            #expect(try client.ask("GET / HTTP/1.1\r\nHost: a\r\nX: \(long)\r\n\r\n").status == 431)
            #expect(try client.isUsable())
        }
    }

    @Test("Q05 a flood of headers gives 431 or a close, and others are served", arguments: [100_000, 1])
    func flood(_ count: Int) async throws {
        try await ServerFixture.run { fixture in
            let client = try fixture.client()
            let line = "X: \(String(repeating: "a", count: 1_000_000 / count))\r\n"
            let flood = "GET / HTTP/1.1\r\nHost: a\r\n" + String(repeating: line, count: count) + "\r\n"
            // The server may close while we still send.
            try? client.send(flood)
            let status = try? client.answer().status
            #expect(status == nil || status == 431)
            #expect(try fixture.isUsable())
        }
    }

    @Test("targets of every length get an answer: 200, 414, or 431 where nothing is left for it")
    func targetLengths() async throws {
        try await ServerFixture.run { fixture in
            for length in [8_192, 16_383, 16_384, 24_000, 30_000, 32_000, 40_000, 48_000, 60_000, 64_000, 70_000] {
                let client = try fixture.client()
                let answer = try client.ask(
                    "GET /\(String(repeating: "a", count: length - 1)) HTTP/1.1\r\nHost: a\r\n\r\n")
                let expected = length <= 16_384 ? [200] : [414, 431]
                #expect(expected.contains(answer.status), "a target of \(length) bytes gave \(answer.status)")
            }
        }
    }
}
