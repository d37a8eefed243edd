import ConnectorSpec
package import Diagnostics
package import OAuthModel

/// A value of the plan with its history: what it is, whether somebody wrote it, and from where it came.
package struct PlanValue: Sendable {
    package enum Content: Hashable, Sendable {
        case text(String)
        /// Several values, and what stands between them where one text is needed.
        case list([String], separator: String)
        /// A reference; never the secret.
        case secret(SecretReference)
    }

    package enum Source: String, Hashable, Sendable {
        /// It stands in the spec.
        case written
        /// It was left out of the spec.
        case `default`
        /// It was joined from other values.
        case derived
    }

    package let content: Content
    package let source: Source
    /// How it came about: `derived from connectors.mcp.public_url: path inserted after …`.
    package let rule: String
    /// Places of the spec, the most telling first.
    package let origins: [Span]

    /// The value as one text; nil for a secret.
    package var text: String? {
        switch content {
        case .text(let text): text
        case .list(let items, let separator): items.joined(separator: separator)
        case .secret: nil
        }
    }
}

extension PlanValue {
    /// A value as the spec has it.
    static func written(_ text: String, at span: Span) -> PlanValue {
        PlanValue(content: .text(text), source: .written, rule: "written", origins: [span])
    }

    /// A value that the spec may leave out.
    static func optional(_ text: String, writtenAt span: Span?, otherwise rule: String, from owner: Span) -> PlanValue {
        if let span { return written(text, at: span) }
        return PlanValue(content: .text(text), source: .default, rule: "default: \(rule)", origins: [owner])
    }

    static func derived(_ text: String, _ rule: String, from origins: [Span]) -> PlanValue {
        PlanValue(content: .text(text), source: .derived, rule: "derived from \(rule)", origins: origins)
    }

    static func list(
        _ items: [String], separator: String = " ", source: Source = .derived, rule: String, from origins: [Span]
    ) -> PlanValue {
        PlanValue(content: .list(items, separator: separator), source: source, rule: rule, origins: origins)
    }
}
