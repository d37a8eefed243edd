import OAuthModel
import OAuthProtocol
import RuntimeConfig
import TestSupport
import Testing
import WebSyntax

@Suite("Redirect URIs")
struct RedirectTests {
    private func isAccepted(_ sent: String, _ registered: String, _ match: RedirectMatch = .loopback) -> Bool {
        let client = Flow.client([registered], match: match, type: .native)
        return (try? client.redirect(sent)) != nil
    }

    @Test(
        "B11 the port of a loopback redirect is the application's to choose",
        arguments: ["http://127.0.0.1", "http://[::1]", "http://localhost"])
    func loopbackPort(base: String) {
        for registered in ["\(base)/cb", "\(base):3334/cb"] {
            for sent in ["\(base)/cb", "\(base):49152/cb", "\(base):1/cb", "\(base):65535/cb"] {
                #expect(isAccepted(sent, registered), "\(sent) for \(registered)")
            }
            for sent in ["\(base):0/cb", "\(base):65536/cb", "\(base):/cb", "\(base):08/cb", "\(base):49152/cb/"] {
                #expect(!isAccepted(sent, registered), "\(sent) for \(registered)")
            }
        }
    }

    @Test(
        "B12 nothing but the port may differ",
        arguments: [
            "http://127.0.0.1:1/other", "https://127.0.0.1:1/cb", "http://127.0.0.2:1/cb", "http://localhost:1/cb",
            "http://[::1]:1/cb", "http://127.0.0.1:1/cb?x", "http://127.0.0.1:1@evil.example/cb",
            "http://127.0.0.1.evil.example:1/cb", "http://127.1:1/cb", "http://2130706433/cb", "http://0177.0.0.1/cb",
            "http://LOCALHOST/cb", "http://127.0.0.1:1", "http://[0:0:0:0:0:0:0:1]/cb",
        ])
    func loopbackOther(sent: String) {
        #expect(!isAccepted(sent, "http://127.0.0.1/cb"))
    }

    @Test("B12 a prefix of localhost is no loopback")
    func prefix() {
        #expect(!isAccepted("http://localhost.evil.example/cb", "http://localhost/cb"))
        #expect(!isAccepted("http://localhostevil/cb", "http://localhost/cb"))
        #expect(!isAccepted("https://app.example.com:8443/cb", "https://app.example.com/cb"))
    }

    @Test("a placeholder is one segment of unreserved bytes")
    func patterns() {
        let pattern = "https://chatgpt.com/connector/oauth/{callback_id}"
        #expect(isAccepted("https://chatgpt.com/connector/oauth/aB3-_.~", pattern, .pattern))
        for sent in [
            "https://chatgpt.com/connector/oauth/", "https://chatgpt.com/connector/oauth/a/b",
            "https://chatgpt.com/connector/oauth/a?b", "https://chatgpt.com/connector/oauth/a%2fb",
            "https://chatgpt.com/connector/oauth/..", "https://evil.example/connector/oauth/a",
            "https://chatgpt.com/connector/oauth/{callback_id}",
        ] {
            #expect(!isAccepted(sent, pattern, .pattern), "\(sent)")
        }
        #expect(!isAccepted("https://evil.example/cb", "https://{host}/cb", .pattern))
        #expect(!isAccepted("https://evil.example/cb", "{scheme}//evil.example/cb", .pattern))
        #expect(isAccepted("http://127.0.0.1:5000/callback/abc", "http://127.0.0.1/callback/{id}", .loopbackPattern))
        #expect(!isAccepted("http://localhost:5000/callback/abc", "http://127.0.0.1/callback/{id}", .loopbackPattern))
    }

    @Test("a private-use scheme is for native clients that registered it")
    func privateUse() {
        let uri = "cursor://anysphere.cursor-mcp/oauth/callback"
        #expect((try? Flow.client([uri], type: .native).redirect(uri)) != nil)
        #expect((try? Flow.client([uri], type: .web).redirect(uri)) == nil)
        #expect((try? Flow.client([Flow.callback], type: .native).redirect(uri)) == nil)
        #expect(
            (try? Flow.client([uri], type: .native).redirect("CURSOR://anysphere.cursor-mcp/oauth/callback")) == nil)
    }

    @Test("property, seed 11: an exact redirect is accepted only when every byte is the same")
    func exactProperty() {
        var generator = SeededGenerator(seed: 11)
        let registered = Array("https://app.example.com/a/cb?x=1".utf8)
        for _ in 0..<5_000 {
            var bytes = registered
            let place = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: bytes[place] = UInt8.random(in: 0..<128, using: &generator)
            case 1: bytes.insert(UInt8.random(in: 0..<128, using: &generator), at: place)
            default: bytes.remove(at: place)
            }
            let sent = String(decoding: bytes, as: UTF8.self)
            #expect(
                isAccepted(sent, String(decoding: registered, as: UTF8.self), .exact) == (bytes == registered),
                "\(bytes)")
        }
    }

    @Test("property, seed 12: a loopback redirect is accepted exactly when it differs in a valid port alone")
    func loopbackProperty() {
        var generator = SeededGenerator(seed: 12)
        let hosts = ["127.0.0.1", "[::1]", "localhost", "127.0.0.2", "example.com"]
        let paths = ["/cb", "/", "", "/cb/", "/cb?x=1"]
        let ports = ["", ":1", ":3334", ":65535", ":0", ":70000", ":x"]
        for _ in 0..<3_000 {
            func pick(_ list: [String]) -> String { list[Int.random(in: 0..<list.count, using: &generator)] }
            let (host, path) = (hosts[Int.random(in: 0..<3, using: &generator)], pick(paths))
            let (sentHost, sentPath, sentPort) = (pick(hosts), pick(paths), pick(ports))
            let isValidPort = ["", ":1", ":3334", ":65535"].contains(sentPort)
            #expect(
                isAccepted("http://\(sentHost)\(sentPort)\(sentPath)", "http://\(host):8080\(path)")
                    == (sentHost == host && sentPath == path && isValidPort))
        }
    }

    @Test("property, seed 13: no bytes make the parser accept what a Location could not carry")
    func hostile() {
        var generator = SeededGenerator(seed: 13)
        let alphabet = Array("ahtps:/@#?%.[]0123 \\\r\n\t\0{}\"<>é".utf8)
        for _ in 0..<20_000 {
            let count = Int.random(in: 0..<24, using: &generator)
            let bytes = (0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }
            guard let redirect = try? RedirectURI(String(decoding: bytes, as: UTF8.self)) else { continue }
            #expect(redirect.text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
            #expect(redirect.uri.fragment == nil)
            #expect(redirect.kind == .privateUse || redirect.uri.authority?.host.isEmpty == false)
        }
    }
}
