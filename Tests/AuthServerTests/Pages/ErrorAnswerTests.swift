import HTTPServer
import OAuthProtocol
import Testing

@testable import AuthServer

@Suite("errors as pages or as JSON")
struct ErrorAnswerTests {
    static let accepts: [(String?, Bool)] = [
        (nil, false), ("*/*", false), ("application/json", false), ("text/html", true), ("TEXT/HTML", true),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", true),
        ("application/json, text/event-stream", false), ("application/json, text/html;q=0.9", false),
        ("text/html;q=0", false), ("text/html;q=0.000, */*", false), ("text/html;level=1;q=0.5", true),
        ("text/html;q=0.2, application/json;q=0.1", true), ("text/html;q=abc", false), ("", false), (",;,", false),
        ("text/htmlx", false), ("text/html;q=1.5", true), ("text/html;q=-1", false),
    ]

    @Test("S07: a browser gets a page, a program JSON", arguments: accepts)
    func accept(_ accept: String?, _ isPage: Bool) throws {
        let request = HTTPRequest(.get, "/mcp/authorize", headers: accept.map { ["Accept": $0] } ?? [:])
        #expect(ErrorAnswer.prefersHTML(request) == isPage)
        let answer = ErrorAnswer.response(.unknownClient(id: "<b>"), to: request, try SamplePages.pages())
        #expect(answer.headers["Content-Type"] == (isPage ? "text/html; charset=utf-8" : "application/json"))
        #expect(answer.status == 400)
        #expect(answer.headers["Vary"] == "Accept")
        #expect(answer.headers["Location"] == nil)
        #expect(!String(decoding: answer.body, as: UTF8.self).contains("<b>"))
    }
}
