package import ConnectorSpec
package import OAuthModel
import WebSyntax

extension Spec {
    /// The client that the authorization server's one document can name; two that differ where there is a choice, and
    /// the document then names neither.
    package var advertisableClients: [Located<ClientID>] {
        var distinct: [Located<ClientID>] = []
        for section in connectors {
            guard let client = section.clientID.located else { continue }
            if section.publicURL.value.text == issuer.url.value.text { return [client] }
            if distinct.count < 2, client.value != distinct.first?.value { distinct.append(client) }
        }
        return distinct
    }
}
