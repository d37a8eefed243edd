import JSONSyntax
import OAuthProtocol
import RuntimeConfig
import Testing

@Suite("who may come to a resource")
struct AdmissionDecisionTests {
    private typealias Way = RuntimeConfig.Admission

    private func facts(_ claims: JSON? = nil, subject: String = "alice", scopes: [String] = ["mcp.tools"])
        -> AccessTokenFacts
    {
        AccessTokenFacts(
            issuer: "https://login.example.com", subject: subject, clientID: "c", audience: Sample.resource().resource,
            scopes: scopes, issued: 0, expires: 100, claims: claims)
    }

    private func decision(_ ways: [RuntimeConfig.Admission], _ facts: AccessTokenFacts) -> AdmissionDecision {
        var resource = Sample.resource()
        resource.admissions = ways
        return resource.admission(of: facts)
    }

    @Test("without a list everybody is let in; with one, whom an entry names in all that it says")
    func ways() {
        #expect(decision([], facts()) == .admitted)
        #expect(decision([Way(subject: "alice")], facts()) == .admitted)
        #expect(decision([Way(subject: "Alice")], facts()) == .refused)
        #expect(decision([Way(subject: "bob"), Way(subject: "alice")], facts()) == .admitted)
        let both = Way(subject: "alice", claims: [.init(name: "hd", value: "example.com")])
        #expect(decision([both], facts(["hd": "example.com"])) == .admitted)
        #expect(decision([both], facts(["hd": "evil.example"])) == .refused)
        #expect(decision([both], facts()) == .refused)
    }

    @Test(
        "a claim is a text, a boolean, a number or a list of them, at its place",
        arguments: [
            ("groups", "staff", ["groups": ["users", "staff"]], true), ("groups", "staff", ["groups": "staff"], true),
            ("groups", "staff", ["groups": ["Staff", "staffx"]], false),
            ("groups", "staff", ["groups": [["staff"]]], false),
            ("realm_access.roles", "mcp", ["realm_access": ["roles": ["mcp"]]], true),
            ("realm_access.roles", "mcp", ["realm_access": "mcp"], false),
            ("https://example.com/roles", "mcp", ["https://example.com/roles": ["mcp"]], true),
            ("email_verified", "true", ["email_verified": true], true),
            ("email_verified", "true", ["email_verified": false], false), ("level", "3", ["level": 3], true),
            ("level", "3", ["level": [1, 3]], true), ("level", "3", ["level": .null], false),
            ("level", "3", [:], false),
        ] as [(String, String, JSON, Bool)])
    func claims(name: String, value: String, claims: JSON, isAdmitted: Bool) {
        let way = Way(claims: [.init(name: name, value: value)])
        #expect(decision([way], facts(claims)) == (isAdmitted ? .admitted : .refused))
    }

    @Test("more scope is asked for only where it would help")
    func scopes() {
        let ways = [Way(subject: "alice", scopes: ["mcp.admin"]), Way(subject: "bob")]
        #expect(decision(ways, facts()) == .lacksScopes(["mcp.admin"]))
        #expect(decision(ways, facts(scopes: ["mcp.admin"])) == .admitted)
        #expect(decision(ways, facts(subject: "eve")) == .refused)
        #expect(decision([ways[0], Way(subject: "alice")], facts()) == .admitted)
    }

    @Test("the verdict is 403 without a challenge for somebody who is not let in, and names the scope that would help")
    func verdicts() {
        var resource = Sample.resource()
        resource.admissions = [Way(subject: "alice", scopes: ["mcp.admin"])]
        let asked = VerificationRequest(
            resources: [resource.resource], authorization: "Bearer a", origin: nil, originalMethod: "POST",
            requestedMethod: nil)
        #expect(asked.verdict(.issued(facts(subject: "eve")), for: resource, now: 0) == .notAdmitted)
        // Somebody who would not be let in is not told to ask for scopes either.
        #expect(asked.verdict(.issued(facts(subject: "eve", scopes: [])), for: resource, now: 0) == .notAdmitted)
        let challenge = BearerChallenge(resource: resource, error: .insufficientScope, further: ["mcp.admin"])
        #expect(challenge.scopes == ["mcp.tools", "mcp.admin"])
        #expect(asked.verdict(.issued(facts()), for: resource, now: 0) == .challenge(challenge))
        let good = facts(scopes: ["mcp.tools", "mcp.admin"])
        #expect(asked.verdict(.issued(good), for: resource, now: 0) == .pass(good))
        // The operator gave the token to a program for this very resource.
        #expect(
            asked.verdict(.granted(facts(subject: "bridge")), for: resource, now: 0) == .pass(facts(subject: "bridge")))
    }

    @Test("a token of the application's own is handed on as it came, behind the same look at origin and target")
    func handedOn() {
        let resource = Sample.resource()
        func asked(origin: String? = nil, target: String? = nil) -> VerificationRequest {
            VerificationRequest(
                resources: [resource.resource], authorization: "bearer pat_1", origin: origin, originalMethod: "POST",
                requestedMethod: nil, originalTarget: target)
        }
        #expect(asked().verdict(.applications, for: resource, now: 0) == .handOn("bearer pat_1"))
        #expect(asked(origin: "https://evil.example").verdict(.applications, for: resource, now: 0) == .foreignOrigin)
        #expect(asked(target: "/mcp/..;/x").verdict(.applications, for: resource, now: 0) == .ambiguousTarget)
        var passing = resource
        passing.passedPrefixes = ["pat_", "sk-"]
        #expect(passing.passes(token: "pat_1") && passing.passes(token: "sk-1"))
        for token in ["Pat_1", "xpat_1", "pat", "eyJhbGciOiJub25lIn0.e30."] { #expect(!passing.passes(token: token)) }
        #expect(!resource.passes(token: "pat_1"))
    }
}
