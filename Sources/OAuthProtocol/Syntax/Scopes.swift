package import JSONSyntax
import WebSyntax

/// Scope texts (RFC 6749 §3.3).
package enum Scopes {
    /// Asks for a refresh token (OpenID Connect Core §11).
    package static let offlineAccess = "offline_access"

    /// The tokens in their order, each once; runs of spaces count as one.
    package static func parsed(_ text: String) throws(Rejection) -> [String] {
        var seen: Set<Substring> = []
        var tokens: [String] = []
        for token in text.utf8.split(separator: 0x20) {
            guard token.allSatisfy(\.isScopeByte) else { throw .scope(.malformed) }
            if seen.insert(Substring(token)).inserted { tokens.append(String(Substring(token))) }
        }
        return tokens
    }

    package static func text(_ scopes: [String]) -> String { scopes.joined(separator: " ") }

    /// The member `scope` of an answer or a token; nil where nothing was granted, since the value has at least one
    /// token (RFC 6749 §3.3).
    package static func member(_ scopes: [String]) -> JSONMember? {
        scopes.isEmpty ? nil : JSONMember("scope", .string(text(scopes)))
    }

    /// What of a request can be granted, in the order it was asked; never more than was asked.
    ///
    /// - Throws: ``Rejection/scope(_:)`` where something was asked and nothing of it is left.
    package static func narrowed(_ requested: [String], to grantable: [String]) throws(Rejection) -> [String] {
        let allowed = Set(grantable)
        let granted = requested.filter { allowed.contains($0) }
        guard !granted.isEmpty || requested.isEmpty else { throw .scope(.nothingGrantable) }
        return granted
    }

    /// The scope of a refreshed token: the whole grant when none is named, else a part of it (RFC 6749 §6).
    package static func refreshed(_ requested: [String]?, of granted: [String]) throws(Rejection) -> [String] {
        guard let requested, !requested.isEmpty else { return granted }
        let whole = Set(granted)
        guard requested.allSatisfy({ whole.contains($0) }) else { throw .scope(.widened) }
        return requested
    }
}
