import ConnectorPlan
import Diagnostics
import JSONSyntax
import ObservedFiles

/// A realm as a file shows it, with the places of everything.
struct LiveRealm {
    static let policyType = "org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy"

    let file: FileID
    private let root: JSONNode
    /// What `status.sh --json` says besides; nil for an export.
    let status: JSONNode?
    let scopes: [JSONNode]
    /// Nil where the file was made without clients: nothing is said of them.
    let clients: [JSONNode]?
    /// Client registration policies, of anonymous and of other clients.
    let policies: [JSONNode]
    private let scopeByName: [String: JSONNode]
    private let clientByID: [String: JSONNode]

    init(_ root: JSONNode, of file: RealmFile) {
        self.file = file.id
        self.root = root
        status = file.status
        scopes = root["clientScopes"]?.elements ?? []
        clients = root["clients"]?.elements
        policies = root["components"]?[Self.policyType]?.elements ?? []
        scopeByName = Self.index(scopes, by: "name")
        clientByID = Self.index(clients ?? [], by: "clientId")
    }

    private static func index(_ nodes: [JSONNode], by name: String) -> [String: JSONNode] {
        Dictionary(nodes.compactMap { node in node[name]?.string.map { ($0, node) } }) { first, _ in first }
    }

    func scope(_ name: String) -> JSONNode? { scopeByName[name] }
    func client(_ id: String) -> JSONNode? { clientByID[id] }

    subscript(_ name: String) -> JSONNode? { root[name] }

    /// Texts of a list of the realm.
    func texts(_ name: String) -> [String] { root[name]?.texts ?? [] }

    /// Some rights do not suffice to see clients of others.
    var isLimited: Bool { status?["limited"]?.bool == true }

    // MARK: Places

    func span(_ node: JSONNode) -> Span { Span(file, node.range.lowerBound, node.range.upperBound) }

    /// The name of the member, or of the one around it where there is none of that name.
    func place(of name: String, in node: JSONNode? = nil) -> Span {
        let node = node ?? root
        if let member = node.member(name) {
            return Span(file, member.nameRange.lowerBound, member.nameRange.upperBound)
        }
        return head(of: node)
    }

    /// What an object is known by, rather than the whole of it.
    func head(of node: JSONNode) -> Span {
        for name in ["name", "clientId", "realm", "providerId"] {
            if let value = node[name] { return span(value) }
        }
        return Span(file, node.range.lowerBound, min(node.range.lowerBound + 1, node.range.upperBound))
    }
}

extension JSONNode {
    /// The texts of a list; others are left out.
    var texts: [String] { (elements ?? []).compactMap(\.string) }

    /// The mark of who made a scope, a client or a mapper: a deployment, and a connector behind a `/`.
    func owner(in member: String) -> (deployment: String, connector: String)? {
        guard let mark = self[member]?[KeycloakPlan.ownerAttribute]?.string else { return nil }
        let parts = mark.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        return (parts[0], parts.count > 1 ? parts[1] : "")
    }
}

extension Observed {
    /// The plan's realm in each file that has it.
    func realms(of plan: KeycloakPlan) -> [LiveRealm] {
        realms.flatMap { file in
            file.realms.filter { $0["realm"]?.string == plan.realm }.map { LiveRealm($0, of: file) }
        }
    }
}
