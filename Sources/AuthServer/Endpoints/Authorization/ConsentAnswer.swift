import JSONSyntax
import OAuthProtocol

/// What a person answered. It is kept with the request until that expires, so that a button pressed twice on a slow
/// line gives one answer twice: browsers drop the answer to the first press when the second one is sent.
enum ConsentAnswer: Hashable, Sendable {
    /// With a code made at that moment, which it can be derived from again.
    case allowed(at: UnixTime)
    case denied

    /// Reads the details of a pending authorization; nil while nobody has answered.
    init?(stored details: String) {
        guard let json = try? JSON.parse(Array(details.utf8)) else { return nil }
        if case .number(let number)? = json[Self.allowedName], let timestamp = number.double {
            self = .allowed(at: UnixTime(milliseconds: Int64(timestamp)))
        } else if json[Self.deniedName] == true {
            self = .denied
        } else {
            return nil
        }
    }

    var member: JSONMember {
        switch self {
        case .allowed(let timestamp):
            JSONMember(Self.allowedName, .number(JSONNumber(Int(timestamp.milliseconds))))
        case .denied: JSONMember(Self.deniedName, true)
        }
    }

    private static let allowedName = "allowed_at"
    private static let deniedName = "denied"
}
