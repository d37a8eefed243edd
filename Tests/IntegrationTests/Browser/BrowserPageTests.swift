import Foundation
import JSONSyntax
import TestSupport
import Testing

@Suite(
    "the pages in Chromium, on a phone and a desktop, light and dark", .needsBrowser,
    .enabled(if: Tool.axe.isAvailable, "Scripts/setup has not installed axe-core"))
struct BrowserPageTests {
    struct Display: Sendable, CustomStringConvertible {
        let phoneWidth: Int?
        let isDark: Bool

        static let all = [
            Display(phoneWidth: 320, isDark: false), Display(phoneWidth: 390, isDark: true),
            Display(phoneWidth: nil, isDark: false), Display(phoneWidth: nil, isDark: true),
        ]

        var settings: Chromium.Settings { Chromium.Settings(phoneWidth: phoneWidth, isDark: isDark) }

        var description: String {
            "\(phoneWidth.map { "phone-\($0)" } ?? "desktop")-\(isDark ? "dark" : "light")"
        }
    }

    @Test("everybody can read and use them, and nothing is wider than the screen", arguments: Display.all)
    func sound(_ display: Display) async throws {
        try await BrowserVisit.run(display.settings, clients: "chatgpt") { visit in
            let browser = visit.browser
            try await visit.openSignIn(redirect: "https://chatgpt.com/connector_platform_oauth_redirect")
            try await expectSound(browser, "sign-in", display)
            try await visit.signIn(password: "wrong password")
            try await visit.browser.need("#password[aria-invalid=true]")
            try await expectSound(browser, "sign-in-refused", display)
            try await browser.type(NginxDeployment.password, into: "#password")
            try await browser.click("button[type=submit]")
            try await browser.need("button[value=allow]")
            try await expectSound(browser, "consent", display)
            try await browser.open(visit.authorization(redirect: "https://elsewhere.example/cb"))
            #expect(try await browser.text.contains("The return address is not allowed"))
            try await expectSound(browser, "message-redirect", display)
        }
    }

    @Test("C07 the warning about an application on this computer can be read as well", arguments: Display.all)
    func warning(_ display: Display) async throws {
        try await BrowserVisit.run(display.settings) { visit in
            try await visit.openConsent()
            try await visit.browser.need(".warning")
            try await expectSound(visit.browser, "consent-loopback", display)
        }
    }

    /// What axe-core finds (WCAG 2.1 A and AA, and its best practices), and what it does not look for.
    private func expectSound(_ browser: Chromium, _ name: String, _ display: Display) async throws {
        let place: Comment = "\(name) \(display)"
        try await browser.keepPicture("\(name)-\(display)")
        let axe = try String(contentsOfFile: Tool.axe.required(), encoding: .utf8)
        let found = try await browser.evaluate(
            """
            \(axe)
            return axe.run(document).then(result => ({
                passes: result.passes.length,
                violations: result.violations.map(
                    v => v.id + ': ' + v.help + ': ' + v.nodes.map(n => n.html).join(' '))
            }))
            """)
        #expect(found["violations"] == [], place)
        #expect((found["passes"]?.int ?? 0) > 10, place)
        let page = try await browser.evaluate(
            """
            const root = document.documentElement
            const named = [...document.querySelectorAll('input:not([type=hidden])')]
            return {
                lang: root.lang, headings: document.querySelectorAll('h1').length,
                unlabelled: named.filter(e => !e.labels.length).length, scripts: document.scripts.length,
                tooWide: root.scrollWidth - root.clientWidth,
                small: [...document.querySelectorAll('button, a')].filter(e => e.offsetHeight < 44).length
            }
            """)
        let wanted: JSON = ["lang": "en", "headings": 1, "unlabelled": 0, "scripts": 0, "tooWide": 0, "small": 0]
        for member in wanted.members ?? [] { #expect(page[member.name] == member.value, "\(place): \(member.name)") }
    }
}
