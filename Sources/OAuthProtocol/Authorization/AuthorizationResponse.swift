import WebSyntax

/// The redirects that answer an authorization request (RFC 6749 §4.1.2, RFC 9207 §2).
package enum AuthorizationResponse {
    /// Always 303: a browser that has posted a form must not post it again to the client (RFC 9700 §4.12).
    package static let status = 303

    /// The `Location` that hands out a code.
    package static func location(code: String, to target: RedirectTarget, issuer: String) -> String {
        location(target, [("code", code)], issuer)
    }

    /// The `Location` that says why there is no code.
    package static func location(of error: WireError, to target: RedirectTarget, issuer: String) -> String {
        location(target, [("error", error.code.rawValue), ("error_description", error.description)], issuer)
    }

    /// Appends to the query that the client registered. What it has of our own names is taken out, so that each
    /// stands there once and is ours.
    private static func location(_ target: RedirectTarget, _ first: [(String, String)], _ issuer: String) -> String {
        let mark = target.redirectURI.utf8.firstIndex(of: UInt8(ascii: "?"))
        let base = mark.map { target.redirectURI[..<$0] } ?? target.redirectURI[...]
        let kept = mark.map { registeredQuery(target.redirectURI.utf8[$0...].dropFirst()) } ?? []
        let parameters = first + (target.state.map { [("state", $0)] } ?? []) + [("iss", issuer)]
        let added = parameters.map { "\($0)=\(FormText.encoded($1))" }
        return "\(base)?\((kept + added).joined(separator: "&"))"
    }

    private static func registeredQuery(_ query: Substring.UTF8View) -> [String] {
        query.split(separator: UInt8(ascii: "&")).filter { pair in
            let name = pair.prefix { $0 != UInt8(ascii: "=") }
            guard let decoded = FormText.decoded(Substring(name)) else { return false }
            return !ours.contains(decoded)
        }.map { String(Substring($0)) }
    }

    private static let ours: Set<String> = ["code", "error", "error_description", "error_uri", "iss", "state"]
}
