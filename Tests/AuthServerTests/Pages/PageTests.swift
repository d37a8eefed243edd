import HTTPServer
import OAuthProtocol
import TestSupport
import Testing

@testable import AuthServer

@Suite("the pages")
struct PageTests {
    private static func text(_ page: some Page) throws -> String {
        String(decoding: try SamplePages.pages().response(page).body, as: UTF8.self)
    }

    @Test("each page has the bytes that are kept", arguments: SamplePages.all.map(\.name))
    func golden(_ name: String) throws {
        let sample = try #require(SamplePages.all.first { $0.name == name })
        try Golden("Tests/AuthServerTests/Goldens/\(name).html").expect(try Self.text(sample.page))
    }

    @Test("B39: each page forbids scripts, frames, caches, referrers and everything from elsewhere")
    func headers() throws {
        let pages = try SamplePages.pages()
        for sample in SamplePages.all {
            let response = pages.response(sample.page)
            let policy = try #require(response.headers["Content-Security-Policy"])
            let directives = policy.split(separator: ";").map { $0.drop { $0 == " " } }
            #expect(directives.contains("default-src 'none'"))
            #expect(directives.contains("frame-ancestors 'none'"))
            #expect(directives.contains("base-uri 'none'"))
            #expect(directives.contains("form-action 'self'"))
            #expect(directives.contains { $0.hasPrefix("style-src 'sha256-") && $0.utf8.count == 63 })
            #expect(directives.count == 5 && !policy.contains("unsafe"))
            #expect(response.headers["X-Frame-Options"] == "DENY")
            #expect(response.headers["Referrer-Policy"] == "no-referrer")
            #expect(response.headers["X-Content-Type-Options"] == "nosniff")
            #expect(response.headers["Cache-Control"] == "no-store")
            #expect(response.headers["Content-Type"] == "text/html; charset=utf-8")
            let body = String(decoding: response.body, as: UTF8.self)
            for word in ["<script", "src=", "@import", "url(", "http-equiv=\"Content-Security-Policy\"", " style="] {
                #expect(!body.contains(word), "\(sample.name) has \(word)")
            }
        }
    }

    static let hostile = [
        "<script>alert(1)</script>", "\"onload=alert(1) x=\"", "' onclick='x", "${7*7}", "{{7*7}}", "{{ action }}",
        "</title><svg onload=alert(1)>", "&lt;b&gt;", "]]>", "\u{202E}moc.live", "a\u{0}b", "\u{2066}x\u{2069}",
        "x\r\nSet-Cookie: a=b", "\u{FEFF}\u{200B}", String(repeating: "A", count: 10_240),
        String(repeating: "\u{202E}é<", count: 4_000),
    ]

