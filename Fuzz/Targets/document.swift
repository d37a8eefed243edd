import OAuthModel
import OAuthProtocol
import RuntimeConfig
import WebSyntax

/// A client document describes the client at its own URL, without a secret and within the policy, or it is refused.
func fuzz(_ bytes: [UInt8]) {
    guard let url = ClientDocumentURL("https://app.example/client.json"),
        let client = try? ClientDocument.record(
            bytes, from: url, policy: ClientDocumentPolicy(registration: Policies.registration))
    else { return }
    precondition(client.id == url.text, "another client")
    precondition(
        !client.authMethods.isEmpty && !client.authMethods.contains(where: \.usesSecret), "a client with a secret")
    precondition(!client.redirects.isEmpty && client.redirects.allSatisfy(\.isConcrete), "no redirect to go to")
    for redirect in client.redirects { precondition((try? RedirectURI(redirect.uri)) != nil, "a redirect") }
}
