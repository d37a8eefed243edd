import ConnectorPlan
import ConnectorSpec
import Diagnostics
import JSONSyntax

/// Objects of our own, scopes and mappers: compared whole, what must be absent included.
extension RealmComparison {
    /// Attributes that the server adds to a client by itself.
    private static let attributesOfServer: Set<String> = [
        "realm_client", "client.secret.creation.time", "client.secret.expiration.time",
    ]

    /// True for what carries this deployment's mark.
    func isOurs(_ node: JSONNode, in member: String = "attributes") -> Bool {
        node.owner(in: member)?.deployment == plan.deployment
    }

    /// Reports a thing of our name that is not ours to change; false when it is.
    mutating func isForeign(_ node: JSONNode, _ kind: String, _ object: String, from origins: [Span]) -> Bool {
        let isOpenIDConnect = node["protocol"]?.string == "openid-connect"
        guard !(isOurs(node) && isOpenIDConnect) else { return false }
        let another = "name another \(kind) in the spec"
        if !isOpenIDConnect {
            add(
                .foreign, object, "\(object) is there for another protocol",
                at: node["protocol"].map { realm.span($0) } ?? realm.head(of: node), from: origins, help: another)
        } else if let mark = node["attributes"]?[KeycloakPlan.ownerAttribute] {
            add(
                .foreign, object, "\(object) belongs to \(mark.string ?? "another")", at: realm.span(mark),
                from: origins, help: another)
        } else {
            add(
                .foreign, object, "\(object) is there without our mark \(KeycloakPlan.ownerAttribute)",
                at: realm.head(of: node), from: origins,
                help: "`apply.sh --adopt` takes it over with all who have it; otherwise \(another)")
        }
        return true
    }

    // MARK: Values

    /// The value of a member of ours, which may stand for one that is not there.
    mutating func compare(
        _ name: String, _ found: JSONNode?, with wanted: JSON, absent: JSON = .null, in node: JSONNode,
        _ object: String, from origins: [Span]
    ) {
        if let found { if found.isEqual(to: wanted) { return } } else if absent == wanted { return }
        let has = found.map { Self.said($0.json) } ?? "not there"
        add(
            .changed, object, "\(object): `\(name)` is \(has), and the plan has \(Self.said(wanted))",
            at: found.map { realm.span($0) } ?? realm.head(of: node), from: origins)
    }

    /// Short, in one line.
    private static func said(_ value: JSON) -> String {
        let text = String(decoding: value.encoded(.compact), as: UTF8.self)
        return text.unicodeScalars.count > 80 ? "another value" : "`\(text)`"
    }

    /// A set of texts, in any order.
    mutating func compareList(
        _ name: String, _ node: JSONNode, with wanted: PlacedJSON?, _ object: String, from origins: [Span]
    ) {
        let want = wanted?.elements ?? []
        let found = node[name]?.elements ?? []
        let texts = Set(node[name]?.texts ?? [])
        let lacking = want.filter { $0.string.map { !texts.contains($0) } ?? false }
        if let first = lacking.first {
            let names = lacking.compactMap(\.string).joined(separator: ", ")
            add(
                .changed, object, "\(object): `\(name)` lacks \(names)", at: realm.place(of: name, in: node),
                from: first.origins.isEmpty ? origins : first.origins)
        }
        let wantedTexts = Set(want.compactMap(\.string))
        for entry in found where entry.string.map({ !wantedTexts.contains($0) }) ?? true {
            add(
                .extra, object,
                "\(object): `\(name)` has \(entry.string ?? "something else"), which the plan does not have",
                at: realm.span(entry), from: origins)
        }
    }

    /// Attributes, those of the server left out. A value of an attribute that is not ours is said nowhere.
    mutating func compareAttributes(_ node: JSONNode, with wanted: PlacedJSON?, _ object: String, from origins: [Span])
    {
        let found = (node["attributes"]?.members ?? []).filter { member in
            !Self.attributesOfServer.contains(member.name) && member.value.json != .null && member.value.string != ""
        }
        for (name, value) in wanted?.members ?? [] {
            guard let member = found.first(where: { $0.name == name }) else {
                add(
                    .changed, object, "\(object) lacks the attribute `\(name)`",
                    at: realm.place(of: "attributes", in: node), from: value.origins)
                continue
            }
            compare(
                name, member.value, with: value.plain, in: node, object,
                from: value.origins.isEmpty ? origins : value.origins)
        }
        for member in found where wanted?[member.name] == nil {
            add(
                .extra, object, "\(object) has the attribute `\(member.name)`, which the plan does not have",
                at: Span(realm.file, member.nameRange.lowerBound, member.nameRange.upperBound), from: origins)
        }
    }

    // MARK: Scopes and their mappers

