import JSONSyntax
import OAuthProtocol

/// A pending authorization keeps the request that it began with, as JSON.
extension AuthorizationRequest {
    /// Once somebody has answered, with the answer.
    func storedText(answer: ConsentAnswer? = nil) -> String {
        let members: [JSONMember?] = [
            JSONMember("redirect_uri", .string(redirectURI)),
            state.map { JSONMember("state", .string($0)) }, JSONMember("code_challenge", .string(challenge.text)),
            JSONMember("resource", .string(resource)), JSONMember("scope", .string(Scopes.text(scopes))),
            nonce.map { JSONMember("nonce", .string($0)) }, JSONMember("prompt", .int(prompt.rawValue)),
            maxAge.map { JSONMember("max_age", .int($0)) },
            answer?.member,
        ]
        return String(decoding: JSON.object(members.compactMap(\.self)).encoded(.compact), as: UTF8.self)
    }

    /// Nil for a text that this server did not write.
    init?(stored: String, clientID: String) {
        guard let json = try? JSON.parse(Array(stored.utf8)), let redirect = json["redirect_uri"]?.string,
            let challenge = json["code_challenge"]?.string, let resource = json["resource"]?.string,
            let scope = json["scope"]?.string,
            case .number(let prompt)? = json["prompt"], let prompt = prompt.double
        else { return nil }
        var maxAge: Int?
        if case .number(let number)? = json["max_age"] { maxAge = number.double.map { Int($0) } }
        self.init(
            clientID: clientID, redirectURI: redirect, state: json["state"]?.string,
            challenge: CodeChallenge(stored: challenge), resource: resource,
            scopes: scope.split(separator: " ").map(String.init), nonce: json["nonce"]?.string,
            prompt: Prompt(rawValue: Int(prompt)), maxAge: maxAge)
    }
}
