import ConnectorSpec
import OAuthModel
import WebSyntax

/// What the examples of the rules on logins have in common.
enum LoginExample {
    /// Lines of the issuer with a login at a provider of this kind.
    static func text(_ provider: String, _ issuer: String, _ line: String) -> String {
        "mode: upstream\n# no users\nlogin:\n  provider: \(provider)\n  issuer: \(issuer)\n  client_id: up\n  " + line
    }

    /// At one that speaks OpenID Connect.
    static func text(_ line: String) -> String { text("oidc", "https://login.example.com", line) }
}

extension RuleContext {
    /// What is known of the provider of the login: by its host, and where that may be any, by its kind.
    var loginProvider: ProviderCatalogue.Provider? {
        guard let login = draft.issuer?.login else { return nil }
        let kind = login.provider.value.rawValue
        return providers.provider(at: login.issuer.value.host.text).flatMap { $0.login == nil ? nil : $0 }
            ?? providers.providers.first { $0.name == kind }
    }
}
