import ConnectorPlan
import ConnectorSpec
import Diagnostics
import JSONSyntax

/// Objects that we share with others: lists are merged, and a record of the realm says what was added.
extension RealmComparison {
    /// One registration policy of the realm as it is, with what the plan wants of it.
    struct SharedPolicy {
        let old: JSONNode
        let wanted: PlacedJSON?
        let key: String
        /// Entries by list: what is wanted, what is there too much, and what of it is on record afterwards.
        var lacking: [String: Set<String>] = [:]
        var surplus: [String: Set<String>] = [:]
        var settings: [String: [String]] = [:]
        var back: [String: [String]] = [:]
        var record = RealmRecord.Policy()
    }

    /// As `realm.jq` merges them; a missing one is nil.
    var sharedPolicies: [(old: SharedPolicy?, wanted: PlacedJSON?)] {
        var all: [(old: SharedPolicy?, wanted: PlacedJSON?)] = []
        for wanted in policies {
            let same = realm.policies.filter {
                $0["providerId"]?.string == wanted["provider"]?.string && $0["subType"]?.string == "anonymous"
            }
            all += same.isEmpty ? [(nil, wanted)] : same.map { (merged($0, wanted), wanted) }
        }
        let providers = Set(policies.compactMap { $0["provider"]?.string })
        for policy in realm.policies where policy["providerId"]?.string.map({ !providers.contains($0) }) ?? false {
            let merged = merged(policy, nil)
            if record.policies[merged.key] != nil { all.append((merged, nil)) }
        }
        return all
    }

    private func merged(_ old: JSONNode, _ wanted: PlacedJSON?) -> SharedPolicy {
        let id = old["id"]?.string ?? ""
        let provider = old["providerId"]?.string ?? ""
        let key = record.key(of: id, provider)
        let known = record.policies[key]
        let mine = known ?? RealmRecord.Policy()
        let theirs = others.compactMap { $0.policies[$0.key(of: id, provider)] }
        func now(_ name: String) -> [String]? { old["config"]?[name].map(\.texts) }
        var policy = SharedPolicy(old: old, wanted: wanted, key: key)
        let lists = (wanted?["lists"]?.members ?? []).map { ($0.name, Set($0.value.elements.compactMap(\.string))) }
        let needed = Dictionary(lists, uniquingKeysWith: { $1 })
        for list in Set(needed.keys).union(mine.ours.keys) {
            let (need, before, there) = (needed[list] ?? [], mine.ours[list] ?? [], Set(now(list) ?? []))
            let shared = theirs.reduce(into: Set<String>()) { $0.formUnion($1.ours[list] ?? []) }
            policy.lacking[list] = need.subtracting(there)
            policy.surplus[list] = before.intersection(there).subtracting(need).subtracting(shared)
            let ours = need.subtracting(there).union(before.intersection(need))
                .union(policy.surplus[list] ?? []).union(need.intersection(shared))
            if !ours.isEmpty { policy.record.ours[list] = ours }
        }
        for (name, value) in wanted?["settings"]?.members ?? [] {
            let value = value.elements.compactMap(\.string)
            policy.settings[name] = value
            let was = mine.was[name] ?? theirs.compactMap { $0.was[name] }.first
            let before = was ?? (known == nil ? now(name) ?? ["true"] : value)
            if before != value { policy.record.was[name] = before }
        }
        for (name, value) in mine.was where policy.settings[name] == nil && theirs.isEmpty {
            policy.back[name] = value
            if now(name) != value { policy.record.was[name] = value }
        }
        return policy
    }

    mutating func comparePolicies() {
        for (policy, wanted) in sharedPolicies {
            let provider = policy?.old["providerId"]?.string ?? wanted?["provider"]?.string ?? ""
            let object = "policy \(provider) (anonymous)"
            guard let policy else {
                add(
                    .missing, object, "the registration policy \(provider) of anonymous clients is not in the realm",
                    at: realm["components"]?.member(LiveRealm.policyType).map {
                        Span(realm.file, $0.nameRange.lowerBound, $0.nameRange.upperBound)
                    } ?? realm.place(of: "components"))
                continue
            }
            compare(policy, object)
        }
    }

