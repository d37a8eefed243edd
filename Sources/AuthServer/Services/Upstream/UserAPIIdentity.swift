import HTTPClient
import JSONSyntax
import OAuthProtocol
import RuntimeConfig

/// A provider that speaks OAuth 2.0 alone: an API says whose the access token is. The token has just come from the
/// provider's own token endpoint for a code of ours, so that it is no other application's.
struct UserAPIIdentity: ProviderIdentity {
    private let api: RuntimeConfig.UserAPI
    private let subject: String
    private let client: any IssuerClient

    let takesNonce = false

    private static let longest = 262_144
    /// Claims that are made of the two lists.
    private static let organizations = "organizations"
    private static let organizationIDs = "organization_ids"

    init(_ login: RuntimeConfig.Login, _ api: RuntimeConfig.UserAPI, clients: IssuerClients) {
        self.api = api
        subject = login.subject
        // The operator named all of its URLs.
        client = clients.configured
    }

    func prepare(now: UnixTime) {}

    func endpoints(now: UnixTime) -> ProviderEndpoints {
        ProviderEndpoints(authorization: api.authorizationEndpoint, token: api.tokenEndpoint, authMethods: nil)
    }

    func claims(
        of tokens: LoginTokens, nonce: String, needed: Set<String>, now: UnixTime
    ) async throws(LoginTrouble) -> JSON {
        try await LoginTrouble.mapError { () throws(IssuerTrouble) in
            try await claims(token: tokens.accessToken, needed)
        }
    }

    private func claims(token: String, _ needed: Set<String>) async throws(IssuerTrouble) -> JSON {
        guard var members = try await document(at: api.user, token).members else { throw .malformed }
        // Whatever the account calls itself, a list that is there is what counts.
        let made = (api.emails == nil ? [] : ["email", "email_verified"]) + [Self.organizations, Self.organizationIDs]
        members.removeAll { made.contains($0.name) }
        if let url = api.emails, needed.contains("email"), let address = try await address(at: url, token) {
            members += [JSONMember("email", .string(address)), JSONMember("email_verified", true)]
        }
        if let url = api.organizations, needed.contains(Self.organizations) || needed.contains(Self.organizationIDs) {
            members += try await memberships(at: url, token)
        }
        if !members.contains(where: { $0.name == "preferred_username" }),
            let login = members.first(where: { $0.name == "login" })
        {
            members.append(JSONMember("preferred_username", login.value))
        }
        return .object(members.map { $0.name == subject ? JSONMember($0.name, Self.text($0.value)) : $0 })
    }

    /// The one address that the person mainly has and has proved.
    private func address(at url: String, _ token: String) async throws(IssuerTrouble) -> String? {
        let list = try await list(at: url, token)
        return list.first { $0["primary"] == true && $0["verified"] == true }?["email"]?.string
    }

    private func memberships(at url: String, _ token: String) async throws(IssuerTrouble) -> [JSONMember] {
        let list = try await list(at: url, token)
        return [
            JSONMember(Self.organizations, .array(list.compactMap { $0["login"] })),
            JSONMember(Self.organizationIDs, .array(list.compactMap { $0["id"].map(Self.text) })),
        ]
    }

    /// One page, as long as GitHub makes one: who has more there is admitted by the first hundred.
    private func list(at url: String, _ token: String) async throws(IssuerTrouble) -> [JSON] {
        guard let list = try await document(at: url + "?per_page=100", token).array else { throw .malformed }
        return list
    }

    /// Accounts have whole numbers for ids.
    private static func text(_ value: JSON) -> JSON {
        value.int.map { .string(String($0)) } ?? value
    }

    private func document(at url: String, _ token: String) async throws(IssuerTrouble) -> JSON {
        let answer: HTTPClientResponse
        do throws(HTTPClientError) {
            answer = try await client.document(
                at: url, authorization: "Bearer \(token)", longestBody: Self.longest)
        } catch {
            throw .fetch(error)
        }
        guard answer.status == 200 else { throw .status(Self.isOutage(answer) ? 429 : answer.status) }
        guard let json = try? JSON.parse(answer.body, limits: JSONLimits(depth: 16, bytes: Self.longest)) else {
            throw .malformed
        }
        return json
    }

    /// A limit that GitHub tells with 403 says nothing of the token.
    private static func isOutage(_ answer: HTTPClientResponse) -> Bool {
        answer.status == 403 && (answer["x-ratelimit-remaining"] == "0" || answer["retry-after"] != nil)
    }
}
