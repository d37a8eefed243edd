import ConnectorPlan
import ConnectorSpec
import Diagnostics
import JSONSyntax
import OAuthModel
import WebSyntax

/// The routes of a plan as text: per host, in output order, what is matched, what answers, and which line of the
/// spec asked for it.
struct RouteTable: Sendable {
    private struct Row {
        let match: String
        let action: String
        let origin: String
    }

    private let plan: DeploymentPlan
    private let sources: SourceMap

    init(_ plan: DeploymentPlan, sources: SourceMap) {
        self.plan = plan
        self.sources = sources
    }

    var text: String {
        plan.edge.hosts.map { host in
            let rows = host.routes.map {
                Row(match: describe($0.match), action: describe($0.action), origin: origin(of: $0))
            }
            let matchWidth = rows.map(\.match.utf8.count).max() ?? 0
            let actionWidth = rows.map(\.action.utf8.count).max() ?? 0
            let lines = rows.map { row in
                "  \(padded(row.match, to: matchWidth))  \(padded(row.action, to: actionWidth))  \(row.origin)\n"
            }
            return "\(host.scheme)://\(host.authority)\n" + lines.joined()
        }.joined(separator: "\n")
    }

    /// The same for programs; further members may come, these stay.
    var json: JSON {
        let routes = plan.edge.hosts.flatMap { host in
            host.routes.map { route -> JSON in
                let (kind, path) =
                    switch route.match {
                    case .exact(let path): ("exact", path)
                    case .subtree(let path): ("subtree", path)
                    }
                return [
                    "host": .string("\(host.scheme)://\(host.authority)"), "match": .string(kind),
                    "path": .string(path),
                    "action": .string(describe(route.action)), "reason": .string(route.reason),
                    "origin": .string(origin(of: route)),
                ]
            }
        }
        return ["formatVersion": 1, "routes": .array(routes)]
    }

    private func describe(_ match: Route.Match) -> String {
        switch match {
        case .exact(let path): "= \(path)"
        case .subtree(let path): "^~ \(path)"
        }
    }

    private func describe(_ action: Route.Action) -> String {
        switch action {
        case .document(let index): "document \(plan.documents[index].kind.rawValue)"
        case .transport(let index):
            "transport of \(plan.resources[index].connector) at \(plan.resources[index].upstream.text)"
        case .messages(let index):
            "messages to \(plan.resources[index].connector) at \(plan.resources[index].upstream.text)"
        case .endpoint(let name, let path): "endpoint \(name.rawValue) at \(path)"
        case .legacyAlias(let name, let path, let sunset): "legacy \(name.rawValue) at \(path) until \(sunset.text)"
        case .external(let path): "external \(plan.edge.externalServer?.text ?? "") at \(path)"
        case .issuer(let path): "issuer \(plan.edge.externalServer?.text ?? "") at \(path)"
        case .acmeChallenge: "ACME challenge"
        case .domainProof: "proof of the domain"
        case .notFound: "not found"
        }
    }

    private func origin(of route: Route) -> String {
        guard let span = route.origins.first else { return "" }
        let file = sources[span.file]
        return "\(file.path):\(file.position(at: span.start).line)"
    }

    private func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.utf8.count))
    }
}
