import ConnectorPlan
import ConnectorSpec
import Diagnostics
import OAuthModel
import RuntimeConfig

/// The sections of a connector in both specs.
func sections(_ change: PlanChange, _ new: ResourcePlan, _ old: ResourcePlan) -> [Span] {
    let section = { (plan: DeploymentPlan, resource: ResourcePlan) in
        plan.spec.connectors[resource.sectionIndex].name.span
    }
    return [section(change.new, new), section(change.old, old)]
}

/// `issuer.key`: what all keys of the server are derived from.
struct KeyChange: ChangeRule {
    func consequences(of change: PlanChange) -> [Consequence] {
        guard let key = change.difference({ $0.policies.$key }), change.new.issuer.isBundled else { return [] }
        let named = { (reference: SecretReference?) in
            reference.map { code($0.description) } ?? "the one that the server keeps beside its store"
        }
        return [
            Consequence(
                "issuer.key", .breaking, "\(named(key.old)) becomes \(named(key.new))",
                "with the same key in the new place nobody notices. With another one the server does not start, because it "
                    + "cannot open its signing keys: `connectorgen-auth keys rotate` makes new ones, and refresh tokens "
                    + "and sessions end",
                clients: [ClientFate(.everybody, .signsInAgain)],
                steps: [
                    .prepareStore(
                        "move the key itself to its new place, or stop the server and run "
                            + code("connectorgen-auth keys rotate --config FILE"))
                ], from: key.origins)
        ]
    }
}

/// `issuer.tokens.format` and `issuer.openid`.
struct TokenFormatChange: ChangeRule {
    func consequences(of change: PlanChange) -> [Consequence] {
        var found: [Consequence] = []
        if let format = change.difference({ $0.policies.$tokenFormat }) {
            found.append(
                Consequence(
                    "issuer.tokens.format", .noticeable,
                    "\(code(format.old.rawValue)) becomes \(code(format.new.rawValue))",
                    "tokens that are out live to their end; resource servers that read them themselves must know both "
                        + "forms until then",
                    from: format.origins))
        }
        if change.old.runtime.openID != change.new.runtime.openID {
            let isOn = change.new.runtime.openID
            found.append(
                Consequence(
                    "issuer.openid", isOn ? .quiet : .noticeable,
                    isOn ? "the OpenID document comes" : "the OpenID document goes",
                    isOn ? "clients may ask for an ID token" : "clients that asked for an ID token get none any more",
                    steps: [.purge(change.documentURLs)],
                    from: [change.new.spec.issuer.openid?.span, change.old.spec.issuer.openid?.span].compactMap(\.self))
            )
        }
        return found
    }
}

/// `issuer.tokens`: how long things last.
struct LifetimeChange: ChangeRule {
    func consequences(of change: PlanChange) -> [Consequence] {
        [
            consequence("access_lifetime", change.difference { $0.policies.$accessLifetime }),
            consequence("refresh_lifetime", change.difference { $0.policies.$refreshLifetime }),
            consequence("grant_lifetime", change.difference { $0.policies.$grantLifetime }),
        ].compactMap(\.self)
    }

    private func consequence(_ key: String, _ seconds: PlanChange.Difference<Int>?) -> Consequence? {
        guard let seconds else { return nil }
        let isShorter = seconds.new < seconds.old
        let effect =
            switch key {
            case "access_lifetime":
                isShorter
                    ? "clients refresh more often; tokens that are out live to their old end"
                    : "tokens that are out live to their old end; a revoked one of another server is noticed later"
            case "refresh_lifetime":
                isShorter
                    ? "who does not use the connector for so long signs in again; refresh tokens that are out keep their end"
                    : "refresh tokens that are out keep their end; each rotation gives the new one"
            default:
                isShorter
                    ? "people consent again sooner; grants that exist keep the end that they were made with"
                    : "grants that exist keep the end that they were made with"
            }
        return Consequence(
            "issuer.tokens.\(key)", isShorter && key != "access_lifetime" ? .noticeable : .quiet,
            "\(seconds.old)s becomes \(seconds.new)s", effect, from: seconds.origins)
    }
}

/// `issuer.store`: what the server remembers.
struct StoreChange: ChangeRule {
    func consequences(of change: PlanChange) -> [Consequence] {
        let (old, new) = (change.old.spec.issuer.store, change.new.spec.issuer.store)
        guard let old, let new, old.value != new.value else { return [] }
        return [
            Consequence(
                "issuer.store", .breaking, "\(named(old.value)) becomes \(named(new.value))",
                "registrations, grants and signing keys live in the store: with an empty one every registered client is "
                    + "unknown and everybody signs in again. Move it, and its key, while the server is stopped",
                clients: [
                    ClientFate(.registered, .reconnects), ClientFate(.everybody, .signsInAgain),
                ],
                steps: [
                    .prepareStore(
                        "stop connectorgen-auth, move the store with its key to the new place, or begin with an empty one: "
                            + code("connectorgen-auth --config FILE --new-store")),
                    .tellUsers("remove the connector and add it again, unless the store was moved"),
                ], from: [new.span, old.span])
        ]
    }

    private func named(_ store: StoreLocation) -> String {
        switch store {
        case .sqlite(let path): code(path)
        case .postgres(let reference): "PostgreSQL at \(code(reference.description))"
        }
    }
}

