import JSONSyntax

/// What a deployment has added to shared objects of a realm, from the realm's attribute that `apply.sh` keeps.
struct RealmRecord: Equatable {
    /// Of one policy: entries that we added to its lists, and settings as they were before.
    struct Policy: Equatable {
        var ours: [String: Set<String>] = [:]
        var was: [String: [String]] = [:]
    }

    /// By the component's id, or `new PROVIDER` for one that we made.
    var policies: [String: Policy] = [:]
    /// Scopes that we took out of the server's metadata.
    var hidden: Set<String> = []

    init() {}

    /// Empty for what is no record.
    init(_ text: String) {
        guard let json = try? JSON.parse(Array(text.utf8)) else { return }
        for member in json["policies"]?.members ?? [] {
            policies[member.name] = Policy(
                ours: Self.lists(member.value["ours"]).mapValues { Set($0) }, was: Self.lists(member.value["was"]))
        }
        hidden = Set((json["hidden"]?.array ?? []).compactMap(\.string))
    }

    private static func lists(_ json: JSON?) -> [String: [String]] {
        Dictionary(
            (json?.members ?? []).map { ($0.name, ($0.value.array ?? []).compactMap(\.string)) },
            uniquingKeysWith: { $1 })
    }

    /// The key of a policy that there is.
    func key(of id: String, _ provider: String) -> String {
        policies[id] == nil && policies["new \(provider)"] != nil ? "new \(provider)" : id
    }
}
