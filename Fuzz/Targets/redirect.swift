import OAuthModel
import OAuthProtocol
import WebSyntax

/// A text is a URI or none; what may be redirected to is https, this machine or an application's own, and matches
/// itself and no text that differs but by a loopback port.
func fuzz(_ bytes: [UInt8]) {
    let parts = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
    let texts = parts.map { String(decoding: $0, as: UTF8.self) }
    if let uri = try? AbsoluteURI(texts[0]) {
        precondition(uri.text == texts[0], "another text")
        precondition(texts[0].utf8.allSatisfy { (0x21...0x7E).contains($0) }, "a byte that no URI has")
    }
    if let url = ClientDocumentURL(texts[0]) {
        precondition(url.text == texts[0] && texts[0].hasPrefix("https://"), "a document over something else")
        precondition(!url.host.isEmpty && !url.host.contains("@") && !url.host.contains("/"), "a host")
    }
    guard let redirect = try? RedirectURI(texts[0]) else { return }
    require(redirect)
    precondition(RegisteredRedirect(registering: redirect).matches(redirect), "it does not match itself")
    guard texts.count > 1, let other = try? RedirectURI(texts[1]) else { return }
    if RegisteredRedirect(registering: redirect).matches(other) {
        precondition(redirect.kind == other.kind, "a match of another kind")
        precondition(redirect.kind == .loopback || redirect.text == other.text, "a match of another text")
        precondition(redirect.uri.authority?.host == other.uri.authority?.host, "a match of another host")
        precondition(redirect.uri.path == other.uri.path && redirect.uri.query == other.uri.query, "another path")
    }
}

private func require(_ redirect: RedirectURI) {
    let host = redirect.uri.authority?.host ?? ""
    precondition(redirect.uri.fragment == nil && redirect.uri.authority?.hasUserinfo != true, "fragment or userinfo")
    switch redirect.kind {
    case .https: precondition(!host.isEmpty && redirect.uri.hasScheme("https"), "https")
    case .loopback: precondition(["127.0.0.1", "[::1]", "localhost"].contains(host), "loopback")
    case .privateUse:
        let scheme = redirect.uri.scheme.lowercased()
        precondition(!["http", "https", "javascript", "data", "file", "blob", "vbscript"].contains(scheme), "a scheme")
    }
}