    mutating func compareScopes() {
        for scope in scopes {
            guard let name = scope["name"]?.string else { continue }
            let object = "scope \(name)"
            guard let found = realm.scope(name) else {
                add(
                    .missing, object, "\(object) is not in the realm", at: realm.place(of: "clientScopes"),
                    from: scope["name"]?.origins)
                compareOffer(name, isThere: false, from: scope.origins)
                continue
            }
            if isForeign(found, "scope", object, from: scope["name"]?.origins ?? scope.origins) { continue }
            compareAttributes(found, with: scope["attributes"], object, from: scope.origins)
            compare(
                "description", found["description"], with: scope["description"]?.plain ?? "", absent: "", in: found,
                object, from: scope.origins)
            compareMappers(
                found, found["protocolMappers"]?.elements ?? [], with: scope["protocolMappers"]?.elements ?? [], name)
            compareOffer(name, isThere: true, from: scope.origins)
        }
        let kept = Set(scopes.compactMap { $0["name"]?.string })
        for scope in realm.scopes where isOurs(scope) {
            guard let name = scope["name"]?.string, !kept.contains(name) else { continue }
            addStale(scope, "scope \(name)", isClient: false)
        }
    }

    /// Marked as ours, and not in the plan. Of a connector that is still there `apply.sh` takes it away; otherwise it
    /// waits for `retire.sh`.
    mutating func addStale(_ node: JSONNode, _ object: String, isClient: Bool) {
        let connector = node.owner(in: "attributes")?.connector ?? ""
        let name = node["clientId"]?.string ?? ""
        if plan.connectors.contains(connector) || (connector.isEmpty && !isClient) {
            add(.stale, object, "\(object) is ours, and the spec has it no longer", at: realm.head(of: node))
        } else if connector.isEmpty {
            add(
                .stale, object, "\(object) is ours, and the spec has it no longer", at: realm.head(of: node),
                help: "`retire.sh --client \(name)` takes it away")
        } else {
            add(
                .stale, object, "\(object) is of connector \(connector), which the spec has no longer",
                at: realm.head(of: node), help: "`retire.sh \(connector)` takes it away")
        }
    }

    mutating func compareMappers(
        _ scope: JSONNode, _ found: [JSONNode], with wanted: [PlacedJSON], _ scopeName: String
    ) {
        for mapper in wanted {
            let name = mapper["name"]?.string ?? ""
            let object = "mapper \(scopeName)/\(name)"
            guard let old = found.first(where: { $0["name"]?.string == name }) else {
                add(
                    .missing, object, "\(object) is not in the realm: no audience by it",
                    at: realm.place(of: "protocolMappers", in: scope), from: mapper.origins)
                continue
            }
            let type = mapper["protocolMapper"]?.plain ?? .null
            compare("protocolMapper", old["protocolMapper"], with: type, in: old, object, from: mapper.origins)
            compare(
                "consentRequired", old["consentRequired"], with: mapper["consentRequired"]?.plain ?? false,
                absent: false, in: old, object, from: mapper.origins)
            compareConfig(old, with: mapper, object)
        }
        let names = Set(wanted.compactMap { $0["name"]?.string })
        for mapper in found {
            guard let name = mapper["name"]?.string, !names.contains(name) else { continue }
            add(
                .extra, "mapper \(scopeName)/\(name)", "mapper \(name) of scope \(scopeName) is no mapper of ours",
                at: realm.head(of: mapper), from: wanted.first?.origins)
        }
    }

    private mutating func compareConfig(_ mapper: JSONNode, with wanted: PlacedJSON, _ object: String) {
        let config = mapper["config"]
        for (name, value) in wanted["config"]?.members ?? [] {
            compare(
                name, config?[name], with: value.plain, in: mapper, object,
                from: value.origins.isEmpty ? wanted.origins : value.origins)
        }
        for member in config?.members ?? [] where wanted["config"]?[member.name] == nil {
            add(
                .extra, object, "\(object) has `\(member.name)` in its config, which the plan does not have",
                at: Span(realm.file, member.nameRange.lowerBound, member.nameRange.upperBound), from: wanted.origins)
        }
    }

    /// In which of the realm's lists a scope stands that new clients get, and that it is not in the other.
    private mutating func compareOffer(_ name: String, isThere: Bool, from origins: [Span]) {
        guard let offer = plan.defaultScope else { return }
        let isDefault = offer == .permanent && name != "openid"
        let lists = [("default", "defaultDefaultClientScopes"), ("optional", "defaultOptionalClientScopes")]
        let (list, member) = lists[isDefault ? 0 : 1]
        let (otherList, otherMember) = lists[isDefault ? 1 : 0]
        let object = "\(list) scope \(name)"
        let who = isDefault ? "every new client gets it" : "new clients may ask for it"
        if let other = realm[otherMember]?.elements?.first(where: { $0.string == name }) {
            add(
                .offer, object,
                "scope \(name) is among the realm's \(otherList) scopes, and belongs to the \(list) ones",
                at: realm.span(other), from: origins, help: "where \(who)")
        } else if !realm.texts(member).contains(name) {
            add(
                .offer, object, "scope \(name) is not among the realm's \(list) scopes", at: realm.place(of: member),
                from: origins, help: "where \(who)")
        }
    }

    /// The audience of every client of the realm stands in the scope that all clients keep.
    mutating func compareEveryClient() {
        let basic = realm.scope("basic")
        let ours = (basic?["protocolMappers"]?.elements ?? []).filter { isOurs($0, in: "config") }
        if everyClient.isEmpty && ours.isEmpty { return }
        guard let basic else {
            add(
                .missing, "audience of every client", "the realm has no scope `basic`, which all clients keep",
                at: realm.place(of: "clientScopes"))
            return
        }
        compareMappers(basic, ours, with: everyClient, "basic")
    }
}
