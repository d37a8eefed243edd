import ConnectorPlan
import ConnectorSpec
import Diagnostics
import OAuthModel
import RuntimeConfig
import Testing

@Suite("who may come in, and by which registration method")
struct ClientTests {
    @Test("a profile brings its redirects and hosts, and the registration methods that are offered")
    func profile() throws {
        let planned = try Planned(Planned.spec(more: "clients: [chatgpt]\ntrusted_hosts: [example.org]"))
        let client = try #require(planned.plan.clients.first)
        #expect(client.profile == "chatgpt" && client.registrationMethods == [.cimd, .dcr, .predefined])
        #expect(planned.plan.redirects.contains { $0.uri == "https://chatgpt.com/connector_platform_oauth_redirect" })
        #expect(planned.plan.trustedHosts.first?.pattern == "example.org")
        #expect(planned.plan.trustedHosts.contains { $0.pattern == "chatgpt.com" && $0.source == "chatgpt" })
        #expect(planned.plan.redirects.allSatisfy { !$0.uri.contains("*") })
    }

    @Test("the connector's own client id is a predefined client with the deployment's redirects")
    func connectorClient() throws {
        let planned = try Planned(Planned.spec(more: "clients: [chatgpt]"))
        let client = try #require(planned.plan.clients.first { $0.id == "cid_example" })
        #expect(client.redirects == planned.plan.redirects && client.authMethods == [.none])
        let runtime = try #require(planned.plan.runtime.clients.first)
        #expect(runtime.id == "cid_example" && runtime.redirects.isEmpty)
    }

    @Test("a client with a secret may send it either way, unless the spec names one")
    func secretMethods() throws {
        let secret = "secret: { env: BOT_SECRET }"
        let specs = [
            ("{ id: bot, \(secret) }", ["client_secret_basic", "client_secret_post"]),
            ("{ id: bot, auth_method: client_secret_post, \(secret) }", ["client_secret_post"]),
            ("{ id: bot }", ["none"]),
        ]
        for (client, methods) in specs {
            let planned = try Planned(Planned.spec(more: "clients:\n  - \(client)"))
            let runtime = try #require(planned.plan.runtime.clients.first { $0.id == "bot" })
            #expect(runtime.authMethods.map(\.rawValue) == methods, "\(client)")
        }
    }

    @Test("a profile that cannot use any registration method has none, and an ignored client has no redirects")
    func laneless() throws {
        let planned = try Planned(
            Planned.spec(
                issuerKeys: "registration: [predefined]",
                more: "clients:\n  - codex\n  - { id: app_old, status: ignored }"))
        #expect(planned.plan.clients.first { $0.profile == "codex" }?.registrationMethods == [])
        #expect(planned.plan.clients.first { $0.id == "app_old" }?.redirects.isEmpty == true)
    }

    @Test(
        "registration methods and dcr may not contradict",
        arguments: [
            "registration: [predefined]\ndcr: dynamic", "registration: [dcr]\ndcr: \"off\"",
        ])
    func contradiction(keys: String) throws {
        let planned = try Planned(Planned.spec(issuerKeys: keys))
        #expect(planned.diagnostics.map(\.code) == [.registrationContradiction])
        #expect(planned.diagnostics[0].secondary.count == 1)
    }

    @Test("redirects of one's own are loopback-compared only for native clients")
    func redirectMatch() throws {
        let planned = try Planned(
            Planned.spec(
                more: """
                    clients:
                      - id: app_mine
                        redirect_uris: ["http://127.0.0.1/callback", "https://app.example.org/callback"]
                    """))
        #expect(planned.plan.clients[0].redirects.map(\.match) == [.loopback, .exact])
        #expect(planned.plan.runtime.clients[0].redirects.count == 2)
    }

    @Test("F48 a redirect of an application is admitted by scheme and path, by Keycloak by its host part")
    func trustedRedirects() throws {
        let planned = try Planned(
            Planned.spec(
                more: "clients: [claude]\ntrusted_redirects: [\"com.raycast:/oauth\", \"vscode://publisher.ext/cb\"]"))
        #expect(planned.diagnostics.isEmpty)
        let runtime = planned.plan.runtime
        for uri in ["com.raycast:/oauth", "vscode://publisher.ext/cb"] {
            #expect(runtime.redirects.contains(RuntimeConfig.Redirect(uri: uri, match: .exact)))
        }
        #expect(!runtime.trustedHosts.contains { $0.contains("raycast") || $0.contains("publisher") })
        #expect(planned.plan.value(forKey: "redirect_uris")?.text?.contains("com.raycast:/oauth") == true)
    }

    @Test(
        "F47 static-client needs a client that can be everybody's and does for every connector",
        arguments: [
            ("", "", nil),
            ("clients: [{ id: cid_example, secret: { env: SHARED } }]", "", "does without a secret"),
            ("clients: [{ id: cid_example, secret: { env: SHARED } }, { id: cid_all }]", "", nil),
            ("", "cid_other", "belongs to some of the connectors alone"), ("", "cid_example", nil),
            ("clients: [{ id: cid_all }]", "cid_other", nil),
            ("clients: [{ id: cid_all, status: ignored }]", "cid_other", "belongs to some"),
        ])
    func staticClient(more: String, other: String, problem: String?) throws {
        let second =
            other.isEmpty
            ? ""
            : "  other: { public_url: https://mcp.example.com/o, upstream: http://127.0.0.1:3931, client_id: \(other) }\n"
        let text = Planned.spec(issuerKeys: "dcr: static-client", more: more)
            .replacing("connectors:\n", with: "connectors:\n" + second)
        let planned = try Planned(text)
        let errors = planned.diagnostics.filter { $0.severity == .error }
        #expect(errors.map(\.code) == (problem == nil ? [] : [.staticClientMissing]))
        if let problem { #expect(errors.first?.message.contains(problem) == true, "\(errors.map(\.message))") }
        #expect(planned.plan.runtime.sharedClients.isEmpty == (problem != nil))
        if other == "cid_other", problem == nil {
            #expect(planned.plan.runtime.sharedClients.map(\.id) == ["cid_all"])
        }
    }

    @Test("an issuer that people cannot sign in to is an error", arguments: ["upstream", "local"])
    func loginMissing(mode: String) throws {
        let text = Planned.spec().replacing("mode: local", with: "mode: \(mode)")
            .replacing("  users: { file: /etc/connectorgen/users }\n", with: "")
        #expect(try Planned(text).diagnostics.map(\.code) == [.loginMissing])
    }
}
