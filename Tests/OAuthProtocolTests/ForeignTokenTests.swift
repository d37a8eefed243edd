import JSONSyntax
import OAuthProtocol
import RuntimeConfig
import Testing

@Suite("access tokens of another issuer")
struct ForeignTokenTests {
    private static let issuer = "https://login.example.com/realms/mcp"
    private static let resource = "https://mcp.example.com/mcp"
    private let policy = ForeignToken.Policy(issuer: issuer, leeway: 30)

    /// A good token of 1000 to 2000, with claims changed; null takes one away.
    private func claims(_ changes: (String, JSON)...) -> JSON {
        var members: [(String, JSON)] = [
            ("iss", .string(Self.issuer)), ("sub", "alice"), ("aud", .string(Self.resource)), ("azp", "cid_client"),
            ("scope", "mcp.tools openid"), ("iat", 1000), ("exp", 2000),
        ]
        for (name, value) in changes {
            members.removeAll { $0.0 == name }
            if value != .null { members.append((name, value)) }
        }
        return .object(members.map { JSONMember($0.0, $0.1) })
    }

    private func facts(
        _ claims: JSON, at now: Int = 1500, _ resource: RuntimeConfig.Resource = Sample.resource()
    ) throws -> AccessTokenFacts? {
        try ForeignToken(signed: claims, policy).facts(for: resource, now: now)
    }

    @Test("a good token says who it is, by which client, with which scopes")
    func good() throws {
        let facts = try #require(try facts(claims()))
        #expect(facts.subject == "alice" && facts.clientID == "cid_client" && facts.issuer == Self.issuer)
        #expect(facts.scopes == ["mcp.tools", "openid"] && facts.audience == Self.resource)
    }

    @Test("scopes are read from scope or scp, as a text or a list; the client by each of its names")
    func dialects() throws {
        let entra = claims(("scope", .null), ("scp", "mcp.tools"), ("azp", .null), ("appid", "cid_entra"))
        #expect(try facts(entra)?.scopes == ["mcp.tools"])
        #expect(try facts(entra)?.clientID == "cid_entra")
        let okta = claims(("scope", .null), ("scp", ["mcp.tools", "x"]), ("azp", .null), ("cid", "cid_okta"))
        #expect(try facts(okta)?.scopes == ["mcp.tools", "x"])
        #expect(try facts(okta)?.clientID == "cid_okta")
        #expect(try facts(claims(("scope", 7)))?.scopes == [])
    }

    @Test("J06 only an audience of exactly these bytes counts, alone or in a list")
    func audience() throws {
        for audience: JSON in [.string(Self.resource), [.string(Self.resource), "other"]] {
            #expect(try facts(claims(("aud", audience))) != nil)
        }
        for audience: JSON in [
            "https://mcp.example.com", "https://mcp.example.com/mcp/", "https://MCP.example.com/mcp", "other",
            ["a", "b"],
        ] {
            #expect(try facts(claims(("aud", audience))) == nil, "\(audience)")
        }
        for audience: JSON in [.null, "", [], 7, ["a", 7]] {
            #expect(throws: ForeignToken.Fault.self, "\(audience)") { try facts(claims(("aud", audience))) }
        }
        var resource = Sample.resource()
        resource.audiences = ["kura-notes", "api://example"]
        #expect(try facts(claims(("aud", "kura-notes")), resource)?.audience == Self.resource)
        #expect(try facts(claims(), resource) == nil)
    }

    @Test("a token counts from its beginning to its end, with the leeway and no longer")
    func time() throws {
        for (now, isGood) in [(970, true), (969, false), (2029, true), (2030, false)] {
            #expect((try facts(claims(), at: now) != nil) == isGood, "\(now)")
        }
        #expect(try facts(claims(("nbf", 1600)), at: 1569) == nil)
        #expect(try facts(claims(("nbf", 1600)), at: 1570) != nil)
        for (name, value) in [("exp", "2000"), ("exp", .null), ("exp", true), ("exp", -1), ("iat", "x"), ("nbf", [])]
            as [(String, JSON)]
        {
            #expect(throws: ForeignToken.Fault.self, "\(name)") { try facts(claims((name, value))) }
        }
    }

    @Test(
        "another issuer, another kind of token, a bound one and one of nobody are refused",
        arguments: [
            ("iss", "https://login.example.com/realms/mcp/"), ("iss", "https://LOGIN.example.com/realms/mcp"),
            ("iss", .null),
            ("iss", ["https://login.example.com/realms/mcp"]), ("typ", "ID"), ("typ", "Refresh"), ("typ", "Offline"),
            ("typ", 1), ("token_use", "id"), ("at_hash", "x"), ("c_hash", "x"), ("events", [:]), ("cnf", ["jkt": "x"]),
            ("sub", .null), ("sub", ""), ("sub", 7),
        ] as [(String, JSON)])
    func refused(claim: (name: String, value: JSON)) {
        #expect(throws: ForeignToken.Fault.self) {
            try ForeignToken(signed: claims((claim.name, claim.value)), policy)
        }
    }

    @Test("Keycloak's own type of an access token is one")
    func keycloak() throws {
        #expect(try facts(claims(("typ", "Bearer"))) != nil)
        #expect(try facts(claims(("token_use", "access"))) != nil)
    }

    @Test("an answer to an introspection counts when it is active, ours and for here")
    func introspection() throws {
        func read(_ claims: JSON) throws -> ForeignToken {
            try ForeignToken(introspected: claims, answeredUntil: 1530, policy)
        }
        let active = claims(("active", true), ("token_type", "bearer"))
        #expect(try read(active).facts(for: Sample.resource(), now: 1500)?.subject == "alice")
        // Without an end it lasts as long as the answer.
        let endless = try read(claims(("active", true), ("exp", .null), ("iss", .null)))
        #expect(endless.expires == 1560)
        for wrong in [
            claims(), claims(("active", false)), claims(("active", "true")), claims(("active", 1)),
            claims(("active", true), ("token_type", "DPoP")), claims(("active", true), ("iss", "https://evil.example")),
            claims(("active", true), ("aud", .null)), claims(("active", true), ("sub", .null)),
        ] {
            #expect(throws: ForeignToken.Fault.self) { try read(wrong) }
        }
    }
}
