import ConnectorSpec
import Diagnostics
import OAuthModel
import TestSupport
import Testing
import WebSyntax

@Suite struct NameValueTests {
    @Test(
        "client ids that are used pass",
        arguments: [
            "cid_example", "app_X8zY6vW2pQ9tR3dE7nK1jL5gH", "https://chatgpt.com/oauth/client.json", "a",
            "!$%&'()*+,-.;",
            String(repeating: "x", count: 128),
        ])
    func clientIDs(text: String) { #expect(refusal(ClientID.self, text) == nil) }

    @Test(
        "client ids that break some reader are refused",
        arguments: [
            Refusal("a b", "holds a space"), Refusal("a\"b", "holds `\"`"), Refusal("a\\b", "holds `\\`"),
            Refusal("a:b", "holds `:`"), Refusal("a@b", "holds `@`"), Refusal("a/b", "holds `/`"),
            Refusal("a?b", "holds `?`"), Refusal("a#b", "holds `#`"), Refusal("2f9c\u{2026}", "holds U+2026"),
            Refusal("a\nb", "holds a line break"), Refusal("null", "is the word `null`"),
            Refusal("undefined", "is the word `undefined`"), Refusal("", "is empty"),
            Refusal("change-me", "is a placeholder that was never filled in"),
            Refusal("{{client_id}}", "is a placeholder that was never filled in"),
            Refusal("https://client.example.com", "has no path"),
            Refusal("https://client.example.com/", "has a trailing slash", nil),
            Refusal("http://localhost/c.json", "is a metadata document without https"),
            Refusal(String(repeating: "x", count: 129), "is longer than 128 characters"),
        ])
    func wrongClientIDs(refusal: Refusal) {
        guard let refused = ConnectorSpecTests.refusal(ClientID.self, refusal.text) else {
            Issue.record("\(refusal.text) passed")
            return
        }
        #expect(refused.problem == refusal.problem)
    }

    @Test(
        "host patterns name hosts, or the hosts below a domain",
        arguments: ["chatgpt.com", "*.example.org", "anysphere.cursor-mcp", "127.0.0.1", "localhost", "[::1]"])
    func hostPatterns(text: String) { #expect(refusal(HostPattern.self, text) == nil) }

    @Test(
        "host patterns that would admit anybody, or nobody, are refused",
        arguments: [
            Refusal("*", "would let every host on the internet register"),
            Refusal("*.com", "would let a whole top-level domain register"),
            Refusal("chatgpt.*", "has a wildcard in another place than its first label"),
            Refusal("https://chatgpt.com", "has a scheme", "chatgpt.com"),
            Refusal("https://*.example.org", "has a wildcard in another place than its first label"),
            Refusal("chatgpt.com:443", "has a port", "chatgpt.com"),
            Refusal("ChatGPT.com", "has upper-case letters", "chatgpt.com"),
            Refusal("chatgpt.com/", "has a path", "chatgpt.com"), Refusal("com", "is a single label"),
            Refusal(".example.org", "has an empty label"), Refusal("chatgpt.com.", "ends in a dot", "chatgpt.com"),
            Refusal("*.10.0.0", "is an IP address"),
        ])
    func wrongHostPatterns(refusal: Refusal) { refusal.check(HostPattern.self) }

    @Test("a wildcard covers what is below its domain and nothing beside it")
    func coverage() throws {
        let pattern = try HostPattern(parsing: "*.example.org")
        #expect(pattern.covers("a.example.org"))
        #expect(pattern.covers("a.b.example.org"))
        #expect(!pattern.covers("example.org"))
        #expect(!pattern.covers(".example.org"))
        #expect(!pattern.covers("aexample.org"))
        #expect(try HostPattern(parsing: "example.org").covers("example.org"))
    }

    @Test(
        "names that change how a process runs are no variables",
        arguments: ["PATH", "LD_PRELOAD", "NODE_OPTIONS", "BASH_ENV", "ENV", "IFS", "PYTHONPATH", "HOME", "TZ"])
    func reservedNames(name: String) {
        #expect(refusal(EnvironmentName.self, name)?.code == .reservedEnvironmentName)
    }

    @Test(
        "variable names are portable names",
        arguments: [
            Refusal("MCP-URL", "holds `-`", "MCP_URL"), Refusal("1ST", "begins with a digit"),
            Refusal("A=B", "holds `=`"), Refusal("A B", "holds a space"), Refusal("\u{C4}", "holds U+00C4"),
        ])
    func environmentNames(refusal: Refusal) { refusal.check(EnvironmentName.self) }

    @Test(
        "paths are plain",
        arguments: [
            Refusal("mcp2", "does not begin with a slash", "/mcp2"), Refusal("/mcp2/", "has a trailing slash", "/mcp2"),
            Refusal("//mcp2", "has an empty segment"), Refusal("/a/../b", "has a dot segment"),
            Refusal("/a%2eb", "holds `%`"), Refusal("/a;b", "holds `;`"), Refusal("/$a", "holds `$`"),
            Refusal("/a{1}", "holds `{`"), Refusal("/a b", "holds a space"), Refusal("/a\nb", "holds a line break"),
            Refusal("https://h.example/mcp2", "is a URL", "/mcp2"), Refusal("/a?b", "holds `?`"),
        ])
    func paths(refusal: Refusal) { refusal.check(RoutePath.self) }

    @Test(
        "dates are days of the calendar",
        arguments: [
            Refusal("2027-02-29", "is no day of the calendar"), Refusal("2027-13-01", "is no day of the calendar"),
            Refusal("31.03.2027", "is not written as YYYY-MM-DD", "2027-03-31"),
            Refusal("2027/3/1", "is not written as YYYY-MM-DD", "2027-03-01"),
            Refusal("2027-03", "is not written as YYYY-MM-DD"), Refusal("soon", "is not written as YYYY-MM-DD"),
            Refusal("2027-03-31T00:00:00Z", "is not written as YYYY-MM-DD", "2027-03-31"),
        ])
    func dates(refusal: Refusal) { refusal.check(CalendarDate.self) }

    @Test("leap days exist in leap years, and dates are ordered")
    func calendar() throws {
        #expect(refusal(CalendarDate.self, "2028-02-29") == nil)
        #expect(refusal(CalendarDate.self, "2100-02-29") != nil)
        #expect(try CalendarDate(parsing: "2027-03-31") < CalendarDate(parsing: "2027-04-01"))
    }

    @Test(
        "time spans have a unit",
        arguments: [
            Refusal("90", "has no unit", "90s"), Refusal("1hour", "has the unknown unit `hour`", "1h"),
            Refusal("0s", "is no time at all"), Refusal("-1s", "is no time span"),
            Refusal("4000d", "is longer than ten years"),
            Refusal("999999999d", "is longer than ten years"), Refusal("9999999999s", "is no time span"),
        ])
    func timeSpans(refusal: Refusal) { refusal.check(TimeSpan.self) }

    @Test("quantities are read as numbers")
    func quantities() throws {
        #expect(try TimeSpan(parsing: "15m").seconds == 900)
        #expect(try ByteSize(parsing: "4m").bytes == 4 << 20)
        #expect(try ByteSize(parsing: "512").bytes == 512)
        #expect(refusal(ByteSize.self, "10MB")?.suggestion == "10m")
        let rate = try RateLimit(parsing: "60/m burst 20")
        #expect(rate.requests == 60 && rate.unit == .minute && rate.burst == 20)
        #expect(try RateLimit(parsing: "10/s").burst == 10)
        for text in ["10", "10/h", "10/s burst", "10/s burst x", "0/s", "10 /s"] {
            #expect(refusal(RateLimit.self, text) != nil, "\(text)")
        }
        #expect(try SoftwareVersion(parsing: "26.10") > SoftwareVersion(parsing: "26.4.2"))
        #expect(refusal(SoftwareVersion.self, "v1.22")?.suggestion == "1.22")
        #expect(refusal(SoftwareVersion.self, "1.22.1.4") != nil)
    }

    @Test(
        "names, file names and scopes say what is wrong",
        arguments: ["Dexter", "dexter_mcp", "1dexter", "", "dexter.cash", String(repeating: "a", count: 64)])
    func names(text: String) {
        #expect(refusal(Name.self, text) != nil)
        #expect(refusal(OutputFileName.self, "../" + text) != nil)
        #expect(refusal(OutputFileName.self, "." + text) != nil)
        #expect(refusal(ScopeToken.self, text + " b") != nil)
    }

    @Test(
        "folders of includes are absolute or relative",
        arguments: ["/etc/nginx/connectorgen", "connectorgen", "a/b_c.d~"])
    func includeFolders(text: String) { #expect(refusal(IncludeFolder.self, text) == nil) }

    @Test(
        "a folder of includes is no pattern, and has one spelling",
        arguments: [
            Refusal("/etc/nginx/*", "holds `*`"), Refusal("/etc/nginx/[a]", "holds `[`"),
            Refusal("/etc/my nginx", "holds a space"),
            Refusal("/etc/nginx/", "has a trailing slash", "/etc/nginx"), Refusal("/", "has an empty segment"),
            Refusal("/etc//nginx", "has an empty segment"), Refusal("../nginx", "has a dot segment"),
            Refusal("", "is empty"),
        ])
    func patterns(refusal: Refusal) { refusal.check(IncludeFolder.self) }

    @Test("no text makes a value type trap, and what passes keeps its bytes", arguments: [1, 2, 3] as [UInt64])
    func hostileTexts(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "https://", "http://", "unix:", "/", ":", "[::1]", "*", ".", "..", "a", "0", "9", "@", "%", "#", "?",
            "\u{0}", "\u{202E}", "\u{FC}", " ", "\n", "-", "{", "$", "443", "localhost", "LD_", "burst", "s",
            "e\u{301}",
        ]
        for _ in 0..<4000 {
            let text = (0..<Int.random(in: 0...7, using: &generator)).map { _ in
                pieces[Int.random(in: 0..<pieces.count, using: &generator)]
            }.joined()
            _ = refusal(PublicURL.self, text); _ = refusal(IssuerURL.self, text); _ = refusal(ClientID.self, text)
            _ = refusal(HostPattern.self, text); _ = refusal(HostName.self, text);
            _ = refusal(CanonicalRedirectURI.self, text)
            _ = refusal(UpstreamURL.self, text); _ = refusal(ListenAddress.self, text)
            _ = refusal(RoutePath.self, text); _ = refusal(WebOrigin.self, text); _ = refusal(CalendarDate.self, text)
            _ = refusal(EnvironmentName.self, text); _ = refusal(Name.self, text); _ = refusal(FilePath.self, text)
            _ = refusal(IncludeFolder.self, text)
            _ = refusal(TimeSpan.self, text); _ = refusal(RateLimit.self, text); _ = refusal(SoftwareVersion.self, text)
            _ = refusal(OutputFileName.self, text); _ = refusal(ScopeToken.self, text); _ = refusal(ByteSize.self, text)
        }
    }

    @Test(
        "an international host is shown its `xn--` form (RFC 3492 §7.1)",
        arguments: [
            ("他们为什么不说中文", "xn--ihqwcrb4cv8a8dqg056pqjye"),
            ("למההםפשוטלאמדבריםעברית", "xn--4dbcagdahymbxekheh6e0a7fei0b"),
            ("почемужеонинеговорятпорусски", "xn--b1abfaaepdrnnbgefbadotcwatmq2g4l"), ("Bücher", "xn--bcher-kva"),
            ("straße", "xn--strae-oqa"),
        ])
    func international(label: String, encoded: String) {
        #expect(refusal(HostName.self, "mcp.\(label).example")?.suggestion == "mcp.\(encoded).example")
        #expect(refusal(PublicURL.self, "https://\(label).example/mcp")?.suggestion == "https://\(encoded).example/mcp")
    }

    @Test(
        "a host that has no such form gets none",
        arguments: ["a_b.example", "b\u{FC}_r.example", "\u{1F600}.example", "a b"])
    func noForm(host: String) {
        #expect(refusal(HostName.self, host)?.suggestion == nil)
    }

    @Test("an IPv6 address is called one, and a unix socket needs no scheme")
    func addresses() {
        #expect(refusal(HostName.self, "[2001:db8::1]")?.problem == "is an IPv6 address")
        #expect(
            refusal(PublicURL.self, "https://[2001:db8::1]/mcp")?.problem == "has a host that is an IPv6 address")
        #expect(refusal(UpstreamURL.self, "http://unix:/run/x.sock")?.suggestion == "unix:/run/x.sock")
    }
}
