import Diagnostics
import OAuthModel
import Testing
import WebSyntax

@testable import ConnectorSpec

@Suite struct CatalogueTests {
    @Test("the built-in clients can be read and are those that connect")
    func clients() {
        let catalogue = ClientCatalogue.builtin
        #expect(catalogue.problem == nil)
        #expect(
            catalogue.names == [
                "chatgpt", "codex", "claude", "claude-code", "vscode", "cursor", "inspector", "mcp-remote",
            ])
        #expect(catalogue.profile(named: "claude-ai")?.name == "claude")
    }

    @Test("every redirect and host of a profile is one that the spec could name too")
    func profileValues() {
        for profile in ClientCatalogue.builtin.profiles {
            #expect(!profile.registrationMethods.isEmpty && !profile.authMethods.isEmpty, "\(profile.name)")
            #expect(Set(profile.clientURIHosts).isDisjoint(with: profile.trustedHosts), "\(profile.name)")
            for host in profile.trustedHosts + profile.clientURIHosts {
                #expect(refusal(HostPattern.self, host) == nil, "\(host)")
            }
            for redirect in profile.redirects {
                let isPattern = redirect.uri.utf8.contains(0x7B)
                #expect(isPattern == (redirect.match == .pattern || redirect.match == .loopbackPattern))
                guard !isPattern, let uri = try? CanonicalRedirectURI(parsing: redirect.uri) else {
                    #expect(isPattern, "\(redirect.uri)")
                    continue
                }
                #expect(uri.isLoopback == (redirect.match == .loopback), "\(redirect.uri)")
                #expect(profile.trustedHosts.contains(uri.host ?? ""), "\(redirect.uri) of \(profile.name)")
            }
        }
    }

    @Test("the built-in presets can be read, and no name stands twice in one")
    func presets() {
        let catalogue = PresetCatalogue.builtin
        #expect(catalogue.problem == nil)
        #expect(catalogue.names == ["dexter", "farm", "oauth-proxy", "connectorgen"])
        for preset in catalogue.presets {
            #expect(Set(preset.variables.map(\.name)).count == preset.variables.count)
            for variable in preset.variables { #expect(refusal(EnvironmentName.self, variable.name) == nil) }
        }
    }

    @Test("the built-in providers can be read, and are found by their hosts alone")
    func providers() {
        let catalogue = ProviderCatalogue.builtin
        #expect(catalogue.problem == nil)
        #expect(catalogue.provider(at: "tenant.us.auth0.com")?.issuerEndsInSlash == true)
        #expect(
            catalogue.provider(at: "accounts.google.com")?.registrationMethods[.dcr] == ProviderCatalogue.Offer.none)
        #expect(catalogue.provider(at: "auth0.com") == nil && catalogue.provider(at: "notauth0.com") == nil)
    }

    @Test("every kind of provider has a row that says how people sign in there")
    func logins() throws {
        for provider in LoginProvider.allCases {
            let login = try #require(ProviderCatalogue.builtin.login(at: provider), "\(provider)")
            #expect(!login.card.isEmpty, "\(provider)")
            #expect(login.needsUserAPI != login.scopes.contains("openid"), "\(provider)")
        }
        #expect(ProviderCatalogue.builtin.login(at: .google)?.issuerSpellings == ["accounts.google.com"])
    }

    @Test(
        "a broken data file is a diagnostic and an empty catalogue",
        arguments: ["", "{", "{\"version\":2}", "{\"version\":1,\"profiles\":[{}]}", "[]"])
    func brokenFiles(text: String) {
        let clients = ClientCatalogue(reading: Array(text.utf8))
        #expect(clients.profiles.isEmpty && clients.problem?.code == .brokenCatalogue)
        let presets = PresetCatalogue(reading: Array(text.utf8))
        #expect(presets.presets.isEmpty && presets.problem?.code == .brokenCatalogue)
        let providers = ProviderCatalogue(reading: Array(text.utf8))
        #expect(providers.providers.isEmpty && providers.problem?.code == .brokenCatalogue)
    }

    @Test("data files read well within the time that a start may take")
    func speed() {
        let clock = ContinuousClock()
        _ = ClientCatalogue(reading: EmbeddedCatalogue.clients)
        let time = clock.measure {
            _ = ClientCatalogue(reading: EmbeddedCatalogue.clients)
            _ = PresetCatalogue(reading: EmbeddedCatalogue.presets)
        }
        #expect(time < .milliseconds(100), "a debug build on a busy machine took \(time)")
    }
}