    @Test("B43: nothing that somebody chose becomes markup, direction or an evaluation", arguments: hostile)
    func hostileValues(_ value: String) throws {
        let question = ConsentQuestion(
            redirectHost: value, clientName: value, clientHost: value, clientID: value, resource: value,
            scopes: [value], staysConnected: true, warnings: [.loopback, .privateUseScheme, .otherHost])
        let plain = ConsentQuestion(
            redirectHost: "h", clientName: "n", clientHost: "h", clientID: "i", resource: "r", scopes: ["s"],
            staysConnected: true, warnings: [.loopback, .privateUseScheme, .otherHost])
        func both(_ page: (ConsentQuestion, String) -> any Page) throws {
            let made = try SamplePages.pages().response(page(question, value))
            let usual = try SamplePages.pages().response(page(plain, "u"))
            #expect(made.status == usual.status && made.status != 500)
            let text = String(decoding: made.body, as: UTF8.self)
            // The same tags in the same order: no value added one, ended one, or got out of its attribute.
            #expect(
                Self.tags(text) == Self.tags(String(decoding: usual.body, as: UTF8.self)))
            #expect(!text.unicodeScalars.contains { (0x202A...0x202E).contains($0.value) || $0.value == 0 })
            #expect(!text.contains(">49<") && made.headers.fields.count == usual.headers.fields.count)
        }
        try both { ConsentPage(action: "/c", hidden: SamplePages.hidden, question: $0, subject: $1) }
        try both { SignInPage($0, action: "/l", hidden: SamplePages.hidden, username: $1, notice: .refused) }
        try both { question, _ in
            ContinuePage(location: "https://a.example/cb", redirectHost: question.redirectHost)
        }
    }

    /// Each tag with its attributes' names, without the attributes' values.
    private static func tags(_ text: String) -> [String] {
        var tags: [String] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "<") {
            var tag = ""
            var quoted = false
            var index = rest.index(after: open)
            while index < rest.endIndex, quoted || rest[index] != ">" {
                if rest[index] == "\"" { quoted.toggle() } else if !quoted { tag.append(rest[index]) }
                index = rest.index(after: index)
            }
            tags.append(tag)
            rest = rest[index...]
        }
        return tags
    }

    @Test("a value that a form could not give back is no page, and neither is a way back that runs something")
    func unfitValues() throws {
        let pages = try SamplePages.pages()
        let odd = [HiddenField("csrf", "a\u{0}b")]
        #expect(pages.response(SignInPage(SamplePages.question(), action: "/l", hidden: odd)).status == 500)
        for location in [
            "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//evil.example", "/\\evil", "x", "",
            "https://a.example/ b", "vbscript:x", "\u{1}javascript:x", "https://a.example/\"",
        ] {
            #expect(pages.response(ContinuePage(location: location, redirectHost: "h")).status == 500, "\(location)")
        }
        for location in ["cursor://anysphere/cb?code=1", "http://127.0.0.1:1/cb", "com.example.app:/cb", "/mcp/x"] {
            #expect(pages.response(ContinuePage(location: location, redirectHost: "h")).status == 200, "\(location)")
        }
    }

    @Test("C06, C08: the consent page shows host, name, scopes and resource, and the host stands out")
    func consent() throws {
        let text = try Self.text(
            ConsentPage(
                action: "/mcp/consent", hidden: SamplePages.hidden,
                question: SamplePages.question(host: "evil.test", name: "ChatGPT"), subject: "alice"))
        #expect(text.contains("<p class=\"host\"><bdi>evil.test</bdi></p>"))
        #expect(text.contains("<bdi>ChatGPT</bdi>") && text.contains("<code>mcp.tools</code>"))
        #expect(text.contains("https://mcp.example.com/mcp") && text.contains("<bdi>alice</bdi>"))
        #expect(text.contains("name=\"transaction\" value=\"tx_0123456789\""))
        #expect(text.components(value: "name=\"decision\"") == 3)
    }

    @Test("C07: a client on this computer alone is warned about, another is not")
    func loopback() throws {
        func page(_ warnings: [ConsentQuestion.Warning]) throws -> String {
            try Self.text(
                ConsentPage(
                    action: "/c", hidden: [], question: SamplePages.question(warnings: warnings), subject: "alice"))
        }
        #expect(try page([.loopback]).contains("<p class=\"warning\""))
        #expect(try !page([]).contains("<p class=\"warning\""))
    }

    @Test("fields are labelled, errors are described, and headings go down one by one")
    func access() throws {
        let text = try Self.text(
            SignInPage(SamplePages.question(), action: "/l", hidden: [], username: "al", notice: .refused))
        for part in [
            "<html lang=\"en\">", "name=\"viewport\"", "<label for=\"username\">", "<label for=\"password\">",
            "autocomplete=\"username\"", "autocomplete=\"current-password\"", "aria-describedby=\"notice\"",
            "aria-invalid=\"true\"", "<main>", "role=\"alert\"",
        ] { #expect(text.contains(part), "\(part)") }
        for sample in SamplePages.all {
            let levels = Self.tags(try Self.text(sample.page)).compactMap { tag in
                tag.hasPrefix("h") && tag.utf8.count == 2 ? Int(tag.dropFirst()) : nil
            }
            #expect(levels.first == 1 && levels.filter { $0 == 1 }.count == 1)
            #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 })
        }
    }

    @Test("a notice has its status, and says when to come back")
    func notices() throws {
        let pages = try SamplePages.pages()
        func response(_ notice: SignInPage.Notice?) -> HTTPResponse {
            pages.response(SignInPage(SamplePages.question(), action: "/l", hidden: [], notice: notice))
        }
        #expect(response(nil).status == 200)
        #expect(response(.refused).status == 403)
        #expect(response(.throttled(retryAfter: 7)).status == 429)
        #expect(response(.throttled(retryAfter: 7)).headers["Retry-After"] == "7")
        #expect(response(.busy).status == 503)
        #expect(pages.response(MessagePage(.unavailable(.store, retryAfter: 5))).headers["Retry-After"] == "5")
    }

    @Test("a page is rendered often enough for the fastest flow", .timeLimit(.minutes(1)))
    func speed() throws {
        let pages = try SamplePages.pages()
        let page = ConsentPage(
            action: "/mcp/consent", hidden: SamplePages.hidden, question: SamplePages.question(), subject: "alice")
        let start = ContinuousClock.now
        for _ in 0..<500 { _ = pages.response(page) }
        // A debug build is many times slower than what is run; this is for a page that went quadratic.
        #expect(ContinuousClock.now - start < .seconds(5))
    }
}

extension String {
    fileprivate func components(value: String) -> Int { ranges(of: value).count }
}
