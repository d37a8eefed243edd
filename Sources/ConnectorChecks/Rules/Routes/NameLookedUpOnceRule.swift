import ConnectorPlan
import ConnectorSpec
package import Diagnostics
import OAuthModel
import WebSyntax

extension DiagnosticCode {
    package static let nameLookedUpOnce = DiagnosticCode(
        437, "name-looked-up-once", .warning,
        summary: "nginx looks the name of a container up once, when it starts.",
        why:
            "While the container is away nginx does not start at all (`host not found in upstream`), and takes the rest of the "
            + "site with it; a container that comes back under another address is not found until nginx is reloaded.",
        remedy:
            "Write `targets.nginx.resolver: 127.0.0.11`, the name server that Docker has in every network of its own.")
}

/// A name of a container network, and no name server for it.
struct NameLookedUpOnceRule: PlanRule {
    private static func example(_ connector: String, _ nginx: String = "{}", issuer: String = "") -> RuleExample {
        RuleExample(issuer: issuer, connector: connector, top: "targets: { nginx: \(nginx) }")
    }

    let documentation = RuleDocumentation(
        .nameLookedUpOnce,
        failing: [
            Self.example("upstream: ↓http://mcp:3930"),
            Self.example(
                "", issuer: "listen: ↓auth:8719\nprivate_listen: auth:8720\ntrusted_proxies: [172.18.0.0/16]"),
        ],
        passing: [
            Self.example("upstream: http://mcp:3930", "{ resolver: 127.0.0.11 }"),
            Self.example("upstream: http://localhost:3930"), Self.example("upstream: https://inner.example.com"),
        ], references: [])

    let reads: Set<SpecPart> = [.targets]

    func check(_ plan: DeploymentPlan, _ context: RuleContext) -> [Diagnostic] {
        guard let nginx = plan.nginx, nginx.resolver == nil else { return [] }
        // One finding: the remedy is the same for all.
        let names = servers(plan.spec).filter { Self.isContainer($0.address) }
        guard let first = names.first else { return [] }
        return [
            finding(
                "nginx does not start while the name in \(first.key) cannot be resolved", at: first.span,
                "looked up once",
                secondary: names.dropFirst().prefix(2).map { Label($0.span, "and this") },
                help: "add `targets.nginx.resolver`: Docker's is 127.0.0.11")
        ]
    }

    /// What nginx is led to, as it is written.
    private func servers(_ spec: Spec) -> [(key: String, address: UpstreamURL.Address, span: Span)] {
        var servers: [(key: String, address: UpstreamURL.Address, span: Span)] = []
        for (key, written) in [("listen", spec.issuer.listen), ("private_listen", spec.issuer.privateListen)] {
            if let written { servers.append(("issuer.\(key)", written.value.address, written.span)) }
        }
        if let upstream = spec.issuer.upstream {
            servers.append(("issuer.upstream", upstream.value.address, upstream.span))
        }
        for section in spec.connectors {
            for upstream in [section.upstream] + section.replicas {
                servers.append(
                    ("connectors.\(section.name.value.text).upstream", upstream.value.address, upstream.span))
            }
        }
        return servers
    }

    /// A name of one label is of a container network; one with a domain is of a DNS that nginx's machine has.
    private static func isContainer(_ address: UpstreamURL.Address) -> Bool {
        guard case .tcp(let host, _) = address, UpstreamURL.isName(host) else { return false }
        return !host.utf8.contains(UInt8(ascii: "."))
    }
}
