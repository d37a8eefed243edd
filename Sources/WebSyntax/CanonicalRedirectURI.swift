/// A ``RedirectURI`` in a spelling that every reader compares alike: https, loopback http or a private-use scheme; no
/// fragment, no userinfo, no wildcard.
///
/// It is another party's string and is compared byte for byte (RFC 9700 §2.1), so a port or a trailing
/// slash is left alone; only what no comparison could make safe is refused.
package struct CanonicalRedirectURI: TextValue {
    package static let noun = "a redirect URI"
    static let expected = "https://host/path, http on 127.0.0.1, localhost or [::1], or a private-use scheme"
    /// Visible characters that RFC 3986 has no place for, so that readers differ in what they make of them.
    private static let notInURIs: Set<UInt8> = Set("<>^`|}".utf8)

    package let text: String
    /// Lower case, without colon.
    package let scheme: String
    /// Host part, `anysphere.cursor-mcp` for `cursor://anysphere.cursor-mcp/oauth/callback`; nil when there is none.
    package let host: String?
    package let port: Int?
    /// From the first slash behind the authority to the query; may be empty.
    package let path: String

    package init(parsing text: String) throws(InvalidValue) {
        try Self.refuseBytes(of: text)
        guard let colon = text.utf8.firstIndex(of: .colon) else {
            throw InvalidValue(
                "has no scheme", expected: Self.expected, suggestion: Self.suggestion("https://" + text))
        }
        scheme = String(text[..<colon])
        try Self.checkScheme(scheme, of: text)
        guard let (_, rest) = text.splitScheme else {
            guard scheme != "http", scheme != "https" else {
                throw InvalidValue("has no host", expected: Self.expected)
            }
            path = String(text[text.utf8.index(after: colon)...].prefix { $0 != "?" })
            (host, port) = (nil, nil)
            guard path.hasPrefix("/") else { throw InvalidValue("has no path", expected: Self.expected) }
            self.text = text
            try Self.refuseBrackets(in: path)
            try Self.checkGrammar(of: text)
            return
        }
        let end = rest.utf8.firstIndex { $0 == .slash || $0 == .questionMark } ?? rest.endIndex
        let (host, port) = try SocketAddress.split(rest[..<end], expected: Self.expected)
        path = String(rest[end...].prefix { $0 != "?" })
        (self.host, self.port) = (host, port)
        try Self.checkHost(host, scheme: scheme)
        self.text = text
        try Self.refuseBrackets(in: path)
        let dots = path.utf8.split(separator: .slash).contains {
            $0.elementsEqual([.dot]) || $0.elementsEqual([.dot, .dot])
        }
        if dots { throw InvalidValue("has a dot segment", expected: Self.expected, kind: .urlNotCanonical) }
        try Self.checkGrammar(of: text)
    }

    /// Whatever is wrong otherwise: the server has the last word, so that it accepts every canonical one.
    private static func checkGrammar(of text: String) throws(InvalidValue) {
        do throws(RedirectURI.Fault) {
            _ = try RedirectURI(text)
        } catch {
            throw InvalidValue(
                "is none to which a client can be redirected", expected: expected, kind: .urlNotCanonical)
        }
    }

    /// True for http on a loopback host, where the port is not compared (RFC 8252 §7.3).
    package var isLoopback: Bool {
        scheme == "http" && host.map { LoopbackHost.contains($0) } == true
    }

    private static func refuseBytes(of text: String) throws(InvalidValue) {
        if text.isEmpty { throw InvalidValue("is empty", expected: expected, kind: .emptyValue) }
        try TemplateResidue.refuse(in: text, expected: expected)
        if let scalar = text.firstScalar(where: { !$0.isVisible || $0 == .quote || $0 == .backslash }) {
            throw InvalidValue("holds \(String.display(scalar))", expected: expected, kind: .urlNotCanonical)
        }
        var refused: [(UInt8, String)] = [
            (.star, "a wildcard"), (.hash, "a fragment"), (.at, "userinfo"), (0x7B, "a pattern"),
        ]
        if !isEncodedApplication(text) { refused.insert((.percent, "percent-encoding"), at: 3) }
        for (byte, name) in refused where text.utf8.contains(byte) {
            throw InvalidValue("has \(name)", expected: expected, kind: .urlNotCanonical)
        }
        if let scalar = text.firstScalar(where: notInURIs.contains) {
            throw InvalidValue(
                "holds \(String.display(scalar)), which no URI has", expected: expected, kind: .urlNotCanonical)
        }
    }

    /// Brackets belong to an IPv6 host alone (RFC 3986 §3.2.2).
    private static func refuseBrackets(in path: String) throws(InvalidValue) {
        guard path.utf8.contains(0x5B) || path.utf8.contains(0x5D) else { return }
        throw InvalidValue("has brackets in its path", expected: expected, kind: .urlNotCanonical)
    }

    /// True for a redirect of an application whose escapes are whole and hide no dot: some applications have them
    /// behind the host part (`workbuddy://oauth/a%3Ab`). Of a web address there is another spelling without them.
    private static func isEncodedApplication(_ text: String) -> Bool {
        guard !text.hasPrefix("http:"), !text.hasPrefix("https:") else { return false }
        return text.utf8.split(separator: .percent, omittingEmptySubsequences: false).dropFirst().allSatisfy { part in
            let digits = part.prefix(2)
            return digits.count == 2 && digits.allSatisfy(\.isHexDigit)
                && String(Substring(digits)).asciiLowercased != "2e"
        }
    }

    private static func checkScheme(_ scheme: String, of text: String) throws(InvalidValue) {
        guard scheme.utf8.first?.isLowercase == true,
            scheme.utf8.allSatisfy({ $0.isLowercase || $0.isDigit || $0 == .hyphen || $0 == .dot || $0 == 0x2B })
        else {
            let lowered = scheme.asciiLowercased + text.dropFirst(scheme.count)
            throw InvalidValue(
                "has no valid lower-case scheme", expected: expected,
                suggestion: lowered == text ? nil : suggestion(lowered))
        }
        if RedirectURI.isForbidden(scheme: scheme) {
            throw InvalidValue("has the scheme `\(scheme)`, to which nobody may redirect", expected: expected)
        }
    }

    private static func checkHost(_ host: String, scheme: String) throws(InvalidValue) {
        guard scheme == "https" || scheme == "http" else {
            if host.isEmpty { return }
            guard host.utf8.allSatisfy({ $0.isUnreserved && !$0.isUppercase }) else {
                throw InvalidValue("has an invalid host part", expected: expected, kind: .invalidHost)
            }
            return
        }
        let name: HostName
        do { name = try HostName(parsing: host) } catch {
            throw InvalidValue(
                host.isEmpty ? "has no host" : "has a host that \(error.problem)", expected: expected, kind: error.kind)
        }
        if scheme == "http", !name.isLoopback {
            throw InvalidValue("uses http on the public host `\(host)`", expected: expected, kind: .notHTTPS)
        }
    }
}
