import Foundation
import JSONSyntax
import TestSupport

/// A realm in a JSON file and a `kcadm.sh` over it, with the habits of the real one that matter: components are not
/// unique by name, a second scope, mapper or assignment of the same name is a conflict, an assignment to a client whose
/// optional scope it is does nothing and says nothing, lists come back in another order, and the server adds keys.
struct FakeRealm {
    let folder: TemporaryFolder
    /// It finds the realm's folder in `FAKE_REALM`.
    let kcadm = Repository.path("Tests/ConnectorBackendsTests/Keycloak/kcadm.sh")

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("realm.json", Self.initial)
        try folder.write("writes", "0\n")
        try folder.write("calls", "")
    }

    var state: JSON {
        get throws { try JSON.parse(Array(try folder.read("realm.json").utf8)) }
    }

    /// The arguments of each call so far, separated by spaces.
    var calls: [Substring] {
        get throws { try folder.read("calls").split(separator: "\n") }
    }

    var writes: Int {
        get throws { Int(try folder.read("writes").split(separator: "\n").first ?? "") ?? 0 }
    }

    private static let initial = """
        {"next": 1,
         "client-scopes": [
           {"id": "s-profile", "name": "profile", "protocol": "openid-connect", "attributes": {}},
           {"id": "s-service", "name": "service_account", "protocol": "openid-connect",
            "attributes": {"include.in.token.scope": "false"}}],
         "default-default-client-scopes": ["s-profile"], "default-optional-client-scopes": [],
         "clients": [{"id": "c-1", "clientId": "account", "publicClient": true, "redirectUris": ["/x"]}],
         "components": [
           {"id": "p-1", "name": "Trusted Hosts", "providerId": "trusted-hosts", "subType": "anonymous",
            "config": {"host-sending-registration-request-must-match": ["true"], "client-uris-must-match": ["true"],
                       "trusted-hosts": ["foreign.example.org"]}},
           {"id": "p-2", "name": "Allowed Client Scopes", "providerId": "allowed-client-templates",
            "subType": "anonymous", "config": {"allow-default-scopes": ["true"]}},
           {"id": "p-3", "name": "Allowed Client Scopes", "providerId": "allowed-client-templates",
            "subType": "authenticated", "config": {"allow-default-scopes": ["true"]}},
           {"id": "p-4", "name": "Max Clients Limit", "providerId": "max-clients", "subType": "anonymous",
            "config": {"max-clients": ["200"]}}]}
        """
}
