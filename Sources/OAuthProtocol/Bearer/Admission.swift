import JSONSyntax
package import RuntimeConfig
import WebSyntax

/// Whether somebody with a good token may come to a resource.
package enum AdmissionDecision: Hashable, Sendable {
    case admitted
    /// With these scopes too the same person would be let in.
    case lacksScopes([String])
    /// Whatever its scopes were.
    case refused
}

extension RuntimeConfig.Resource {
    /// By the first way in that the token has; of one that lacks nothing but scopes it is told which.
    package func admission(of facts: AccessTokenFacts) -> AdmissionDecision {
        guard !admissions.isEmpty else { return .admitted }
        var decision = AdmissionDecision.refused
        for way in admissions where way.isOpen(to: facts) {
            let lacking = way.scopes.filter { !facts.scopes.contains($0) }
            if lacking.isEmpty { return .admitted }
            if decision == .refused { decision = .lacksScopes(lacking) }
        }
        return decision
    }
}

extension RuntimeConfig.Admission {
    /// Whether all holds that does not depend on scopes.
    func isOpen(to facts: AccessTokenFacts) -> Bool {
        if let subject, !subject.hasSameBytes(as: facts.subject) { return false }
        return claims.allSatisfy { $0.holds(of: facts.claims) }
    }
}

extension RuntimeConfig.Admission.Claim {
    /// A text, a boolean or a whole number that is written so, or a list that holds one.
    func holds(of claims: JSON?) -> Bool {
        switch claims.flatMap(found) {
        case .array(let values)?: values.contains(where: isValue)
        case let value?: isValue(value)
        case nil: false
        }
    }

    /// A claim of exactly this name comes first: issuers give claims names that are URLs, with dots in them.
    private func found(in claims: JSON) -> JSON? {
        if let claim = claims[name] { return claim }
        var value = claims
        for step in name.split(separator: ".", omittingEmptySubsequences: false) {
            guard let below = value[String(step)] else { return nil }
            value = below
        }
        return value
    }

    private func isValue(_ json: JSON) -> Bool {
        switch json {
        case .string(let text): text.hasSameBytes(as: value)
        case .bool(let flag): value == (flag ? "true" : "false")
        case .number(let number): number.literal == value
        default: false
        }
    }
}
