/// The registered suffixes under `/.well-known/`, and the ways they are joined with a path.
package enum WellKnown: String, Sendable, CaseIterable {
    /// RFC 9728 §3
    case protectedResource = "oauth-protected-resource"
    /// RFC 8414 §3
    case authorizationServer = "oauth-authorization-server"
    /// OpenID Connect Discovery 1.0 §4
    case openIDConfiguration = "openid-configuration"

    /// Where OpenAI looks for the token that it gave, to see whose a host is.
    package static let openAIAppsChallenge = "/.well-known/openai-apps-challenge"

    /// What clients ask for at a host, however sure the answer is no: a name, and what is below it. A site that answers
    /// with a page, as one does that has a fallback for unknown paths, leaves them hanging.
    private static let askedFor = allCases.map(\.rawValue) + ["mcp"]
    /// The same without anything below: of no specification, and served by some.
    private static let askedForAlone = ["mcp.json"]

    /// The spaces of URLs that nobody else may answer where this deployment does not.
    package static let unserved: [Route.Match] =
        askedFor.flatMap { [.exact("/.well-known/\($0)"), .subtree("/.well-known/\($0)/")] }
        + askedForAlone.map { .exact("/.well-known/\($0)") }

    /// True where another authorization server than ours may answer.
    static func isOfAuthorizationServer(_ match: Route.Match) -> Bool {
        [authorizationServer, openIDConfiguration].contains { kind in
            match == .exact(kind.inserted(before: "")) || match == .subtree(kind.inserted(before: "") + "/")
        }
    }

    /// True for a document at the root of a host, which can speak of one deployment alone.
    static func isAtRoot(_ path: String) -> Bool { allCases.contains { $0.inserted(before: "") == path } }

    /// The suffix between host and path: `/.well-known/oauth-authorization-server/mcp` (RFC 8414 §3.1, RFC 9728
    /// §3.1). A slash that ends the path is removed first; a path that is nothing else gives the root form.
    package func inserted(before path: String) -> String {
        "/.well-known/\(rawValue)\(path.withoutFinalSlash)"
    }

    /// The suffix behind the path: `/mcp/.well-known/openid-configuration` (OpenID Connect Discovery 1.0 §4).
    package func appended(to path: String) -> String {
        "\(path.withoutFinalSlash)/.well-known/\(rawValue)"
    }
}

extension String {
    /// `/tenant/` as `/tenant`, `/` as the empty path.
    var withoutFinalSlash: String { utf8.last == UInt8(ascii: "/") ? String(dropLast()) : self }

    /// Without its first bytes, which are ASCII; counting characters would cost more than all the rest.
    func dropping(bytes count: Int) -> String { String(self[utf8.index(startIndex, offsetBy: count)...]) }

    /// The path of a request for a URL: the empty path is asked for as `/`.
    var asRequestPath: String { isEmpty ? "/" : self }
}
