import Cryptography
import HTTPServer
import JSONSyntax
import OAuthProtocol

/// Who signed in with this browser, and when. The cookie is sealed, so that the server needs no table of sessions and
/// nobody else can read or make one.
struct Session: Hashable, Sendable {
    let subject: String
    let authenticatedAt: UnixTime
    /// The digest of the password of then: with another one the session is over.
    let password: SecretHash

    static let lifetime = Duration.seconds(8 * 3600)
    private static let context = Array("session".utf8)

    init(subject: String, authenticatedAt: UnixTime, password: SecretHash) {
        self.subject = subject
        self.authenticatedAt = authenticatedAt
        self.password = password
    }

    /// The session of a request; nil when there is none, when it is over, or when the cookie is not one of ours.
    init?(of request: HTTPRequest, key: AEADKey, now: UnixTime) {
        guard let text = BrowserCookie.session.value(in: request), let sealed = Base64URL.decode(text),
            let opened = key.open(sealed, context: Self.context), let json = try? JSON.parse(opened),
            let subject = json["sub"]?.string, case .number(let number)? = json["auth_time"], let at = number.double,
            let digest = json["pwd"]?.string.flatMap({ Base64URL.decode($0) }), let password = SecretHash(digest)
        else { return nil }
        self.init(subject: subject, authenticatedAt: UnixTime(milliseconds: Int64(at)), password: password)
        guard now < authenticatedAt + Self.lifetime, authenticatedAt <= now else { return nil }
    }

    func cookieValue(key: AEADKey) throws(CryptographyError) -> String {
        let json = JSON.object([
            JSONMember("sub", .string(subject)),
            JSONMember("auth_time", .number(JSONNumber(Int(authenticatedAt.milliseconds)))),
            JSONMember("pwd", .string(Base64URL.encode(password.bytes))),
        ])
        return Base64URL.encode(try key.seal(json.encoded(.compact), context: Self.context))
    }
}