    private mutating func compare(_ policy: SharedPolicy, _ object: String) {
        let config = policy.old["config"]
        func place(_ name: String) -> Span {
            config?[name].map { realm.span($0) } ?? realm.head(of: policy.old)
        }
        for (list, lacking) in policy.lacking.sorted(by: { $0.key < $1.key }) where !lacking.isEmpty {
            let entries = policy.wanted?["lists"]?[list]?.elements ?? []
            let first = entries.first { lacking.contains($0.string ?? "") }
            add(
                .entries, object, "\(object): `\(list)` lacks \(lacking.sorted().joined(separator: ", "))",
                at: place(list), from: first?.origins)
        }
        for (list, surplus) in policy.surplus.sorted(by: { $0.key < $1.key }) {
            for entry in config?[list]?.elements ?? [] where surplus.contains(entry.string ?? "") {
                add(
                    .stale, object,
                    "\(object): `\(list)` has \(entry.string ?? ""), which we added and the spec has no longer",
                    at: realm.span(entry))
            }
        }
        for (name, value) in policy.settings.sorted(by: { $0.key < $1.key }) {
            compare(
                name, config?[name], with: .array(value.map { .string($0) }), in: policy.old, object, from: plan.origins
            )
        }
        for (name, value) in policy.back.sorted(by: { $0.key < $1.key })
        where config?[name].map({ Set($0.texts) }) != Set(value) {
            add(
                .stale, object, "\(object): `\(name)` is as we set it, and the spec needs it no longer", at: place(name)
            )
        }
    }

    // MARK: The record

    /// What the record would be after `apply.sh`.
    private var newRecord: RealmRecord {
        var new = RealmRecord()
        for (policy, wanted) in sharedPolicies {
            guard let policy else {
                var made = RealmRecord.Policy()
                for (name, value) in wanted?["lists"]?.members ?? [] where !value.elements.isEmpty {
                    made.ours[name] = Set(value.elements.compactMap(\.string))
                }
                for (name, value) in wanted?["settings"]?.members ?? [] where value.plain != ["true"] {
                    made.was[name] = ["true"]
                }
                if made != RealmRecord.Policy() { new.policies["new \(wanted?["provider"]?.string ?? "")"] = made }
                continue
            }
            let isMade = policy.key.hasPrefix("new ") && wanted != nil
            if policy.record != RealmRecord.Policy() || isMade { new.policies[policy.key] = policy.record }
        }
        let hidden: Set<String> = plan.tolerateAllScopes ? ["service_account"] : []
        for name in hidden.union(record.hidden) {
            guard let scope = realm.scope(name) else { continue }
            let isHidden = Self.isHidden(scope)
            if hidden.contains(name) ? record.hidden.contains(name) || !isHidden : isHidden { new.hidden.insert(name) }
        }
        return new
    }

    mutating func compareRecord() {
        guard newRecord != record else { return }
        let name = KeycloakPlan.recordPrefix + plan.deployment
        let object = "record of what was added"
        add(
            .record, object,
            record == RealmRecord()
                ? "the realm has no record of what was added to it for \(plan.deployment)"
                : "the realm's record of what was added to it for \(plan.deployment) is not true any more",
            at: realm["attributes"].map { realm.place(of: name, in: $0) } ?? realm.place(of: "attributes"))
    }

    // MARK: Client profiles and policies

    mutating func compareNamed(_ wanted: [PlacedJSON], _ member: String, _ list: String, _ kind: String) {
        let found = realm[member]?[list]?.elements ?? []
        let place = realm[member].map { realm.place(of: list, in: $0) } ?? realm.place(of: member)
        for one in wanted {
            let name = one["name"]?.string ?? ""
            let object = "client \(kind) \(name)"
            guard let old = found.first(where: { $0["name"]?.string == name }) else {
                add(.missing, object, "\(object) is not in the realm", at: place, from: one.origins)
                continue
            }
            guard !old.isEqual(to: one.plain) else { continue }
            let different = one.members.first { member in
                old[member.name].map { !$0.isEqual(to: member.value.plain) } ?? true
            }
            let extra = old.members?.first { one[$0.name] == nil }
            let part = different?.name ?? extra?.name ?? ""
            add(
                .changed, object, "\(object): `\(part)` is not as the plan has it",
                at: old[part].map { realm.span($0) } ?? realm.head(of: old),
                from: different?.value.origins ?? one.origins)
        }
        let names = Set(wanted.compactMap { $0["name"]?.string })
        for old in found {
            guard let name = old["name"]?.string, name.hasPrefix(plan.ownName("")), !names.contains(name) else {
                continue
            }
            add(
                .stale, "client \(kind) \(name)", "client \(kind) \(name) is ours, and the spec needs it no longer",
                at: realm.head(of: old))
        }
    }

