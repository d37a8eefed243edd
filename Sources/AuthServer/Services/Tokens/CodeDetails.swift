import JSONSyntax
import OAuthProtocol

/// What a code remembers for an ID token, as JSON.
struct CodeDetails: Hashable, Sendable {
    let nonce: String?
    let authenticatedAt: UnixTime

    var storedText: String {
        let members: [JSONMember?] = [
            nonce.map { JSONMember("nonce", .string($0)) },
            JSONMember("auth_time", .int(Int(authenticatedAt.seconds))),
        ]
        return String(decoding: JSON.object(members.compactMap(\.self)).encoded(.compact), as: UTF8.self)
    }
}
