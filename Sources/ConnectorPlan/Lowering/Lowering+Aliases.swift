import ConnectorSpec
import Diagnostics
import WebSyntax

extension Lowering {
    /// Another path on the connector's host: a resource of its own, so that clients with stale caches register anew.
    func pathAlias(
        _ alias: Located<RoutePath>, of main: ResourcePlan, in section: ConnectorSection
    ) -> ResourcePlan {
        let path = alias.value.text.withoutFinalSlash
        var plan = self.alias(of: main, url: main.origin + path, origin: main.origin, path: path)
        plan.origins = [alias.span, section.publicURL.span]
        return plan
    }

    /// Another host that serves the connector under the same path, with the same scheme and port.
    func hostAlias(
        _ host: Located<HostName>, of main: ResourcePlan, in section: ConnectorSection, shared: Set<String>
    ) -> ResourcePlan {
        let url = section.publicURL.value
        let origin = Self.origin(of: url, on: host.value)
        var plan = alias(of: main, url: origin + url.path, origin: origin, path: url.path)
        plan.host = host.value.text
        // Another host has paths of its own.
        plan.messagePath = main.messagePath
        if !url.path.isEmpty, !shared.contains(origin), section.rootPRM?.value != .off {
            plan.rootMetadata = section.rootPRM?.value ?? (isGuest(on: host.value.text) ? .off : .origin)
            if plan.rootMetadata == .origin { plan.spellings = [origin, origin + "/"] }
        }
        plan.origins = [host.span, section.publicURL.span]
        return plan
    }

    static func origin(of url: PublicURL, on host: HostName) -> String {
        let port = url.port.map { ":\($0)" } ?? ""
        return "\(url.scheme)://\(host.text)\(port)"
    }

    private func alias(of main: ResourcePlan, url: String, origin: String, path: String) -> ResourcePlan {
        var plan = main
        plan.isAlias = true
        plan.publicURL = url
        plan.resource = url
        plan.audience = url
        plan.origin = origin
        plan.path = path.asRequestPath
        plan.metadataURL = origin + WellKnown.protectedResource.inserted(before: path)
        plan.rootMetadata = .off
        plan.spellings = []
        plan.messagePath = nil
        plan.legacyAliases = []
        plan.openAIAppsChallenge = nil
        return plan
    }
}
