import ConnectorSpec
import Diagnostics
import OAuthModel
import Testing
import WebSyntax

/// What a type says of a text: nil when it takes it.
func refusal<Value: TextValue>(_ type: Value.Type, _ text: String) -> InvalidValue? {
    do throws(InvalidValue) {
        let value = try Value(parsing: text)
        #expect(value.text == text, "a value keeps its bytes")
        return nil
    } catch { return error }
}

struct Refusal: Sendable, CustomTestStringConvertible {
    let text: String
    let problem: String
    let suggestion: String?

    init(_ text: String, _ problem: String, _ suggestion: String? = nil) {
        (self.text, self.problem, self.suggestion) = (text, problem, suggestion)
    }

    var testDescription: String { text }

    func check<Value: TextValue>(_ type: Value.Type) {
        guard let refused = refusal(type, text) else {
            Issue.record("\(text) passed as \(type.noun)")
            return
        }
        #expect(refused.problem == problem)
        #expect(refused.suggestion == suggestion)
        if let suggestion { #expect(refusal(type, suggestion) == nil, "a suggestion is right") }
    }
}

@Suite struct URLValueTests {
    @Test(
        "public URLs of every right shape are kept byte for byte",
        arguments: [
            "https://dexter.cash/mcp", "https://dexter.cash", "https://h.example:8443/a/b", "http://127.0.0.1:8080/mcp",
            "http://localhost/mcp", "http://[::1]:9000/mcp", "https://xn--bcher-kva.example/a_b~c.d-e",
        ])
    func publicURLs(text: String) { #expect(refusal(PublicURL.self, text) == nil) }

    @Test(
        "each wrong form of a public URL has a text of its own and the right form beside it",
        arguments: [
            Refusal("https://dexter.cash/mcp/", "has a trailing slash", "https://dexter.cash/mcp"),
            Refusal("https://dexter.cash/", "has a trailing slash", "https://dexter.cash"),
            Refusal("https://Dexter.cash/mcp", "has a host that has upper-case letters", "https://dexter.cash/mcp"),
            Refusal("HTTPS://dexter.cash/mcp", "has an upper-case scheme", "https://dexter.cash/mcp"),
            Refusal("https://dexter.cash:443/mcp", "names the default port of its scheme", "https://dexter.cash/mcp"),
            Refusal("http://localhost:80/mcp", "names the default port of its scheme", "http://localhost/mcp"),
            Refusal("http://dexter.cash/mcp", "uses http on the public host `dexter.cash`", "https://dexter.cash/mcp"),
            Refusal(
                "https://dexter.cash/mcp?x=1", "has a query, which no route and no metadata URL can carry",
                "https://dexter.cash/mcp"),
            Refusal("https://dexter.cash/mcp#top", "has a fragment", "https://dexter.cash/mcp"),
            Refusal("https://me:pw@dexter.cash/mcp", "has userinfo before the host", "https://dexter.cash/mcp"),
            Refusal("https://dexter.cash/a%2fb", "has percent-encoding"),
            Refusal("https://dexter.cash/a/../b", "has a path that has a dot segment"),
            Refusal("https://dexter.cash//mcp", "has a path that has an empty segment"),
            Refusal("https://*.dexter.cash/mcp", "has a wildcard"),
            Refusal("https://dexter.cash/a b", "holds a space"),
            Refusal("https://dexter.cash/a\u{0}b", "holds U+0000"),
            Refusal("https://b\u{FC}cher.example", "holds U+00FC", "https://xn--bcher-kva.example"),
            Refusal("https://dexter.cash\\mcp", "has a backslash"),
            Refusal("https://dexter.cash:0/mcp", "has no port between 1 and 65535"),
            Refusal("https://dexter.cash:65536/mcp", "has no port between 1 and 65535"),
            Refusal("https://dexter.cash:/mcp", "has a colon but no port"),
            Refusal("https:///mcp", "has no host"),
            Refusal("https://10.0.0.1/mcp", "has a host that is an IP address"),
            Refusal("https://dexter.cash./mcp", "has a host that ends in a dot", "https://dexter.cash/mcp"),
            Refusal("https://${HOST}/mcp", "is a placeholder that was never filled in"),
            Refusal("https://<MCP_HOST>/mcp", "is a placeholder that was never filled in"),
            Refusal("ftp://dexter.cash/mcp", "has the scheme `ftp`"),
            Refusal("dexter.cash/mcp", "has no scheme", "https://dexter.cash/mcp"),
            Refusal("https://dexter.cash/.well-known/x", "lies under /.well-known/"),
            Refusal("", "is empty"),
        ])
    func wrongPublicURLs(refusal: Refusal) { refusal.check(PublicURL.self) }

    @Test(
        "an issuer may end in a slash, which is part of it",
        arguments: ["https://tenant.us.auth0.com/", "https://tenant.us.auth0.com", "https://h.example/realms/mcp/"])
    func issuers(text: String) { #expect(refusal(IssuerURL.self, text) == nil) }

    @Test(
        "the URL of a metadata document is no issuer, and the issuer is named",
        arguments: [
            Refusal(
                "https://dexter.cash/.well-known/oauth-authorization-server/mcp", "is the URL of a metadata document",
                "https://dexter.cash/mcp"),
            Refusal(
                "https://a.example/realms/mcp/.well-known/openid-configuration", "is the URL of a metadata document",
                "https://a.example/realms/mcp"),
            Refusal(
                "https://a.example/.well-known/openid-configuration", "is the URL of a metadata document",
                "https://a.example"),
        ])
    func metadataURLs(refusal: Refusal) { refusal.check(IssuerURL.self) }

    @Test("the parts of a URL are those that were written")
    func parts() throws {
        let url = try IssuerURL(parsing: "https://auth.example.com:8443/realms/mcp/")
        #expect(url.host.text == "auth.example.com")
        #expect(url.port == 8443)
        #expect(url.path == "/realms/mcp/")
        #expect(url.origin == "https://auth.example.com:8443")
        #expect(try PublicURL(parsing: "http://[::1]:9000").authority == "[::1]:9000")
    }

    @Test(
        "web origins have nothing behind the host",
        arguments: [
            Refusal("https://chatgpt.com/", "has a path", "https://chatgpt.com"),
            Refusal("https://chatgpt.com/a", "has a path", "https://chatgpt.com"),
            Refusal("*", "would admit every page"), Refusal("null", "would admit every page"),
            Refusal("http://chatgpt.com", "uses http on the public host `chatgpt.com`", "https://chatgpt.com"),
        ])
    func origins(refusal: Refusal) { refusal.check(WebOrigin.self) }

    @Test(
        "upstream addresses are a host and port, or a socket",
        arguments: [
            Refusal("http://127.0.0.1:3930/mcp?key=1", "has a query", "http://127.0.0.1:3930/mcp"),
            Refusal("http://127.0.0.1:3930/#top", "has a fragment", "http://127.0.0.1:3930/"),
            Refusal("http://127.0.0.1:3930/a/../mcp", "has a path that has a dot segment"),
            Refusal("http://127.0.0.1:3930//mcp", "has a path that has an empty segment"),
            Refusal("http://127.0.0.1:3930/a%2Fb", "has a path that holds `%`"),
            Refusal("http://127.0.0.1/mcp", "has no port", "http://127.0.0.1:80/mcp"),
            Refusal("127.0.0.1:3930", "has no scheme", "http://127.0.0.1:3930"),
            Refusal("http://mcp", "has no port", "http://mcp:80"),
            Refusal("http://u:p@mcp:80", "has userinfo before the host", "http://mcp:80"),
            Refusal("http://a;b:80", "has no valid host"), Refusal("http://$host:80", "has no valid host"),
            Refusal("unix:/run/a.sock:x", "has a path that does not begin with a slash"),
            Refusal("unix:run/a.sock", "has a socket path that does not begin with a slash"),
            Refusal("http://[::zz]:80", "has no valid host"),
        ])
    func upstreams(refusal: Refusal) { refusal.check(UpstreamURL.self) }

    @Test("upstream addresses of every right shape are understood")
    func rightUpstreams() throws {
        #expect(try UpstreamURL(parsing: "http://my_service:3930").address == .tcp(host: "my_service", port: 3930))
        #expect(try UpstreamURL(parsing: "https://mcp.internal").address == .tcp(host: "mcp.internal", port: 443))
        #expect(try UpstreamURL(parsing: "https://mcp.internal").isTLS)
        #expect(try UpstreamURL(parsing: "unix:/run/mcp.sock").address == .unix(path: "/run/mcp.sock"))
        #expect(try UpstreamURL(parsing: "http://[fd00::1]:80").address == .tcp(host: "[fd00::1]", port: 80))
    }

    @Test(
        "listen addresses are addresses",
        arguments: [
            Refusal("8719", "has no address", "127.0.0.1:8719"), Refusal(":8719", "has no address", "127.0.0.1:8719"),
            Refusal("localhost:8719", "has a name where an address belongs", "127.0.0.1:8719"),
            Refusal("http://127.0.0.1:8719", "has a scheme", "127.0.0.1:8719"),
            Refusal("127.0.0.1", "has no port"), Refusal("256.0.0.1:80", "has no valid host"),
        ])
    func listenAddresses(refusal: Refusal) { refusal.check(ListenAddress.self) }

    @Test(
        "quotas are requests in a time span",
        arguments: [
            Refusal("60", "is no quota"), Refusal("60/m", "has no time span behind the slash", "60/1m"),
            Refusal("60/10", "has no time span behind the slash"), Refusal("/10m", "is no quota"),
            Refusal("0/10m", "allows a number of requests outside 1 to 1000000"), Refusal("-1/1m", "is no quota"),
            Refusal("1/1m/1m", "is no quota"), Refusal("off", "is no quota"), Refusal("", "is no quota"),
        ])
    func quotas(refusal: Refusal) { refusal.check(Quota.self) }

    @Test("quotas that are right are understood")
    func rightQuotas() throws {
        let quota = try Quota(parsing: "60/10m")
        #expect(quota.requests == 60 && quota.seconds == 600)
        #expect(try Quota(parsing: "0").requests == 0)
        #expect(try Count(parsing: "10000").number == 10_000)
        for text in ["-1", "1.5", "01", "1e3", "", "10000000000"] {
            #expect(refusal(Count.self, text) != nil, "\(text)")
        }
    }

    @Test(
        "verification tokens are plain enough for every output",
        arguments: [
            Refusal("a b", "holds a space"), Refusal("$x", "holds `$`"), Refusal("a\"b", "holds `\"`"),
            Refusal("", "has 0 bytes"), Refusal(String(repeating: "x", count: 513), "has 513 bytes"),
            Refusal("é", "holds U+00E9"),
        ])
    func proofTexts(refusal: Refusal) { refusal.check(ProofText.self) }

    @Test(
        "redirect URIs of real clients pass",
        arguments: [
            "https://chatgpt.com/connector_platform_oauth_redirect", "http://127.0.0.1:33418/", "http://127.0.0.1/",
            "cursor://anysphere.cursor-mcp/oauth/callback", "https://grok.com/connectors-oauth-exchange-code/",
            "com.example.app:/oauth", "workbuddy://oauth/a%3Ab%2Fc", "vscode://publisher.ext/callback",
            "http://[::1]:8080/cb", "https://h.example/cb?tenant=1",
        ])
    func redirects(text: String) { #expect(refusal(CanonicalRedirectURI.self, text) == nil) }

    @Test(
        "redirect URIs that no comparison makes safe are refused",
        arguments: [
            Refusal("https://*.example.com/cb", "has a wildcard"), Refusal("https://h.example/cb#x", "has a fragment"),
            Refusal("https://a@h.example/cb", "has userinfo"),
            Refusal("javascript:/alert", "has the scheme `javascript`, to which nobody may redirect"),
            Refusal("data:text/html,x", "has the scheme `data`, to which nobody may redirect"),
            Refusal("intent:/x", "has the scheme `intent`, to which nobody may redirect"),
            Refusal("myapp://a/%2E%2e/b", "has percent-encoding"), Refusal("myapp://a/%2", "has percent-encoding"),
            Refusal("myapp://a%3ab/cb", "has an invalid host part"),
            Refusal("http://h.example/cb", "uses http on the public host `h.example`"),
            Refusal("https://h.example/a/../b", "has a dot segment"),
            Refusal("https://h.example/%2e%2e/b", "has percent-encoding"),
            Refusal("https://chatgpt.com/connector/oauth/{callback_id}", "has a pattern"),
            Refusal("HTTPS://h.example/cb", "has no valid lower-case scheme", "https://h.example/cb"),
            Refusal("https:/cb", "has no host"),
        ])
    func wrongRedirects(refusal: Refusal) { refusal.check(CanonicalRedirectURI.self) }
}
