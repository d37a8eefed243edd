import HTTPServer
import OAuthProtocol
import Testing

@testable import AuthServer

@Suite("a consent that is answered twice")
struct RepeatedAnswerTests {
    private func expectExpired(_ ask: () async throws -> Answer) async {
        await #expect(throws: Rejection.expiredTransaction) { _ = try await ask() }
    }

    @Test("C42 sixty-four presses of Allow at once give one code, and each is told it")
    func race() async throws {
        let browser = try SignedInBrowser()
        for _ in 0..<5 {
            let form = try await browser.consent()
            let locations = try await withThrowingTaskGroup(of: String?.self) { group in
                for _ in 0..<64 { group.addTask { try await browser.press("allow", form).location } }
                return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
            }
            #expect(locations.count == 1 && locations.first??.contains("code=cgac_") == true)
        }
    }

    @Test("C42 of Allow and Deny at once one counts, and the other press leads nowhere")
    func contest() async throws {
        let browser = try SignedInBrowser()
        for round in 0..<20 {
            let form = try await browser.consent()
            let outcomes = await withTaskGroup(of: String.self) { group in
                for press in 0..<8 {
                    let decision = (press + round).isMultiple(of: 2) ? "allow" : "deny"
                    group.addTask {
                        do {
                            return try await browser.press(decision, form).location ?? "page"
                        } catch {
                            return "\(error)"
                        }
                    }
                }
                return await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(Set(outcomes.values) == [4] && outcomes["\(Rejection.expiredTransaction)"] == 4, "\(outcomes)")
        }
    }

    @Test("C42 the code is told again as long as it lives, to the one who allowed it")
    func life() async throws {
        let browser = try SignedInBrowser()
        let form = try await browser.consent()
        let first = try await browser.press("allow", form)
        let code = try #require(first.redirectParameter("code"))
        for wrong in ["deny", "another-account", "", "ALLOW"] {
            await expectExpired { try await browser.press(wrong, form) }
        }
        await expectExpired { try await browser.press("allow", form, as: "bob") }
        await expectExpired { try await browser.press("allow", form, as: nil) }
        let password = [("username", "alice"), ("password", "correct horse")]
        await expectExpired { try await browser.post(form, password, to: SignInEndpoint(flow: browser.flow)) }
        browser.pass(TokenIssuer.codeLifetime - .milliseconds(1))
        #expect(try await browser.press("allow", form).location == first.location)
        browser.pass(.milliseconds(1))
        await expectExpired { try await browser.press("allow", form) }
        // Another request has another code, though it is made in the same moment.
        let others = [try await browser.consent(), try await browser.consent()]
        let codes = [
            try await browser.press("allow", others[0]).redirectParameter("code"),
            try await browser.press("allow", others[1]).redirectParameter("code"), code,
        ]
        #expect(Set(codes).count == 3 && !codes.contains(nil))
    }

    @Test("C42 a refusal is told again as long as the page lives, and is never taken back")
    func denial() async throws {
        let browser = try SignedInBrowser()
        let form = try await browser.consent()
        let first = try await browser.press("deny", form)
        #expect(first.redirectParameter("error") == "access_denied")
        browser.pass(AuthorizationFlow.lifetime - .milliseconds(1))
        #expect(try await browser.press("deny", form).location == first.location)
        await expectExpired { try await browser.press("allow", form) }
        await expectExpired { try await browser.press("another-account", form) }
        browser.pass(.milliseconds(1))
        await expectExpired { try await browser.press("deny", form) }
    }
}
