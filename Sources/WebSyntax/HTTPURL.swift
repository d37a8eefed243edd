/// The parts of a URL of the one shape that the spec allows: `https://host[:port][/path]`, or `http` on
/// a loopback host, with nothing that two readers could understand differently.
///
/// Every other form is refused with its own text, because each is a mistake somebody made (RFC 9700
/// §2.1 compares such strings byte by byte). The types of the spec are thin wrappers around it.
package struct HTTPURL {
    /// What the URL is for, as far as its grammar depends on it.
    package struct Rules: Sendable {
        package var noun: String
        package var expected: String
        package var allowsTrailingSlash = false
        package var allowsPath = true
        package var isIssuer = false
        /// Whether plain http may leave the machine, as it does in a network of containers.
        package var allowsHTTP = false

        package init(
            noun: String, expected: String, allowsTrailingSlash: Bool = false, allowsPath: Bool = true,
            isIssuer: Bool = false, allowsHTTP: Bool = false
        ) {
            self.noun = noun
            self.expected = expected
            self.allowsTrailingSlash = allowsTrailingSlash
            self.allowsPath = allowsPath
            self.isIssuer = isIssuer
            self.allowsHTTP = allowsHTTP
        }
    }

    package let scheme: String
    package let host: HostName
    package let port: Int?
    package let path: String

    package init(parsing text: String, as rules: Rules) throws(InvalidValue) {
        try Self.refuseBytes(of: text, rules)
        guard let (scheme, rest) = text.splitScheme else {
            let completed = rules.suggestion("https://" + text)
            throw InvalidValue("has no scheme", expected: rules.expected, suggestion: completed)
        }
        try Self.checkScheme(scheme, rest, rules)
        try Self.refuseUserinfo(scheme, rest, rules)
        let slash = rest.utf8.firstIndex(of: .slash) ?? rest.endIndex
        let authority = rest[..<slash]
        let path = String(rest[slash...])
        (host, port) = try Self.parseAuthority(authority, scheme: scheme, path: path, rules)
        try Self.checkPath(path, before: "\(scheme)://\(authority)", rules)
        if scheme == "http", !host.isLoopback, !rules.allowsHTTP {
            throw InvalidValue(
                "uses http on the public host `\(host.text)`", expected: rules.expected,
                suggestion: port == nil ? rules.suggestion("https://\(rest)") : nil, kind: .notHTTPS)
        }
        self.scheme = String(scheme)
        self.path = path
    }

    private static func refuseBytes(of text: String, _ rules: Rules) throws(InvalidValue) {
        if text.isEmpty { throw InvalidValue("is empty", expected: rules.expected, kind: .emptyValue) }
        try TemplateResidue.refuse(in: text, expected: rules.expected)
        if let scalar = text.firstScalar(where: { !$0.isVisible }) {
            throw InvalidValue(
                "holds \(String.display(scalar))", expected: rules.expected,
                suggestion: Punycode.url(text).flatMap { rules.suggestion($0) }, kind: .urlNotCanonical)
        }
        let query = "a query, which no route and no metadata URL can carry"
        for (byte, name) in [(UInt8.hash, "a fragment"), (.questionMark, query)] {
            guard let index = text.utf8.firstIndex(of: byte) else { continue }
            let kept = String(text[..<index])
            throw InvalidValue(
                "has \(name)", expected: rules.expected,
                suggestion: rules.suggestion(kept), kind: .urlNotCanonical)
        }
        for (byte, name) in [(UInt8.star, "a wildcard"), (.percent, "percent-encoding"), (.backslash, "a backslash")]
        where text.utf8.contains(byte) {
            throw InvalidValue("has \(name)", expected: rules.expected, kind: .urlNotCanonical)
        }
    }

    private static func checkScheme(
        _ scheme: Substring, _ rest: Substring, _ rules: Rules
    ) throws(InvalidValue) {
        if scheme == "https" || scheme == "http" { return }
        let lowered = String(scheme).asciiLowercased
        if lowered == "https" || lowered == "http" {
            throw InvalidValue(
                "has an upper-case scheme", expected: rules.expected,
                suggestion: rules.suggestion("\(lowered)://\(rest)"),
                kind: .urlNotCanonical)
        }
        throw InvalidValue("has the scheme `\(scheme)`", expected: rules.expected, kind: .notHTTPS)
    }

    /// A name or password in a URL is never shown again: messages go to logs.
    private static func refuseUserinfo(
        _ scheme: Substring, _ rest: Substring, _ rules: Rules
    ) throws(InvalidValue) {
        guard let at = rest.utf8.lastIndex(of: .at) else { return }
        let kept = "\(scheme)://\(rest[rest.utf8.index(after: at)...])"
        let isAuthority = !rest[..<at].utf8.contains(.slash)
        throw InvalidValue(
            isAuthority ? "has userinfo before the host" : "has an `@` in the path", expected: rules.expected,
            suggestion: isAuthority ? rules.suggestion(kept) : nil,
            kind: .urlNotCanonical)
    }

    private static func parseAuthority(
        _ authority: Substring, scheme: Substring, path: String, _ rules: Rules
    ) throws(InvalidValue) -> (HostName, Int?) {
        var hostText = authority
        var port: Int?
        if let colon = authority.utf8.lastIndex(of: .colon), !authority.hasSuffix("]") {
            hostText = authority[..<colon]
            let digits = authority[authority.utf8.index(after: colon)...]
            port = try Port.parse(digits, expected: rules.expected)
            if port == (scheme == "https" ? 443 : 80) {
                throw InvalidValue(
                    "names the default port of its scheme", expected: rules.expected,
                    suggestion: rules.suggestion("\(scheme)://\(hostText)\(path)"), kind: .urlNotCanonical)
            }
        }
        do {
            return (try HostName(parsing: String(hostText)), port)
        } catch {
            let portText = port.map { ":\($0)" } ?? ""
            throw InvalidValue(
                hostText.isEmpty ? "has no host" : "has a host that \(error.problem)", expected: rules.expected,
                suggestion: error.suggestion.flatMap { rules.suggestion("\(scheme)://\($0)\(portText)\(path)") },
                kind: error.kind)
        }
    }

    private static func checkPath(_ path: String, before: String, _ rules: Rules) throws(InvalidValue) {
        if path.isEmpty { return }
        if path.utf8.contains(.dot), path.hasSuffix("/.well-known") || path.contains("/.well-known/") {
            let issuer = rules.isIssuer ? rules.suggestion(before + IssuerURL.path(ofMetadataPath: path)) : nil
            throw InvalidValue(
                rules.isIssuer ? "is the URL of a metadata document" : "lies under /.well-known/",
                expected: rules.expected, suggestion: issuer,
                kind: rules.isIssuer ? .metadataURLAsIssuer : .urlNotCanonical)
        }
        if !rules.allowsPath {
            throw InvalidValue(
                "has a path", expected: rules.expected, suggestion: rules.suggestion(before), kind: .urlNotCanonical)
        }
        do {
            _ = try RoutePath(parsing: path, allowsTrailingSlash: rules.allowsTrailingSlash || path == "/")
        } catch {
            let isSlash = error.kind == .trailingSlash
            throw InvalidValue(
                isSlash ? error.problem : "has a path that \(error.problem)", expected: rules.expected,
                suggestion: error.suggestion.flatMap { rules.suggestion(before + $0) },
                kind: isSlash ? .trailingSlash : .urlNotCanonical)
        }
        if path == "/", !rules.allowsTrailingSlash {
            throw InvalidValue(
                "has a trailing slash", expected: rules.expected, suggestion: rules.suggestion(before),
                kind: .trailingSlash)
        }
    }
}

extension HTTPURL.Rules {
    /// The text when it is right by these rules, or else what comes out when its own mistake is fixed.
    func suggestion(_ text: String) -> String? {
        do throws(InvalidValue) {
            _ = try HTTPURL(parsing: text, as: self)
            return text
        } catch {
            return error.suggestion
        }
    }
}
