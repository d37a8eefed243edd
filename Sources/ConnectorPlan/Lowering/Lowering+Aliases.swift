import ConnectorSpec
import Diagnostics
import WebSyntax

extension Lowering {
    /// Another path on the connector's host: a resource of its own, so that clients with stale caches register anew.
    func pathAlias(
        _ alias: Located<RoutePath>, of main: ResourcePlan, in section: ConnectorSection
    ) -> ResourcePlan {
        let path = alias.value.text.withoutFinalSlash
        let origins = [alias.span, section.publicURL.span]
        return self.alias(
            of: main,
            url: Derived(main.origin + path, "connector.aliases: on the host of connector.public_url", from: origins),
            origin: main.$origin, path: path)
    }

    /// Another host that serves the connector under the same path, with the same scheme and port.
    func hostAlias(
        _ host: Located<HostName>, of main: ResourcePlan, in section: ConnectorSection, shared: Set<String>
    ) -> ResourcePlan {
        let url = section.publicURL.value
        let origin = Self.origin(of: url, on: host.value)
        let origins = [host.span, section.publicURL.span]
        var plan = alias(
            of: main,
            url: Derived(
                origin + url.path, "connector.alias_hosts: with scheme, port and path of connector.public_url",
                from: origins),
            origin: Derived(
                origin, "connector.alias_hosts: with scheme and port of connector.public_url", from: origins),
            path: url.path)
        plan.$host = Derived(written: host.value.text, at: host.span)
        // Another host has paths of its own.
        plan.messagePath = main.messagePath
        if !url.path.isEmpty, !shared.contains(origin), section.rootPRM?.value != .off {
            plan.rootMetadata = section.rootPRM?.value ?? (isGuest(on: host.value.text) ? .off : .origin)
            if plan.rootMetadata == .origin { plan.equivalentIdentifiers = [origin, origin + "/"] }
        }
        return plan
    }

    static func origin(of url: PublicURL, on host: HostName) -> String {
        let port = url.port.map { ":\($0)" } ?? ""
        return "\(url.scheme)://\(host.text)\(port)"
    }

    private func alias(
        of main: ResourcePlan, url: Derived<String>, origin: Derived<String>, path: String
    ) -> ResourcePlan {
        var plan = main
        plan.isAlias = true
        plan.$publicURL = url
        plan.$resource = url
        plan.$origin = origin
        plan.$path = url.map("the alias: its path") { _ in path.asRequestPath }
        plan.$metadataURL = url.map(
            "the alias: path inserted after /.well-known/oauth-protected-resource (RFC 9728 §3.1)"
        ) { _ in origin.value + WellKnown.protectedResource.inserted(before: path) }
        plan.rootMetadata = .off
        plan.equivalentIdentifiers = []
        plan.messagePath = nil
        plan.legacyAliases = []
        plan.openAIAppsChallenge = nil
        return plan
    }
}
