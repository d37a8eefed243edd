import Foundation
import JSONSyntax
import TestSupport
import Testing

/// A realm in a JSON file and a `kcadm.sh` over it, with the habits of the real one that matter: components are not
/// unique by name, a second scope or assignment of the same name is a conflict, an assignment to a client whose
/// optional scope it is does nothing and says nothing, absent attributes stay, and lists come back in another order.
struct FakeRealm {
    let folder: TemporaryFolder
    /// It finds the realm's folder in `FAKE_REALM`.
    let kcadm = Repository.path("Tests/ConnectorBackendsTests/Keycloak/kcadm.sh")

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("realm.json", Self.initial)
        try folder.write("serverinfo.json", #"{"systemInfo": {"version": "26.7.3"}, "features": []}"#)
        try folder.write("writes", "0\n")
        try folder.write("calls", "")
    }

    var state: JSON {
        get throws { try JSON.parse(Array(try folder.read("realm.json").utf8)) }
    }

    /// The policies of clients that register, by provider and sub-type.
    func policies(_ provider: String, _ subType: String = "anonymous") throws -> [JSON] {
        let all = try state["components"]?["org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy"]
        return (all?.array ?? []).filter { $0["providerId"]?.string == provider && $0["subType"]?.string == subType }
    }

    func scope(_ name: String) throws -> JSON? {
        try state["clientScopes"]?.array?.first { $0["name"]?.string == name }
    }

    func client(_ id: String) throws -> JSON? {
        try state["clients"]?.array?.first { $0["clientId"]?.string == id }
    }

    /// Writes the realm with a part of its text replaced, which has to be there.
    func change(_ old: String, to new: String, location: SourceLocation = #_sourceLocation) throws {
        let text = try folder.read("realm.json")
        try #require(text.contains(old), sourceLocation: location)
        try folder.write("realm.json", text.replacing(old, with: new))
    }

    /// The arguments of each call so far, separated by spaces.
    var calls: [Substring] {
        get throws { try folder.read("calls").split(separator: "\n") }
    }

    var writes: Int {
        get throws { Int(try folder.read("writes").split(separator: "\n").first ?? "") ?? 0 }
    }

    /// As a realm export has it.
    private static let initial = """
        {"next": 1, "realm": "mcp", "id": "r-1", "attributes": {"theirs": "x"},
         "clientScopes": [
           {"id": "s-profile", "name": "profile", "protocol": "openid-connect", "attributes": {}},
           {"id": "s-service", "name": "service_account", "protocol": "openid-connect",
            "attributes": {"include.in.token.scope": "false"}}],
         "defaultDefaultClientScopes": ["profile"], "defaultOptionalClientScopes": [],
         "clients": [{"id": "c-1", "clientId": "account", "publicClient": true, "redirectUris": ["/x"]}],
         "clientProfiles": {"profiles": []}, "clientPolicies": {"policies": []},
         "components": {"org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy": [
           {"id": "p-1", "name": "Trusted Hosts", "providerId": "trusted-hosts", "subType": "anonymous",
            "config": {"host-sending-registration-request-must-match": ["true"], "client-uris-must-match": ["true"],
                       "trusted-hosts": ["foreign.example.org"]}},
           {"id": "p-2", "name": "Allowed Client Scopes", "providerId": "allowed-client-templates",
            "subType": "anonymous", "config": {"allow-default-scopes": ["true"]}},
           {"id": "p-3", "name": "Allowed Client Scopes", "providerId": "allowed-client-templates",
            "subType": "authenticated", "config": {"allow-default-scopes": ["true"]}},
           {"id": "p-4", "name": "Max Clients Limit", "providerId": "max-clients", "subType": "anonymous",
            "config": {"max-clients": ["200"]}}]}}
        """
}
