import ConnectorSpec
package import Diagnostics

extension DiagnosticCode {
    package static let hostedClientsLimited = DiagnosticCode(
        419, "hosted-clients-limited", .warning,
        summary: "A limit for each address is lower than what a hosted client needs for all its users.",
        why:
            "Hosted clients ask from a few addresses of their vendor, which all their users share. A limit that is plenty for "
            + "one person answers 429 to the second.",
        remedy: "Allow at least one request in a second, or leave the limit at its default.")
}

/// A limit below one request in a second, and a client that comes with all its users from one address.
struct HostedClientsLimitedRule: Rule {
    let documentation = RuleDocumentation(
        .hostedClientsLimited,
        failing: [
            RuleExample(connector: "rate_limit: ↓20/m", top: "clients: [claude]\ntargets: { nginx: {} }"),
            RuleExample(issuer: "limits: { token_requests: ↓20/1m }", top: "clients: [chatgpt]"),
        ],
        passing: [
            RuleExample(connector: "rate_limit: 10/s burst 20", top: "clients: [claude]\ntargets: { nginx: {} }"),
            RuleExample(issuer: "limits: { token_requests: 20/1m }", top: "clients: [claude-code]"),
            RuleExample(issuer: "limits: { token_requests: 0, registrations: 20/10m }", top: "clients: [chatgpt]"),
        ], references: ["M#112"])

    func check(_ context: RuleContext) -> [Diagnostic] {
        let hosted = context.hostedClients
        guard !hosted.isEmpty else { return [] }
        var low: [(key: String, span: Span)] = []
        for connector in context.draft.connectors {
            guard let limit = connector.rateLimit, limit.value.requestsPerMinute < 60 else { continue }
            low.append(("connectors.\(connector.name.value.text).rate_limit", limit.span))
        }
        if let quota = context.draft.issuer?.limits?.tokenRequests, quota.value.requests > 0,
            quota.value.requests < quota.value.seconds
        {
            low.append(("issuer.limits.token_requests", quota.span))
        }
        return low.map { key, span in
            finding(
                "\(key) allows an address less than a request in a second, and \(hosted.joined(separator: ", ")) "
                    + "\(hosted.count == 1 ? "comes" : "come") with all users from a few addresses",
                at: span, "all users of a vendor together", help: "raise it, or leave it at its default")
        }
    }
}

extension RateLimit {
    fileprivate var requestsPerMinute: Int { unit == .second ? requests * 60 : requests }
}
