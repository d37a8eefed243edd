import HTTPClient
import HTTPServer
import JSONSyntax
import OAuthModel
import OAuthProtocol
import OAuthStores
import RuntimeConfig
import Testing

@testable import AuthServer

/// Answers as GitHub gives them: errors with 200, numbers for ids, addresses and organisations in lists of their own.
@Suite("a sign-in at a provider without ID tokens")
struct UserAPILoginTests {
    /// What GitHub's API says; a test changes what it wants to lie about.
    struct Account: Sendable {
        var user: JSON = [
            "login": "octo", "id": 583_231, "name": .null, "email": "boss@example.com", "email_verified": true,
            "organizations": ["example-org"], "organizations_url": "https://api.github.com/users/octo/orgs",
        ]
        var userStatus = 200
        var userFields: [HTTPClientResponse.Field] = []
        var emails: JSON = [
            ["email": "old@example.com", "primary": false, "verified": true],
            ["email": "octo@example.net", "primary": true, "verified": true],
        ]
        var organizations: JSON = [["login": "example-org", "id": 9_919]]
        var token: JSON = ["access_token": "gho_upstream", "token_type": "bearer", "scope": "read:org,read:user"]
    }

    private static let api = RuntimeConfig.UserAPI(
        authorizationEndpoint: "https://github.com/login/oauth/authorize",
        tokenEndpoint: "https://github.com/login/oauth/access_token", user: "https://api.github.com/user",
        emails: "https://api.github.com/user/emails", organizations: "https://api.github.com/user/orgs")

    private func bench(
        _ account: Account = Account(), allow: [RuntimeConfig.LoginAdmission] = []
    ) async throws -> UpstreamBench {
        let bench = try await UpstreamBench { login in
            login.provider = .github
            login.issuer = "https://github.com/login/oauth"
            login.scopes = ["read:user", "user:email", "read:org"]
            login.parameters = []
            login.subject = "id"
            login.renewalPrompt = "select_account"
            login.userAPI = Self.api
            login.allow = allow
        }
        bench.provider.answer { (url, _) throws(HTTPClientError) in
            switch url {
            case Self.api.tokenEndpoint: return ScriptedIssuer.json(account.token)
            case Self.api.user:
                return HTTPClientResponse(
                    status: account.userStatus, fields: account.userFields, body: account.user.encoded(.compact))
            case "https://api.github.com/user/emails?per_page=100": return ScriptedIssuer.json(account.emails)
            case "https://api.github.com/user/orgs?per_page=100": return ScriptedIssuer.json(account.organizations)
            default: throw .unreachable
            }
        }
        return bench
    }

    @Test("people are sent without a nonce, with the challenge, and are their number whatever they call themselves")
    func wholeWay() async throws {
        let bench = try await bench()
        let asked = try await bench.leave()
        #expect(asked["nonce"] == nil && asked["code_challenge_method"] == "S256")
        #expect(asked["scope"] == "read:user user:email read:org" && asked["client_id"] == UpstreamBench.clientID)
        let page = try await bench.comeBack(asked)
        #expect(page.status == 200 && page.body.contains("octo"))
        let code = try #require(try await bench.press("allow", page).redirectParameter("code"))
        let hash = try #require(OpaqueToken(.authorizationCode, presented: code)).hash()
        #expect(try await bench.server.store.authorizationCode(hash)?.subject == "583231")
        #expect(bench.provider.forms.count == 1)
        // Nothing decides by an address or a membership here, so that neither is asked for.
        #expect(bench.provider.questions == [Self.api.tokenEndpoint, Self.api.user])
    }

    @Test("K16 the list of organisations and the proved main address admit, not what the account says of itself")
    func admission() async throws {
        let byOrganization = [
            RuntimeConfig.LoginAdmission(claims: [.init(name: "organizations", value: "example-org")])
        ]
        let byDomain = [RuntimeConfig.LoginAdmission(domain: "example.net")]
        let byNumber = [RuntimeConfig.LoginAdmission(claims: [.init(name: "organization_ids", value: "9919")])]
        for allow in [byOrganization, byDomain, byNumber] {
            let bench = try await bench(allow: allow)
            #expect(try await bench.comeBack(try await bench.leave()).status == 200, "\(allow)")
        }
        var outsider = Account()
        outsider.organizations = [["login": "9919", "id": 1], ["login": "example-org-2", "id": 2]]
        outsider.emails = [
            ["email": "octo@example.net", "primary": true, "verified": false],
            ["email": "second@example.net", "primary": false, "verified": true],
        ]
        for allow in [byOrganization, byDomain, byNumber, [RuntimeConfig.LoginAdmission(domain: "example.com")]] {
            let bench = try await bench(outsider, allow: allow)
            let answer = try await bench.comeBack(try await bench.leave())
            #expect(answer.status == 403 && answer.location == nil, "\(allow)")
        }
    }

    /// Errors as GitHub gives them, with 200, and what the client is told.
    private static let refusals: [(JSON, String)] = [
        (["error": "bad_verification_code", "error_description": "spent"], "server_error"),
        (["error": "incorrect_client_credentials"], "server_error"), (["access_token": "x"], "server_error"),
        ("access_token=gho_upstream&token_type=bearer", "server_error"),
    ]

    @Test("K07 an error that comes with 200, or no token, signs nobody in", arguments: refusals.indices)
    func refusedCode(_ index: Int) async throws {
        var account = Account()
        account.token = Self.refusals[index].0
        let bench = try await bench(account)
        let answer = try await bench.comeBack(try await bench.leave())
        #expect(answer.status == 303 && answer.redirectParameter("error") == Self.refusals[index].1)
        #expect(bench.provider.questions == [Self.api.tokenEndpoint])
    }

    @Test("a limit of the API is an outage, whatever its status; other answers sign nobody in")
    func limits() async throws {
        let cases: [(Int, [HTTPClientResponse.Field], String)] = [
            (403, [.init(name: "x-ratelimit-remaining", value: "0")], "temporarily_unavailable"),
            (403, [.init(name: "retry-after", value: "60")], "temporarily_unavailable"),
            (429, [], "temporarily_unavailable"), (502, [], "temporarily_unavailable"),
            (403, [.init(name: "x-ratelimit-remaining", value: "4999")], "server_error"), (401, [], "server_error"),
        ]
        for (status, fields, told) in cases {
            var account = Account()
            (account.userStatus, account.userFields) = (status, fields)
            let bench = try await bench(account)
            let answer = try await bench.comeBack(try await bench.leave())
            #expect(answer.redirectParameter("error") == told, "\(status) \(fields)")
        }
    }

    @Test("an account without the member that is the subject is nobody", arguments: [nil, "", "a b", true] as [JSON?])
    func noSubject(_ id: JSON?) async throws {
        var account = Account()
        account.user = .object([JSONMember("login", "octo")] + (id.map { [JSONMember("id", $0)] } ?? []))
        let bench = try await bench(account)
        let answer = try await bench.comeBack(try await bench.leave())
        #expect(answer.redirectParameter("error") == "server_error")
    }

    @Test("whoever wants to be another is sent with the prompt that the provider knows")
    func renewal() async throws {
        let bench = try await bench()
        let asked = try await bench.leave([("prompt", "login")])
        #expect(asked["prompt"] == "select_account")
    }
}
