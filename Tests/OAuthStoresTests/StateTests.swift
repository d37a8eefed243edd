import OAuthProtocol
import OAuthStoreConformance
import TestSupport
import Testing

@Suite("codes and refresh tokens change by pure functions")
struct StateTests {
    @Test("a code that is redeemed never is again, whatever comes in between, seed 7")
    func once() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<2000 {
            var state = AuthorizationCodeState(expiresAt: Fixture.at(60))
            var redeemed = 0
            var time = Fixture.start
            for _ in 0..<12 {
                time = time + .milliseconds(Int.random(in: 0...20_000, using: &generator))
                let (next, decision) = state.transition(
                    .init(
                        isSameClient: Bool.random(using: &generator), isVerified: Bool.random(using: &generator)),
                    now: time)
                if decision == .redeem {
                    redeemed += 1
                    #expect(time < Fixture.at(60))
                }
                state = next
            }
            #expect(redeemed <= 1)
            #expect(state.wrongVerifiers <= AuthorizationCodeState.verifierLimit)
        }
    }

    @Test("a clock that jumps back neither revives a code nor ends a grant")
    func jump() {
        var state = AuthorizationCodeState(expiresAt: Fixture.at(60))
        state = state.transition(.init(isSameClient: true, isVerified: true), now: Fixture.at(10)).state
        let back = state.transition(.init(isSameClient: true, isVerified: true), now: Fixture.at(-3600))
        #expect(back.decision == .lostRace)
        let rotated = RefreshTokenState(
            expiresAt: Fixture.at(1000), isRevoked: false,
            rotation: .init(at: Fixture.at(10), successor: Fixture.hash(4, 2), isSuccessorUsed: false))
        #expect(
            rotated.presented(successor: Fixture.hash(4, 2), now: Fixture.at(-3600))
                == .sameSuccessor(Fixture.hash(4, 2)))
    }

    @Test("a successor that cannot be told again is refused without harm")
    func lost() {
        let rotated = RefreshTokenState(
            expiresAt: Fixture.at(1000), isRevoked: false,
            rotation: .init(at: Fixture.at(10), successor: Fixture.hash(4, 2), isSuccessorUsed: false))
        #expect(rotated.presented(successor: Fixture.hash(4, 3), now: Fixture.at(11)) == .successorLost)
    }

    @Test("times count exactly in both directions")
    func times() {
        #expect(Fixture.start + .milliseconds(1) > Fixture.start)
        #expect((Fixture.start + .milliseconds(1500)) - Fixture.start == .milliseconds(1500))
        #expect((Fixture.start - .milliseconds(1)).seconds == Fixture.start.seconds - 1)
    }

    @Test("a digest has 32 bytes, and its description is too short to look it up")
    func digests() {
        #expect(SecretHash([UInt8](repeating: 1, count: 31)) == nil)
        #expect(SecretHash([UInt8](repeating: 1, count: 33)) == nil)
        #expect("\(Fixture.secret(1, 2))".count == 8)
    }

    @Test("the hash of a token is led by the moment it was made, tells it, and knows its secret at any moment")
    func tokenHashes() {
        #expect(TokenHash([UInt8](repeating: 1, count: 31)) == nil)
        #expect(TokenHash([UInt8](repeating: 1, count: 33)) == nil)
        #expect(TokenHash(madeAt: Fixture.start, digest: [UInt8](repeating: 1, count: 25)) == nil)
        let hash = Fixture.hash(1, 2, madeAt: Fixture.start)
        #expect(hash.madeAt == Fixture.start)
        #expect(hash.bytes.starts(with: [0x01, 0xA3, 0x18, 0x5C, 0x50, 0x00]))
        #expect(hash != Fixture.hash(1, 2) && hash.isOfSameSecret(as: Fixture.hash(1, 2)))
        #expect(!hash.isOfSameSecret(as: Fixture.hash(1, 3, madeAt: Fixture.start)))
        #expect("\(hash)".count == 8)
    }
}
