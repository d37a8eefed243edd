import JSONSyntax
import OAuthModel
import OAuthProtocol
import RuntimeConfig
import Testing

@Suite("who may come by a login, and what they are called")
struct LoginPolicyTests {
    private func policy(_ change: (inout RuntimeConfig.Login) -> Void = { _ in }) -> LoginPolicy {
        var login = RuntimeConfig.Login(
            provider: .oidc, issuer: "https://login.example.com", clientID: "up", clientSecret: nil, scopes: [],
            parameters: [])
        change(&login)
        return LoginPolicy(login)
    }

    @Test("everything that a way says has to hold, and one way is enough")
    func ways() throws {
        let policy = policy {
            $0.allow = [
                .init(domain: "example.com", claims: [.init(name: "realm_access.roles", value: "mcp")]),
                .init(email: "root@example.net"),
            ]
        }
        #expect(policy.neededClaims == ["sub", "email", "email_verified", "realm_access.roles"])
        let roles: JSON = ["roles": ["mcp", "other"]]
        let person = try policy.person([
            "sub": "a", "email": "a@example.com", "email_verified": true, "realm_access": roles,
        ])
        #expect(person.subject == "a" && person.name == "a@example.com")
        #expect(try policy.person(["sub": "b", "email": "ROOT@example.net", "email_verified": true]).subject == "b")
        for claims: JSON in [
            ["sub": "a", "email": "a@example.com", "email_verified": true], ["sub": "a", "realm_access": roles],
            ["sub": "a", "email": "root@example.net"], ["sub": "a"],
        ] {
            #expect(throws: LoginPolicy.Fault.notAdmitted) { try policy.person(claims) }
        }
    }

    @Test("a way that says nothing opens to nobody")
    func emptyWay() {
        let policy = policy { $0.allow = [.init()] }
        #expect(throws: LoginPolicy.Fault.notAdmitted) { try policy.person(["sub": "a"]) }
    }

    @Test(
        "a subject is text that tokens and headers carry",
        arguments: ["", " ", "a b", "ä", String(repeating: "a", count: 256)])
    func badSubjects(_ subject: String) {
        #expect(throws: LoginPolicy.Fault.subject) { try policy().person(["sub": .string(subject)]) }
    }

    @Test("without a verified address there is no subject by one")
    func email() throws {
        let policy = policy { $0.subject = "email" }
        #expect(policy.neededClaims == ["email", "email_verified"])
        #expect(try policy.person(["email": "A@example.com", "email_verified": true]).subject == "a@example.com")
        #expect(throws: LoginPolicy.Fault.subject) { try policy.person(["email": "a@example.com"]) }
    }
}

@Suite("what a login provider publishes and answers")
struct ProviderAnswerTests {
    private static let document: [(String, JSON)] = [
        ("issuer", "https://login.example.com/t/"), ("authorization_endpoint", "https://login.example.com/a"),
        ("token_endpoint", "https://login.example.com/t"), ("jwks_uri", "https://login.example.com/k"),
    ]

    private func metadata(
        _ changes: [(String, JSON?)], issuer: String = "https://login.example.com/t/"
    ) throws(ProviderMetadata.Fault) -> ProviderMetadata {
        var members = Self.document
        for (name, value) in changes {
            members.removeAll { $0.0 == name }
            if let value { members.append((name, value)) }
        }
        return try ProviderMetadata(.object(members.map { JSONMember($0.0, $0.1) }), issuer: issuer)
    }

    @Test("a document is of the issuer byte for byte, and has what a login needs")
    func documents() throws {
        let found = try metadata([("response_types_supported", ["id_token", "code"])])
        #expect(found.userInfoEndpoint == nil && found.authMethods == nil)
        #expect(throws: ProviderMetadata.Fault.otherIssuer) { try metadata([], issuer: "https://login.example.com/t") }
        #expect(throws: ProviderMetadata.Fault.noCode) { try metadata([("response_types_supported", ["id_token"])]) }
        for name in ["issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"] {
            #expect(throws: ProviderMetadata.Fault.malformed) { try metadata([(name, nil)]) }
        }
    }

    @Test("an error is one whatever its status, and no text of it is kept")
    func errors() {
        let cases: [(Int, String, LoginTokens.Fault)] = [
            (200, #"{"error":"bad_verification_code"}"#, .code), (400, #"{"error":"invalid_scope"}"#, .refused),
            (400, #"{"error":"invalid_grant"}"#, .code),
            (400, #"{"error":"unauthorized_client"}"#, .credentials), (401, "", .credentials),
            (429, "{}", .unavailable), (502, "<html>", .unavailable), (200, "[]", .malformed),
            (200, #"{"access_token":"a","token_type":"mac"}"#, .malformed),
        ]
        for (status, body, fault) in cases {
            #expect(throws: fault) { try LoginTokens(status: status, body: Array(body.utf8)) }
        }
    }
}
