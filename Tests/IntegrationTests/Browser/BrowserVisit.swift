import Foundation
import JSONSyntax
import TestSupport
import Testing

/// A deployment with a person's browser before it, and an application that waits for the answer on loopback.
struct BrowserVisit {
    let live: NginxDeployment
    let browser: Chromium
    /// Where the application listens.
    let application: EchoUpstream

    var origin: String { String(live.url.dropLast("/mcp".count)) }
    var callback: String { "http://127.0.0.1:\(application.port)/callback" }

    /// The connector's own client asks for its scope, for `callback` unless it is said otherwise.
    func authorization(redirect: String? = nil) -> String {
        var address = URLComponents(string: live.url + "/authorize")
        address?.queryItems = [
            ("response_type", "code"), ("client_id", NginxDeployment.client),
            ("redirect_uri", redirect ?? callback), ("state", "a state & more"),
            // The pair of RFC 7636 appendix B.
            ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"), ("code_challenge_method", "S256"),
            ("scope", "mcp.tools offline_access"), ("resource", live.url),
        ].map { URLQueryItem(name: $0.0, value: $0.1) }
        return address?.string ?? ""
    }

    /// The page that asks for name and password.
    func openSignIn(redirect: String? = nil) async throws {
        try await browser.open(authorization(redirect: redirect))
        try await browser.need("#password")
    }

    func signIn(password: String = NginxDeployment.password) async throws {
        try await browser.type(NginxDeployment.user, into: "#username")
        try await browser.type(password, into: "#password")
        try await browser.click("button[type=submit]")
    }

    /// The page that asks whether the application may.
    func openConsent(redirect: String? = nil) async throws {
        try await openSignIn(redirect: redirect)
        try await signIn()
        try await browser.need("button[value=allow]")
    }

    /// The parameters that the application got, once it got them.
    func arrival(at address: String? = nil) async throws -> [String: String] {
        let landed = try await browser.wait(forAddress: (address ?? callback) + "?")
        let items = try #require(URLComponents(string: landed)?.queryItems)
        #expect(Set(items.map(\.name)).count == items.count, "\(landed)")
        return Dictionary(items.map { ($0.name, $0.value ?? "") }) { first, _ in first }
    }

    /// Nothing was refused by a policy, nothing failed to load, and nobody else was asked for anything.
    func expectQuiet(_ place: Comment, others: [String] = []) async throws {
        #expect(try await browser.console() == [], place)
        let own = [origin + "/", "http://127.0.0.1:\(application.port)/", "data:"] + others
        for address in try await browser.requests() {
            #expect(own.contains { address.hasPrefix($0) }, "\(place): \(address)")
        }
    }

    /// Runs a deployment, a browser and an application for the time of the body.
    static func run(
        _ settings: Chromium.Settings = .init(), clients: String = "inspector, claude-code, mcp-remote",
        application: EchoUpstream? = nil, _ body: (BrowserVisit) async throws -> Void
    ) async throws {
        let page = "<!DOCTYPE html><html lang=\"en\"><title>Connected</title><link rel=icon href=\"data:,\">"
        let application = try application ?? EchoUpstream(name: "application", page: page)
        let server = try EchoUpstream(name: "MCP server")
        let live = try await NginxDeployment(for: server, clients: clients)
        try await Chromium.run(settings) { browser in
            try await body(BrowserVisit(live: live, browser: browser, application: application))
        }
    }
}

extension Trait where Self == ConditionTrait {
    /// The browser tests need nginx, Chromium and its driver.
    static var needsBrowser: Self {
        .enabled(
            if: Tool.nginx.isAvailable && Tool.chromium.isAvailable && Tool.chromedriver.isAvailable,
            "nginx, chromium or chromedriver is not installed")
    }
}