/// `issuer.users`: who may sign in.
struct UsersChange: ChangeRule {
    func consequences(of change: PlanChange) -> [Consequence] {
        var found: [Consequence] = []
        if let old = change.old.spec.issuer.users, let new = change.new.spec.issuer.users, old.value != new.value {
            found.append(
                Consequence(
                    "issuer.users", .noticeable,
                    "\(code(old.value.description)) becomes \(code(new.value.description))",
                    "grants of names that the new file does not have end at the start, and those whose password differs",
                    from: [new.span, old.span]))
        }
        if change.old.runtime.onPasswordChange != change.new.runtime.onPasswordChange {
            found.append(
                Consequence(
                    "issuer.on_password_change", .quiet,
                    "\(code(change.new.runtime.onPasswordChange.rawValue)) from now on",
                    "it counts from the next changed password on", from: [change.new.spec.issuer.span]))
        }
        return found
    }
}

/// `issuer.login`: where people prove who they are.
struct LoginChange: ChangeRule {
    func consequences(of change: PlanChange) -> [Consequence] {
        guard let old = change.old.login, let new = change.new.login else { return [] }
        var found: [Consequence] = []
        let origins = new.$issuer.origins.prefix(1) + old.$issuer.origins.prefix(1)
        let callback = change.new.issuer.endpoints[.callback]
        if old.issuer != new.issuer || old.provider != new.provider {
            found.append(
                Consequence(
                    "issuer.login.issuer", .breaking, "\(code(old.issuer)) becomes \(code(new.issuer))",
                    "people are others there: everybody signs in and consents again, and an application that keeps data by "
                        + "subject sees strangers",
                    clients: [ClientFate(.everybody, .signsInAgain)],
                    steps: [.tellUsers("sign in again: accounts are at \(code(new.issuer)) now")], from: Array(origins))
            )
        }
        if old.clientID != new.clientID || old.issuer != new.issuer
            || change.old.issuer.endpoints[.callback] != callback, let callback
        {
            found.append(
                Consequence(
                    "issuer.login.callback_url", .noticeable,
                    "the client \(code(new.clientID)) comes back to \(code(callback))",
                    "the provider refuses a redirect that it does not know, and nobody signs in",
                    steps: [
                        .atProvider(
                            "register the redirect URI \(code(callback)) for \(code(new.clientID)) at \(code(new.issuer))"
                        )
                    ], from: Array(new.$clientID.origins.prefix(1) + old.$clientID.origins.prefix(1))))
        }
        let scopes = ListDifference(from: old.scopes, to: new.scopes)
        if !scopes.isEmpty {
            found.append(
                Consequence(
                    "issuer.login.scopes", .quiet, scopes.text, "people may be asked at the provider once more",
                    from: Array(new.$scopes.origins.prefix(1) + old.$scopes.origins.prefix(1))))
        }
        if old.clientSecret != new.clientSecret
            || change.old.runtime.login?.parameters != change.new.runtime.login?.parameters
        {
            found.append(
                Consequence(
                    "issuer.login", .quiet, "secret or parameters of the client at the provider change",
                    "nobody signs in when they are wrong; who is signed in goes on", from: Array(origins)))
        }
        return found
    }
}

/// Secrets that services read: what has to be there before they start.
struct SecretChange: ChangeRule {
    func consequences(of change: PlanChange) -> [Consequence] {
        let names = ListDifference(from: secrets(of: change.old), to: secrets(of: change.new))
        guard !names.isEmpty else { return [] }
        return [
            Consequence(
                "secrets", names.added.isEmpty ? .quiet : .noticeable, names.text,
                names.added.isEmpty
                    ? "nobody reads them any more: revoke and remove them"
                    : "a service that lacks one of them does not start",
                steps: names.added.map { .provideSecret($0) })
        ]
    }

    private func secrets(of plan: DeploymentPlan) -> [String] {
        let variables = plan.environment.flatMap(\.variables).compactMap { variable -> String? in
            if case .secret(let reference) = variable.value { reference.description } else { nil }
        }
        return plan.spec.serverSecrets.map(\.value.description) + variables
    }
}

/// `service_tokens`: bearers of programs of one's own.
struct ServiceTokenChange: ChangeRule {
    func consequences(of change: PlanChange) -> [Consequence] {
        let (old, new) = (change.old.runtime.serviceTokens, change.new.runtime.serviceTokens)
        guard old != new else { return [] }
        let labels = ListDifference(from: old.map(\.label), to: new.map(\.label))
        let exchanged = old.filter { token in new.contains { $0.label == token.label && $0.token != token.token } }
        let lost = labels.removed + exchanged.map(\.label)
        return [
            Consequence(
                "service_tokens", lost.isEmpty ? .quiet : .breaking,
                labels.isEmpty ? "\(codes(new.map(\.label))) \(new.count == 1 ? "changes" : "change")" : labels.text,
                lost.isEmpty
                    ? "bearers stay as they are; what they are good for is what the new spec says"
                    : "programs that carry an old bearer get 401 from the restart on",
                steps: lost.map {
                    .tellUsers("the program \(code($0)) needs its new bearer at the time of the change")
                })
        ]
    }
}
