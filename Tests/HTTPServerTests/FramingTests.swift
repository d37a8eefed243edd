import Foundation
import HTTPServer
import Testing

@Suite("bodies and messages over a socket")
struct FramingTests {
    static func options(_ change: (inout HTTPServerOptions) -> Void) -> HTTPServerOptions {
        var options = HTTPServerOptions()
        change(&options)
        return options
    }

    @Test("a body up to the limit arrives whole")
    func body() async throws {
        try await ServerFixture.run { fixture in
            let client = try fixture.client()
            let body = String(repeating: "b", count: 65_536)
            let answer = try client.ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 65536\r\n\r\n\(body)")
            #expect(answer.body.hasSuffix("body \(body)"))
            #expect(try client.isUsable())
        }
    }

    @Test("a body that comes in drops arrives whole", arguments: [1, 7, 1_000])
    func pieces(_ size: Int) async throws {
        try await ServerFixture.run { fixture in
            let client = try fixture.client()
            try client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3000\r\n\r\n")
            for _ in 0..<(3_000 / size) { try client.send(String(repeating: "c", count: size)) }
            try client.send(String(repeating: "c", count: 3_000 % size))
            #expect(try client.answer().body.hasSuffix("body \(String(repeating: "c", count: 3_000))"))
            #expect(try client.isUsable())
        }
    }

    @Test("a body over the limit gives 413 before it is sent, and a clean close", arguments: ["65537", "1073741824"])
    func tooLarge(_ length: String) async throws {
        try await ServerFixture.run { fixture in
            let client = try fixture.client()
            let answer = try client.ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(length)\r\n\r\n")
            #expect(answer.status == 413)
            #expect(answer.header("Connection") == "close")
            #expect(try client.isClosed())
        }
    }

    static let unreadable = [
        "99999999999999999999999999", "18446744073709551616", "", "x", "4x", "+4", "-4", "0x4", "4 4", "4, 4", "4;",
    ]

    @Test("Q32 a length that is no number is answered once and closes", arguments: unreadable, ["", "X: a\r\n"])
    func endless(_ length: String, _ more: String) async throws {
        try await ServerFixture.run { fixture in
            let client = try fixture.client()
            // Others are in the middle of their own heads and bodies meanwhile.
            let other = try fixture.client()
            try other.send("POST /alive HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n")
            try client.send(
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(length)\r\n\(more)\r\nGET /second HTTP/1.1\r\nHost: a\r\n\r\n"
            )
            let all = try client.rest()
            #expect(all.hasPrefix("HTTP/1.1 400 ") || all.hasPrefix("HTTP/1.1 413 "), "\(all)")
            #expect(all.components(separatedBy: "HTTP/1.1 ").count == 2, "\(all)")
            #expect(all.contains("Connection: close") && all.hasSuffix(#"{"error":"invalid_request"}"#), "\(all)")
            #expect(try other.ask("\r\nab").body.hasPrefix("POST /alive"))
        }
    }

    @Test(
        "Q32 more cookies than the library has room for are answered once with 431 and close",
        arguments: [1_500, 4_000])
    func cookies(_ count: Int) async throws {
        try await ServerFixture.run { fixture in
            let client = try fixture.client()
            let cookies = String(repeating: "a=b;", count: count)
            try client.send(
                "GET / HTTP/1.1\r\nHost: a\r\nCookie: \(cookies)\r\n\r\nGET /second HTTP/1.1\r\nHost: a\r\n\r\n")
            let all = try client.rest()
            #expect(all.hasPrefix("HTTP/1.1 431 ") && all.components(separatedBy: "HTTP/1.1 ").count == 2, "\(all)")
            #expect(all.hasSuffix(#"{"error":"invalid_request"}"#), "\(all)")
            #expect(try fixture.isUsable())
        }
    }

    @Test("a body of unknown length gives 411 and a clean close", arguments: ["chunked", "gzip, chunked", "identity"])
    func chunked(_ coding: String) async throws {
        try await ServerFixture.run { fixture in
            let client = try fixture.client()
            let answer = try client.ask("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \(coding)\r\n\r\n")
            #expect(answer.status == 411)
            #expect(answer.header("Connection") == "close")
            #expect(try client.isClosed())
        }
    }

    static let smuggling = [
        "Content-Length: 4\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked\r\nContent-Length: 4",
        "Content-Length: 4\r\nContent-Length: 5", "Content-Length: 4\r\nContent-Length: 4", "Content-Length: +4",
        "Content-Length: -4", "Content-Length: 0x4",
        "Content-Length: 4, 4", "Content-Length: 4 4", "Content-Length:", "Transfer-Encoding : chunked",
        "Transfer-Encoding: xchunked", "Content-Length : 4",
    ]

