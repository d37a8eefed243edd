import ConnectorBackends

/// Something to do for a change to arrive, in the order of the runbook.
package enum DeployStep: Hashable, Sendable {
    /// A secret that services read now and did not before, as its reference says it.
    case provideSecret(String)
    /// At the upstream provider, in its own console.
    case atProvider(String)
    /// Before the server starts on the new place.
    case prepareStore(String)
    case applyKeycloak
    /// Put an env file in its place and restart its service.
    case installEnvironment(String)
    /// An MCP server that has no env file here.
    case tellService(connector: String, what: String)
    case restartServer
    case reloadNginx
    case includeHost(host: String, file: String)
    case dropHost(host: String)
    /// What a Keycloak realm has too much now.
    case cleanRealm(String)
    /// Copies that CDNs and clients keep.
    case purge([String])
    case tellUsers(String)

    /// The runbook's order.
    private var place: Int {
        switch self {
        case .provideSecret: 0
        case .atProvider: 1
        case .prepareStore: 2
        case .applyKeycloak: 3
        case .installEnvironment: 4
        case .tellService: 5
        case .restartServer: 6
        case .reloadNginx: 7
        case .includeHost: 8
        case .dropHost: 9
        case .cleanRealm: 10
        case .purge: 11
        case .tellUsers: 12
        }
    }

    /// For programs.
    package var word: String {
        switch self {
        case .provideSecret: "provide-secret"
        case .atProvider: "provider"
        case .prepareStore: "store"
        case .applyKeycloak: "apply-keycloak"
        case .installEnvironment: "install-env"
        case .tellService: "mcp-server"
        case .restartServer: "restart-server"
        case .reloadNginx: "reload-nginx"
        case .includeHost: "include-host"
        case .dropHost: "drop-host"
        case .cleanRealm: "clean-realm"
        case .purge: "purge"
        case .tellUsers: "tell-users"
        }
    }

    /// A sentence without its full stop, in Markdown.
    package var text: String {
        func code(_ text: String) -> String { MarkdownPage.code(text) }
        switch self {
        case .provideSecret(let reference): return "have the secret \(code(reference)) where the services read it"
        case .atProvider(let text), .prepareStore(let text), .cleanRealm(let text), .tellUsers(let text): return text
        case .applyKeycloak: return "run \(code("sh keycloak/apply.sh")), then \(code("sh keycloak/verify.sh"))"
        case .installEnvironment(let file): return "put \(code(file)) in its place and restart its service"
        case .tellService(let connector, let what): return "change the MCP server of \(code(connector)): \(what)"
        case .restartServer:
            return "put \(code("runtime/connectorgen-auth.json")) in its place and restart \(code("connectorgen-auth"))"
        case .reloadNginx:
            return "copy the folder \(code("nginx/")) whole, then \(code("nginx -t && nginx -s reload"))"
        case .includeHost(let host, let file): return "include \(code(file)) in the server block of \(code(host))"
        case .dropHost(let host):
            return "take the include out of the server block of \(code(host)), before its file goes"
        case .purge(let urls): return "purge copies at CDNs and proxies: " + urls.map(code).joined(separator: ", ")
        }
    }

    /// Each once, in the order in which they are done.
    static func ordered(_ steps: [DeployStep]) -> [DeployStep] {
        var seen: Set<DeployStep> = []
        let urls = steps.flatMap { step -> [String] in if case .purge(let urls) = step { urls } else { [] } }
        var kept = steps.filter { step in
            if case .purge = step { return false }
            return seen.insert(step).inserted
        }
        if !urls.isEmpty { kept.append(.purge(Array(Set(urls)).sorted())) }
        return kept.enumerated().sorted { ($0.element.place, $0.offset) < ($1.element.place, $1.offset) }.map(\.element)
    }
}
