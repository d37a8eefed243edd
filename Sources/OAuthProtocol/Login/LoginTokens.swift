import JSONSyntax
import WebSyntax

/// What a login provider gives for a code (RFC 6749 §5.1, OpenID Connect Core §3.1.3.3).
package struct LoginTokens: Hashable, Sendable {
    package let accessToken: String
    /// Nil from a provider that speaks OAuth 2.0 alone.
    package let idToken: String?

    /// What is wrong with an answer; the texts in it are nobody's to read.
    package enum Fault: Error, Hashable, Sendable {
        case malformed
        /// The code is not good any more, or not ours (`invalid_grant`).
        case code
        /// We are not who we say, or may not do this (`invalid_client`, `unauthorized_client`).
        case credentials
        /// Another error.
        case refused
        /// Too many requests, or a provider that is not well.
        case unavailable
    }

    /// The most bytes of an answer: tokens with many groups in them are long.
    package static let longest = 262_144

    package init(status: Int, body: [UInt8]) throws(Fault) {
        let json = try? JSON.parse(body, limits: JSONLimits(depth: 16, bytes: Self.longest))
        if let error = json?["error"] { throw Self.fault(error.string, status) }
        guard status == 200 else { throw Self.fault(nil, status) }
        guard let json, let access = json["access_token"]?.string, !access.isEmpty,
            let type = json["token_type"]?.string, type.matchesIgnoringCase("Bearer")
        else { throw .malformed }
        accessToken = access
        idToken = json["id_token"]?.string
    }

    private static func fault(_ error: String?, _ status: Int) -> Fault {
        switch (error, status) {
        case ("invalid_client"?, _), ("unauthorized_client"?, _), (nil, 401), (nil, 403): .credentials
        // GitHub's words, which come with 200.
        case ("incorrect_client_credentials"?, _), ("redirect_uri_mismatch"?, _): .credentials
        case ("invalid_grant"?, _), ("bad_verification_code"?, _): .code
        case (_, 429), (_, 500...): .unavailable
        default: .refused
        }
    }
}
