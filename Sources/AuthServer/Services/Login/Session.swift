import Cryptography
import HTTPServer
import JSONSyntax
import OAuthProtocol
import WebSyntax

/// Who signed in with this browser, and when. The cookie is sealed, so that the server needs no table of sessions and
/// nobody else can read or make one, and it is sealed together with the nonce of the browser, so that a copy of it is
/// worth nothing in another.
struct Session: Hashable, Sendable {
    let subject: String
    /// What a person knows themselves by, where that is not the subject.
    let name: String
    let authenticatedAt: UnixTime
    /// The digest of the password of then, or of what stands for it: with another one the session is over.
    let password: SecretHash

    /// Long enough to connect some applications in a row.
    static let lifetime = Duration.seconds(3_600)

    init(subject: String, name: String? = nil, authenticatedAt: UnixTime, password: SecretHash) {
        self.subject = subject
        self.name = name ?? subject
        self.authenticatedAt = authenticatedAt
        self.password = password
    }

    /// Reads the value of a cookie; nil when it is none of ours, was made for another browser, or is over. Throws when
    /// that could not be found out.
    init?(_ text: String, browser: OpaqueToken, key: AEADKey, now: UnixTime) throws(CryptographyError) {
        guard let sealed = Base64URL.decode(text),
            let opened = try key.open(sealed, context: Self.context(browser)), let json = try? JSON.parse(opened),
            let subject = json["sub"]?.string, case .number(let number)? = json["auth_time"], let at = number.double,
            let digest = json["pwd"]?.string.flatMap({ Base64URL.decode($0) }), let password = SecretHash(digest)
        else { return nil }
        self.init(
            subject: subject, name: json["name"]?.string, authenticatedAt: UnixTime(milliseconds: Int64(at)),
            password: password)
        guard now < authenticatedAt + Self.lifetime, authenticatedAt <= now else { return nil }
    }

    /// What the cookie holds, for the browser with that nonce.
    func cookieValue(browser: OpaqueToken, key: AEADKey) throws(CryptographyError) -> String {
        let name = name == subject ? [] : [JSONMember("name", .string(name))]
        let json = JSON.object(
            name + [
                JSONMember("sub", .string(subject)),
                JSONMember("auth_time", .number(JSONNumber(Int(authenticatedAt.milliseconds)))),
                JSONMember("pwd", .string(Base64URL.encode(password.bytes))),
            ])
        return Base64URL.encode(try key.seal(json.encoded(.compact), context: Self.context(browser)))
    }

    private static func context(_ browser: OpaqueToken) -> [UInt8] { Array("session\0\(browser.text)".utf8) }
}
