import TestSupport
import Testing

@Suite("the test bench itself")
struct EchoTests {
    @Test("a request through nginx arrives at the echo byte for byte", .enabled(if: Tool.nginx.isAvailable))
    func echo() throws {
        let upstream = try EchoUpstream(name: "echo")
        let nginx = try ScratchNginx(
            http: "",
            servers: "server { listen 127.0.0.1:{PORT}; location / { proxy_pass http://127.0.0.1:\(upstream.port); } }")
        #expect(try nginx.test() == (0, ""))
        try nginx.start()
        let answer = try RawHTTP.request("POST", "/a//b/../c%2Fd?q=1", host: "x", port: nginx.port, body: "hello")
        #expect(answer.status == 200)
        #expect(answer.header("X-Echo") == "echo")
        let arrived = upstream.takeRequests()
        #expect(arrived.count == 1)
        #expect(arrived.first?.startLine == "POST /a//b/../c%2Fd?q=1 HTTP/1.0")
        #expect(arrived.first?.text == "hello")
    }
}
