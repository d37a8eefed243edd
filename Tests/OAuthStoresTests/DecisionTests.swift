import OAuthProtocol
import OAuthStoreConformance
import OAuthStores
import Testing

/// What stores write, decided without one.
@Suite("what is decided about codes, tokens and users, and what follows")
struct DecisionTests {
    private static let grant = Grant(
        id: GrantID(7), clientID: "client", subject: "user", resource: "r", scope: "s", createdAt: Fixture.start,
        expiresAt: Fixture.at(1_000))

    private func refreshToken(_ rotation: RefreshTokenState.Rotation? = nil) -> RefreshToken {
        RefreshToken(
            state: RefreshTokenState(expiresAt: Fixture.at(900), isRevoked: false, rotation: rotation),
            grant: Self.grant)
    }

    @Test("a redeemed code makes a grant whose tokens end with it")
    func redeemed() {
        let claim = CodeClaim(
            code: Fixture.hash(2, 1), presentation: .init(isSameClient: true, isVerified: true),
            accessToken: Fixture.access(1), refreshToken: Fixture.refresh(1), grantExpiresAt: Fixture.at(100))
        let decision = claim.decide(Fixture.code(1), now: Fixture.at(1))
        let grant = NewGrant(
            clientID: "client", subject: "user", resource: "https://r.example/mcp", scope: "mcp.tools mcp.admin",
            expiresAt: Fixture.at(100))
        #expect(
            decision
                == StoreDecision(
                    .redeemed,
                    [
                        .redeem(
                            code: Fixture.hash(2, 1), grant,
                            NewAccessToken(
                                hash: Fixture.hash(3, 1), scope: "mcp.tools", expiresAt: Fixture.at(100)),
                            NewRefreshToken(hash: Fixture.hash(4, 1), expiresAt: Fixture.at(100)))
                    ]))
    }

    @Test("a refused code changes nothing but the count of wrong verifiers, a replayed one ends its grant")
    func refused() {
        let wrong = Fixture.claim(1, isVerified: false).decide(Fixture.code(1), now: Fixture.at(1))
        #expect(
            wrong
                == StoreDecision(
                    .refused(.wrongVerifier, grant: nil), [.setWrongVerifiers(1, ofCode: Fixture.hash(2, 1))]))
        let foreign = Fixture.claim(1, isSameClient: false)
        #expect(foreign.decide(Fixture.code(1), now: Fixture.at(1)).effects == [])
        #expect(foreign.decide(nil, now: Fixture.at(1)) == StoreDecision(.unknown))
        var used = Fixture.code(1)
        used.state.usedAt = Fixture.at(1)
        used.grantID = GrantID(7)
        #expect(
            foreign.decide(used, now: Fixture.at(2))
                == StoreDecision(.refused(.replayed, grant: GrantID(7)), [.endGrant(GrantID(7))]))
        #expect(Fixture.claim(1).decide(used, now: Fixture.at(2)).effects == [])
    }

    @Test("a rotation adds the successor once and an access token each time, and reuse ends the grant")
    func rotated() {
        let rotation = Fixture.rotation(1, to: 2, access: 2, at: Fixture.at(1))
        let access = NewAccessToken(hash: Fixture.hash(3, 2), scope: "mcp.tools", expiresAt: Fixture.at(1_000))
        #expect(
            rotation.decide(refreshToken(), now: Fixture.at(1))
                == StoreDecision(
                    .rotated(successor: Fixture.hash(4, 2), isRepeated: false),
                    [
                        .setSuccessor(Fixture.hash(4, 2), ofRefreshToken: Fixture.hash(4, 1)),
                        .addRefreshToken(
                            NewRefreshToken(hash: Fixture.hash(4, 2), expiresAt: Fixture.at(1_000)), to: GrantID(7)),
                        .addAccessToken(access, to: GrantID(7)),
                    ]))
        let earlier = RefreshTokenState.Rotation(
            at: Fixture.at(1), successor: Fixture.hash(4, 2), isSuccessorUsed: false)
        #expect(
            rotation.decide(refreshToken(earlier), now: Fixture.at(61))
                == StoreDecision(
                    .rotated(successor: Fixture.hash(4, 2), isRepeated: true),
                    [.addAccessToken(access, to: GrantID(7))]))
        #expect(
            rotation.decide(refreshToken(earlier), now: Fixture.at(62))
                == StoreDecision(.refused(.reused, grant: GrantID(7)), [.endGrant(GrantID(7))]))
        let foreign = Fixture.rotation(1, to: 2, access: 2, client: "thief", at: Fixture.at(1))
        #expect(foreign.decide(refreshToken(), now: Fixture.at(1)) == StoreDecision(.foreignClient))
    }

    @Test("users who left and changed passwords end what they have, and each is told once")
    func settled() {
        let (one, two) = (Fixture.secret(9, 1), Fixture.secret(9, 2))
        func settlement(ending: Bool) -> UserSettlement {
            UserSettlement(
                [KnownUser(subject: "alice", password: two), KnownUser(subject: "new", password: one)],
                known: ["alice": one, "bob": one], holders: ["bob", "unauthenticated caller", "alice"],
                endingChanged: ending)
        }
        #expect(Set(settlement(ending: true).ending) == ["bob", "unauthenticated caller", "alice"])
        #expect(Set(settlement(ending: false).ending) == ["bob", "unauthenticated caller"])
        #expect(settlement(ending: true).forgotten == ["bob"])
        #expect(Set(settlement(ending: true).remembered.map(\.subject)) == ["alice", "new"])
        #expect(
            settlement(ending: true).changes(ended: ["bob": 2, "unauthenticated caller": 0, "alice": 1])
                == UserChanges(left: ["bob": 2], changed: ["alice": 1]))
    }
}
