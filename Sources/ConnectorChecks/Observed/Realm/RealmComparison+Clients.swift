import ConnectorPlan
import ConnectorSpec
import Diagnostics
import JSONSyntax
import WebSyntax

/// Clients: our own, compared whole, and what others lack of ours.
extension RealmComparison {
    /// Members of a client that are as the plan has them, or not there where it has none.
    private static let clientMembers = [
        "name", "protocol", "enabled", "clientAuthenticatorType", "bearerOnly", "consentRequired",
        "standardFlowEnabled",
        "implicitFlowEnabled", "directAccessGrantsEnabled", "serviceAccountsEnabled", "publicClient",
        "fullScopeAllowed",
    ]

    mutating func compareClients() {
        guard let all = realm.clients else { return }
        for client in clients {
            guard let id = client["clientId"]?.string else { continue }
            let object = "client \(id)"
            guard let found = realm.client(id) else {
                add(
                    .missing, object, "\(object) is not in the realm", at: realm.place(of: "clients"),
                    from: client.origins)
                continue
            }
            if isForeign(found, "client", object, from: client.origins) { continue }
            compareClient(found, with: client, object)
            let lacking = (client["defaultClientScopes"]?.elements ?? []).filter { scope in
                !(found["defaultClientScopes"]?.texts.contains(scope.string ?? "") ?? false)
            }
            if let first = lacking.first {
                let names = lacking.compactMap(\.string).joined(separator: ", ")
                add(
                    .attachment, object, "\(object) does not have \(names) by default: its tokens lack the audience",
                    at: realm.place(of: "defaultClientScopes", in: found),
                    from: first.origins.isEmpty ? client.origins : first.origins)
            }
        }
        let known = Set(clients.compactMap { $0["clientId"]?.string })
        for client in all where isOurs(client) {
            guard let id = client["clientId"]?.string, !known.contains(id) else { continue }
            addStale(client, "client \(id)", isClient: true)
        }
    }

    private mutating func compareClient(_ found: JSONNode, with wanted: PlacedJSON, _ object: String) {
        for name in Self.clientMembers {
            compare(
                name, found[name], with: wanted[name]?.plain ?? .null, in: found, object,
                from: wanted[name]?.origins ?? wanted.origins)
        }
        compare("description", found["description"], with: "", absent: "", in: found, object, from: wanted.origins)
        compare(
            "authorizationServicesEnabled", found["authorizationServicesEnabled"], with: false, absent: false,
            in: found, object, from: wanted.origins)
        for name in ["rootUrl", "baseUrl", "adminUrl"] {
            guard let url = found[name], url.string.map({ !$0.isEmpty }) ?? (url.json != .null) else { continue }
            add(
                .extra, object, "\(object) has a `\(name)`, and the plan has none", at: realm.span(url),
                from: wanted.origins)
        }
        for member in found["authenticationFlowBindingOverrides"]?.members ?? [] {
            add(
                .extra, object, "\(object) has a flow of its own, `\(member.name)`, and the plan has none",
                at: realm.span(member.value), from: wanted.origins)
        }
        for mapper in found["protocolMappers"]?.elements ?? [] {
            add(
                .extra, object,
                "\(object) has a mapper of its own, \(mapper["name"]?.string ?? "without a name"), "
                    + "and the plan has none", at: realm.head(of: mapper), from: wanted.origins)
        }
        compareList("redirectUris", found, with: wanted["redirectUris"], object, from: wanted.origins)
        compareList("webOrigins", found, with: wanted["webOrigins"], object, from: wanted.origins)
        compareAttributes(found, with: wanted["attributes"], object, from: wanted.origins)
    }

    // MARK: Clients of others

    /// Hosts of a client's redirects.
    private static func hosts(of client: JSONNode) -> Set<String> {
        Set(
            (client["redirectUris"]?.texts ?? []).compactMap { uri in
                guard let (_, rest) = uri.splitScheme else { return nil }
                if rest.hasPrefix("["), let end = rest.firstIndex(of: "]") { return String(rest[...end]) }
                return String(rest.prefix { !"/:?#".contains($0) })
            })
    }

    /// One that registered itself: its id is a UUID, and its users are asked.
    private static func isDynamic(_ client: JSONNode) -> Bool {
        let groups = (client["clientId"]?.string ?? "").split(separator: "-", omittingEmptySubsequences: false)
        return groups.map(\.utf8.count) == [8, 4, 4, 4, 12]
            && groups.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) } }
            && client["consentRequired"]?.bool == true
    }

    /// Clients that are not ours, come from where ours come from, and lack the scopes.
    mutating func lookAtOtherClients() {
        guard let offer = plan.defaultScope else { return }
        let names = scopes.filter { $0["attributes"]?["include.in.token.scope"]?.string == "true" }.compactMap {
            $0["name"]?.string
        }
        let redirectHosts = Set(plan.redirectHosts)
        let loopback: Set<String> = ["localhost", "127.0.0.1", "[::1]"]
        for client in realm.clients ?? [] {
            guard client.owner(in: "attributes") == nil, client["bearerOnly"]?.bool != true else { continue }
            let hosts = Self.hosts(of: client).intersection(redirectHosts)
            guard !hosts.subtracting(Self.isDynamic(client) ? [] : loopback).isEmpty else { continue }
            var got = client["defaultClientScopes"]?.texts ?? []
            if offer == .optional { got += client["optionalClientScopes"]?.texts ?? [] }
            let lacking = names.filter { !got.contains($0) }
            guard !lacking.isEmpty else { continue }
            let id = client["clientId"]?.string ?? ""
            add(
                .attachment, "client \(id) (\(client["name"]?.string ?? "no name"))",
                "client \(id) was there before and lacks \(lacking.joined(separator: ", "))",
                at: realm.head(of: client), severity: .warning, help: "`apply.sh --attach-existing` serves it")
        }
    }

    mutating func lookAtLimit() {
        guard plan.offersRegistration, !realm.isLimited, let count = realm.clients?.count else { return }
        for policy in realm.policies
        where policy["providerId"]?.string == "max-clients" && policy["subType"]?.string == "anonymous" {
            let limit = (policy["config"]?["max-clients"]?.texts.first).flatMap { Int($0) } ?? 200
            guard count * 5 >= limit * 4 else { continue }
            add(
                .full, "registered clients", "\(count) of \(limit) clients are there: at the limit nobody can register",
                at: policy["config"]?["max-clients"].map { realm.span($0) } ?? realm.head(of: policy),
                severity: .warning,
                help: "`prune.sh` lists those that can go")
        }
    }
}
