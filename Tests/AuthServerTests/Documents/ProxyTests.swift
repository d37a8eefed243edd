import OAuthModel
import RuntimeConfig
import Testing

@testable import AuthServer

@Suite("a proxy of the environment")
struct ProxyTests {
    private func banner(_ variables: [String: String], registrationMethods: [RegistrationMethod] = [.cimd]) -> String {
        var config = Sample.config()
        config.registrationMethods = registrationMethods
        let loaded = LoadedConfig(config: config, path: "auth.json", digest: "", users: nil)
        let surroundings = Surroundings(
            variable: { variables[$0] }, file: { .failure(SystemFile.Failure(path: $0, code: 2)) })
        return StartupBanner(loaded: loaded, publicAddress: "", privateAddress: "", surroundings: surroundings).text
    }

    @Test("K18 the start says that a proxy of the environment is not used, and not where it is")
    func named() {
        let text = banner(["HTTPS_PROXY": "http://user:secret@proxy.example:3128"])
        #expect(text.contains("  proxy     HTTPS_PROXY is set and not used: client documents are fetched directly\n"))
        #expect(!text.contains("secret") && !text.contains("proxy.example"))
        #expect(banner(["all_proxy": "x", "https_proxy": ""]).contains("all_proxy is set"))
    }

    @Test("K18 without such a variable, or without documents to fetch, nothing is said")
    func silent() {
        #expect(!banner([:]).contains("proxy "))
        #expect(!banner(["http_proxy": "x", "https_proxy": ""]).contains("proxy "))
        #expect(!banner(["https_proxy": "x"], registrationMethods: [.dcr]).contains("proxy "))
    }
}