    // MARK: What the metadata shows

    private static let advertising = "include.in.openid.provider.metadata"
    private static func isHidden(_ scope: JSONNode) -> Bool { scope["attributes"]?[advertising]?.string == "false" }

    mutating func compareHidden() {
        let hidden: Set<String> = plan.tolerateAllScopes ? ["service_account"] : []
        for name in hidden.sorted() {
            guard let scope = realm.scope(name), !Self.isHidden(scope) else { continue }
            add(
                .changed, "unadvertised scope \(name)",
                "scope \(name) is in the server's metadata: who asks for all scopes is refused",
                at: realm.head(of: scope))
        }
        for name in record.hidden.subtracting(hidden).sorted() {
            guard let scope = realm.scope(name), Self.isHidden(scope) else { continue }
            add(
                .stale, "advertised scope \(name)",
                "scope \(name) is not in the server's metadata for our sake, and the spec needs that no longer",
                at: realm.head(of: scope))
        }
    }

    // MARK: The realm and its server

    /// Keycloak asks every policy: one that checks the sender, or has no hosts to redirect to, keeps unauthenticated
    /// callers out.
    mutating func lookAtRegistration() {
        guard !plan.offersRegistration else { return }
        let trusted = realm.policies.filter {
            $0["providerId"]?.string == "trusted-hosts" && $0["subType"]?.string == "anonymous"
        }
        let keepsOut = trusted.contains { policy in
            policy["config"]?["host-sending-registration-request-must-match"]?.texts != ["false"]
                || (policy["config"]?["trusted-hosts"]?.texts ?? []).isEmpty
        }
        guard !keepsOut else { return }
        let setting = trusted.first?["config"]?["host-sending-registration-request-must-match"]
        add(
            .open, "anonymous registration", "anybody may make a client in this realm, and the spec offers no dcr",
            at: setting.map { realm.span($0) } ?? realm.place(of: "components"), severity: .warning,
            help:
                "switch on \"Host Sending Client Registration Request Must Match\" of the anonymous policy Trusted Hosts, "
                + "unless another deployment needs the realm open")
    }

    /// What a status says of the server; an export says nothing of it.
    mutating func compareServer() {
        guard let status = realm.status, let version = status["version"], let text = version.string else { return }
        let wanted = plan.version.text
        let features = status["features"]?.texts ?? []
        let featuresPlace = status["features"].map { realm.span($0) } ?? realm.span(version)
        func numbers(_ text: String) -> [Int] { text.split { !$0.isNumber }.compactMap { Int($0) } }
        let (has, expected) = (numbers(text), numbers(wanted))
        if has.lexicographicallyPrecedes([24, 0, 3]), [1].lexicographicallyPrecedes(has) {
            add(
                .server, "server",
                "it is Keycloak \(text); before 24.0.3 the trusted hosts let unauthenticated callers in "
                    + "(GHSA-46c8-635v-68r2)", at: realm.span(version), help: "bring it up to date")
            return
        }
        if Array(has.prefix(expected.count)) != expected {
            add(
                .server, "server", "it is Keycloak \(text), and the spec says \(wanted)", at: realm.span(version),
                severity: .warning, help: "correct targets.keycloak.version")
        }
        let hasDocuments = features.contains("CIMD")
        if plan.documents == nil, hasDocuments {
            add(
                .server, "server",
                "its feature cimd is on, and the spec does not offer cimd: clients choose it and get "
                    + "\"Client not found.\"", at: featuresPlace, severity: .warning)
        }
        if plan.documents != nil, !hasDocuments {
            add(
                .server, "server", "the spec offers cimd, and the server's feature is off", at: featuresPlace,
                help: "start the server with --features=cimd, or take cimd out of issuer.registration")
        }
    }
}
