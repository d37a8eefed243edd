package import JSONSyntax
package import RuntimeConfig
import WebSyntax

/// Somebody who proved at a provider who they are.
package struct Person: Hashable, Sendable {
    /// `sub` of our tokens (RFC 7519 §4.1.2): printable ASCII, at most 255 bytes.
    package let subject: String
    /// What a person knows themselves by: for our own pages alone.
    package let name: String
    /// When they did so, in seconds since 1970; nil where the provider does not say (`auth_time`).
    package let authenticatedAt: Int?
}

/// Who of those that a provider knows may come, and what they are called here.
package struct LoginPolicy: Sendable {
    /// Why somebody does not come in.
    package enum Fault: Error, Hashable, Sendable {
        /// The claim that makes the subject is missing, not verified, or no text that tokens and headers can carry.
        case subject
        case notAdmitted
    }

    private let login: RuntimeConfig.Login

    package init(_ login: RuntimeConfig.Login) {
        self.login = login
    }

    /// The claims that decide; what is missing of them is asked for at the provider.
    package var neededClaims: Set<String> {
        var names: Set<String> = [login.subject]
        if login.subject == Self.email || login.allow.contains(where: { $0.email != nil || $0.domain != nil }) {
            names.formUnion([Self.email, Self.emailVerified])
        }
        for way in login.allow { names.formUnion(way.claims.map(\.name)) }
        return names
    }

    package func person(_ claims: JSON) throws(Fault) -> Person {
        guard let subject = subject(claims) else { throw .subject }
        guard login.allow.isEmpty || login.allow.contains(where: { $0.isOpen(to: claims) }) else { throw .notAdmitted }
        let names = [Self.verifiedEmail(claims), claims["preferred_username"]?.string, claims["name"]?.string]
        let name = names.lazy.compactMap(\.self).first { !$0.isEmpty && $0.utf8.count <= 256 }
        return Person(subject: subject, name: name ?? subject, authenticatedAt: claims["auth_time"]?.int)
    }

    private static let email = "email"
    private static let emailVerified = "email_verified"

    private func subject(_ claims: JSON) -> String? {
        let text = login.subject == Self.email ? Self.verifiedEmail(claims) : claims[login.subject]?.string
        guard let text, (1...255).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        return login.subjects.first { $0.name.hasSameBytes(as: text) }?.value ?? text
    }

    /// The address, in lower case; nil unless the provider says that it is the person's (`true`, in no other spelling),
    /// and it is one address.
    fileprivate static func verifiedEmail(_ claims: JSON) -> String? {
        guard claims[emailVerified] == .bool(true), let email = claims[email]?.string else { return nil }
        let parts = email.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }),
            email.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { return nil }
        return email.lowercased()
    }
}

extension RuntimeConfig.LoginAdmission {
    /// Whether everything that it says holds of somebody with these claims.
    fileprivate func isOpen(to claims: JSON) -> Bool {
        // A way that says nothing is a mistake, and opens to nobody.
        guard email != nil || domain != nil || !self.claims.isEmpty else { return false }
        let address = LoginPolicy.verifiedEmail(claims)
        if let email, address != email.lowercased() { return false }
        if let domain {
            guard let address, let mark = address.utf8.firstIndex(of: UInt8(ascii: "@")),
                address[address.utf8.index(after: mark)...] == domain.lowercased()
            else { return false }
        }
        return self.claims.allSatisfy { $0.holds(of: claims) }
    }
}
