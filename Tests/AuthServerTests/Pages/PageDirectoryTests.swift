import HTTPServer
import OAuthProtocol
import TestSupport
import Testing

@testable import AuthServer

@Suite("pages of an operator")
struct PageDirectoryTests {
    private static func builtin(_ name: String) throws -> String {
        String(
            decoding: try SystemFile.read(Repository.path("Templates/pages/\(name)"), limit: 1 << 20).bytes,
            as: UTF8.self)
    }

    private static func load(_ name: String, _ text: String) throws -> Result<Pages, StartFailure> {
        let folder = try TemporaryFolder()
        _ = try folder.write("pages/\(name)", Array(text.utf8))
        do throws(StartFailure) {
            return .success(try PageDirectory.load(folder.path, issuer: "https://mcp.example.com"))
        } catch {
            return .failure(error)
        }
    }

    @Test("a template, the texts and the style sheet can be replaced, each by itself")
    func override() throws {
        let message = try Self.load(
            "message.html.tmpl", "<h1>{{ heading }}!</h1><p>{{ explanation }}</p>\n{{> detail }}\n")
        let body = String(decoding: try message.get().response(MessagePage(.expiredTransaction)).body, as: UTF8.self)
        #expect(body.contains("<h1>This page is out of date!</h1>"))

        let texts = try Self.builtin("texts.tmpl").replacing("This page is out of date", with: "Zu <spät> & vorbei")
        let translated = try Self.load("texts.tmpl", texts).get().response(MessagePage(.expiredTransaction))
        #expect(String(decoding: translated.body, as: UTF8.self).contains("<h1>Zu &lt;spät&gt; &amp; vorbei</h1>"))

        let plain = try SamplePages.pages().response(MessagePage(.expiredTransaction))
        let styled = try Self.load("style.css.tmpl", "body { color: red; }\n").get()
            .response(MessagePage(.expiredTransaction))
        #expect(String(decoding: styled.body, as: UTF8.self).contains("<style>\nbody { color: red; }\n</style>"))
        #expect(styled.headers["Content-Security-Policy"] != plain.headers["Content-Security-Policy"])
    }

    static let broken: [(String, String, String, String)] = [
        ("message.html.tmpl", "<h1>{{ heading }}</h1>\n{{ explanatoin }}\n{{> detail }}\n", "CG901", ":2: "),
        ("message.html.tmpl", "<h1>{{ heading }}</h1>\n{{> detail }}\n", "CG902", "`{{ explanation }}` is nowhere"),
        ("message.html.tmpl", "<p>{{ heading }}{{ explanation }}\n{{> detail }} x\n", "CG903", ":2: "),
        ("message.html.tmpl", "<p title={{ heading }}>{{ explanation }}</p>\n{{> detail }}\n", "CG910", ":1: "),
        ("message.html.tmpl", "\n<p {{ heading }}>{{ explanation }}</p>\n{{> detail }}\n", "CG910", ":2: "),
        ("message.html.tmpl", "<!-- {{ heading }} -->{{ explanation }}\n{{> detail }}\n", "CG910", "comment"),
        (
            "message.html.tmpl", "{{ heading }}<a href=\"{{ explanation }}\">x</a>\n{{> detail }}\n", "CG910",
            "no address"
        ),
        (
            "message.html.tmpl", "{{ heading }}{{ explanation }}\n<script>x</script>\n{{> detail }}\n", "CG910",
            ":2: `<script>`"
        ),
        ("message.html.tmpl", "{{ heading }}{{ explanation }}\n{{> detail }}\n<IMG SRC=x>\n", "CG910", ":3: `<img>`"),
        ("message.html.tmpl", "{{ heading }}{{ explanation }}<p OnClick = 'x'>\n{{> detail }}\n", "CG910", "`onclick`"),
        ("message.html.tmpl", "{{ heading }}{{ explanation }}<p style=\"x\">\n{{> detail }}\n", "CG910", "`style`"),
        ("message.html.tmpl", "{{ heading }}{{ explanation }}<p class=\"x\n{{> detail }}\n", "CG910", "not closed"),
        ("mesage.html.tmpl", "x\n", "CG907", "did you mean pages/message.html.tmpl?"),
        ("texts.tmpl", "# nothing\n", "CG911", "these texts are missing: sign_in_title"),
        ("texts.tmpl", "\nsign_in_titel: x\n", "CG911", ":2: there is no text named `sign_in_titel`"),
        ("texts.tmpl", "sign_in_title x\n", "CG911", ":1: the line is no"),
        (
            "texts.tmpl", "sign_in_title: a\nsign_in_title: b\n", "CG911",
            ":2: the text `sign_in_title` stands on line 1"
        ),
        ("texts.tmpl", "sign_in_throttled: wait\n", "CG902", ":1: `{{ seconds }}` is nowhere"),
        ("texts.tmpl", "sign_in_title: {{ seconds }}\n", "CG901", ":1: "),
        ("style.css.tmpl", "p { background: url(https://cdn.example/x.png); }\n", "CG910", "load nothing"),
        ("style.css.tmpl", "@import 'x';\n", "CG910", "load nothing"),
        ("style.css.tmpl", "p { content: '</style>'; }\n", "CG910", "ends or hides"),
    ]

    @Test("what is wrong with a file is said with the file and the line, before the start", arguments: broken)
    func brokenFile(_ name: String, _ text: String, _ code: String, _ mention: String) throws {
        let failure = try #require(throws: StartFailure.self) { try Self.load(name, text).get() }
        #expect(failure.status == .invalid)
        #expect(failure.text.contains(code) && failure.text.contains(mention), "\(failure.text)")
        #expect(failure.text.contains("pages/"))
    }

    @Test("a folder that is not there is named")
    func absent() throws {
        let failure = try #require(throws: StartFailure.self) {
            try PageDirectory.load("/nonexistent", issuer: "https://a.example")
        }
        #expect(failure.status == .environment && failure.text.contains("/nonexistent/pages"))
    }
}