    @Test("two opinions about the length give one refusal and never a second request", arguments: smuggling)
    func smuggles(_ lines: String) async throws {
        try await ServerFixture.run { fixture in
            let client = try fixture.client()
            try client.send(
                "POST /first HTTP/1.1\r\nHost: a\r\n\(lines)\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n")
            let answer = try client.answer()
            #expect([400, 411, 413].contains(answer.status))
            let second = try? client.answer()
            #expect(
                second.map { !$0.body.contains("/smuggled") } ?? true,
                "\(lines) gave \(answer) and \(String(describing: second))")
        }
    }

    @Test("pipelined requests are answered in order, also across slow handlers")
    func pipelining() async throws {
        let handler: HTTPServer.Handler = { request in
            if request.path == "/slow" { try await Task.sleep(for: .milliseconds(30)) }
            return HTTPResponse(200, text: request.path)
        }
        try await ServerFixture.run(handler: handler) { fixture in
            let client = try fixture.client()
            let paths = ["/slow", "/a", "/slow", "/b", "/c"]
            try client.send(paths.map { "GET \($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
            for path in paths { #expect(try client.answer().body == path) }
        }
    }

    @Test("a refused request with a body does not disturb the next one")
    func refusedBody() async throws {
        try await ServerFixture.run { fixture in
            let client = try fixture.client()
            let answer = try client.ask("POST //a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello")
            #expect(answer.status == 400)
            #expect(try client.isUsable())
        }
    }

    @Test("HEAD has the headers of GET and no body")
    func head() async throws {
        let handler: HTTPServer.Handler = { _ in HTTPResponse(200, headers: ["ETag": "\"x\""], text: "body") }
        try await ServerFixture.run(handler: handler) { fixture in
            let client = try fixture.client()
            let head = try client.ask("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n")
            let get = try client.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(head.body.isEmpty && get.body == "body")
            #expect(head.header("Content-Length") == "4")
            #expect(head.header("ETag") == get.header("ETag"))
            #expect(head.header("Date") != nil)
            #expect(head.header("Server") == nil)
        }
    }

    @Test("204 and 304 keep the connection in step", arguments: [204, 304])
    func bodiless(_ status: Int) async throws {
        let handler: HTTPServer.Handler = { request in
            request.path == "/none"
                ? HTTPResponse(status, headers: ["X-A": "b"]) : HTTPResponse(200, text: "GET /alive")
        }
        try await ServerFixture.run(handler: handler) { fixture in
            let client = try fixture.client()
            let answer = try client.ask("GET /none HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(answer.status == status)
            #expect(status != 204 || answer.header("Content-Length") == nil)
            #expect(try client.isUsable())
        }
    }

    @Test("Connection: close and HTTP/1.0 are closed after the answer")
    func close() async throws {
        try await ServerFixture.run { fixture in
            let client = try fixture.client()
            #expect(try client.ask("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").status == 200)
            #expect(try client.isClosed())
            let old = try fixture.client()
            #expect(try old.ask("GET / HTTP/1.0\r\nHost: a\r\n\r\n").status == 200)
            #expect(try old.isClosed())
        }
    }

    @Test("S06 an upgrade to HTTP/2 in clear is not taken")
    func upgrade() async throws {
        try await ServerFixture.run { fixture in
            let client = try fixture.client()
            let answer = try client.ask(
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                    + "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n")
            #expect(answer.status == 200)
            #expect(answer.header("Upgrade") == nil)
        }
    }

    @Test("a client that drips its body is closed at the deadline, though every byte comes in time")
    func slowBody() async throws {
        let options = Self.options { $0.receiveDeadline = .milliseconds(300) }
        try await ServerFixture.run(options: options) { fixture in
            let client = try fixture.client()
            try client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 60000\r\n\r\n")
            let start = ContinuousClock.now
            // The loop ends when the server closes, and long before the body would be whole.
            var isOpen = true
            while isOpen, ContinuousClock.now - start < .seconds(8) {
                do { try client.send("x") } catch { isOpen = false }
                usleep(5_000)
            }
            #expect(!isOpen)
            #expect(try fixture.isUsable())
        }
    }

    @Test("a client that drips its request line is closed at the deadline")
    func slowLine() async throws {
        let options = Self.options { $0.receiveDeadline = .milliseconds(300) }
        try await ServerFixture.run(options: options) { fixture in
            let client = try fixture.client()
            let start = ContinuousClock.now
            var isOpen = true
            while isOpen, ContinuousClock.now - start < .seconds(8) {
                do { try client.send("G") } catch { isOpen = false }
                usleep(5_000)
            }
            #expect(!isOpen)
            #expect(try fixture.isUsable())
        }
    }

    @Test("a client that leaves in the middle of its body or before its answer harms nobody")
    func leaving() async throws {
        let handler: HTTPServer.Handler = { request in
            if request.path == "/slow" { try await Task.sleep(for: .milliseconds(50)) }
            return HTTPResponse(200, text: "GET /alive")
        }
        try await ServerFixture.run(handler: handler) { fixture in
            for _ in 0..<20 {
                try fixture.client().send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
                try fixture.client().send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
            }
            #expect(try fixture.isUsable())
        }
    }
}
