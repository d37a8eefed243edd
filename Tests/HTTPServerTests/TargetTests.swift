import Testing

@Suite("request targets over a socket")
struct TargetTests {
    static let refused = [
        "//", "//a", "/a//b", "/./a", "/a/.", "/../a", "/a/..", "/a/../b", "/a#b", "/?a#b", "/%00", "/a%00b", "/%2F",
        "/a%2fb", "/%", "/%4", "/%zz", "*", "a", "http://a/b", "https://a/", "a:80", "?a=b", "/a\u{7F}", "/\u{E9}",
        "/a\tb", "/a?b=\u{1}", "/?a=%", "/?a=%4", "/?a=%00", "/?a=%ff", "/?a=%c3%28", "/?=a", "/?%=a",
    ]

    @Test("a target that could be read in two ways gives 400 and the connection goes on", arguments: refused)
    func refuses(_ target: String) async throws {
        try await ServerFixture.run { fixture in
            let client = try fixture.client()
            #expect(try client.ask("GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n").status == 400)
            #expect(try client.isUsable())
        }
    }

    static let accepted: [(String, String)] = [
        ("/", "GET /"),
        ("/mcp/", "GET /mcp/"),
        ("/a%20b", "GET /a%20b"),
        ("/%2e%2e/a", "GET /%2e%2e/a"),
        ("/a;b=c", "GET /a;b=c"),
        ("/a?", "GET /a\n?"),
        ("/a?b=c+d%20e&f", "GET /a\n?b=c+d%20e&f\nb=c d e\nf="),
        (
            "/a?u=https%3A%2F%2Fb%2F..%2F&x=//../",
            "GET /a\n?u=https%3A%2F%2Fb%2F..%2F&x=//../\nu=https://b/../\nx=//../"
        ),
        ("/a?b=1&b=2", "GET /a\n?b=1&b=2\nb=1\nb=2"),
        ("/a?n=%C3%A9&&", "GET /a\n?n=%C3%A9&&\nn=é"),
    ]

    @Test("a plain target arrives raw, its query decoded", arguments: accepted)
    func accepts(_ target: String, _ expected: String) async throws {
        try await ServerFixture.run { fixture in
            let answer = try fixture.ask("GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(answer.status == 200)
            #expect(answer.body == expected)
        }
    }

    @Test("a raw high byte in a target gives 400")
    func highByte() async throws {
        try await ServerFixture.run { fixture in
            let client = try fixture.client()
            try client.send(Array("GET /".utf8) + [0xFF, 0xFE] + Array(" HTTP/1.1\r\nHost: a\r\n\r\n".utf8))
            #expect(try client.answer().status == 400)
            #expect(try client.isUsable())
        }
    }

    @Test("a hundred arguments pass, one more gives 400, thousands never reach a handler")
    func arguments() async throws {
        try await ServerFixture.run { fixture in
            let client = try fixture.client()
            let hundred = Array(repeating: "a=b", count: 100).joined(separator: "&")
            #expect(try client.ask("GET /?\(hundred) HTTP/1.1\r\nHost: a\r\n\r\n").status == 200)
            #expect(try client.ask("GET /?\(hundred)&a HTTP/1.1\r\nHost: a\r\n\r\n").status == 400)
            #expect(try client.isUsable())
            let thousands = Array(repeating: "a", count: 8_000).joined(separator: "&")
            try client.send("GET /?\(thousands) HTTP/1.1\r\nHost: a\r\n\r\n")
            let status = try? client.answer().status
            #expect(status != 200)
            #expect(try fixture.isUsable())
        }
    }

    static let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

    @Test("the methods of the list reach the handler", arguments: methods)
    func knownMethod(_ method: String) async throws {
        try await ServerFixture.run { fixture in
            let client = try fixture.client()
            let answer = try client.ask("\(method) /a HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
            #expect(answer.status == 200)
            #expect(try client.isUsable())
        }
    }

    static let unknownMethods = ["TRACE", "CONNECT", "get", "Get", "GETX", "PROPFIND", "G@T", "M-SEARCH"]

    @Test("other methods give 405 with the list, and the connection goes on", arguments: unknownMethods)
    func unknownMethod(_ method: String) async throws {
        try await ServerFixture.run { fixture in
            let client = try fixture.client()
            let answer = try client.ask("\(method) /a HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(answer.status == 405)
            #expect(answer.header("Allow") == "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")
            #expect(try client.isUsable())
        }
    }
}
