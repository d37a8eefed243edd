package import Diagnostics
package import OAuthModel
import WebSyntax

/// A derived value of whatever type, as `explain` and env files show it.
package struct PlanValue: Sendable {
    package enum Content: Hashable, Sendable {
        case text(String)
        /// Several values, and what stands between them where one text is needed.
        case list([String], separator: String)
        /// A reference; never the secret.
        case secret(SecretReference)
    }

    package let content: Content
    private let derivation: Derivation
    /// Places of the spec, the most telling first.
    package let origins: [Span]
    /// Whose value it is, for one of a connector.
    private let connector: String?

    init(_ content: Content, _ derivation: Derivation, from origins: [Span], of connector: String?) {
        self.content = content
        self.derivation = derivation
        self.origins = origins
        self.connector = connector
    }

    package var source: Derivation.Source { derivation.source }

    /// How it came about: `derived from connectors.mcp.public_url: path inserted after …`.
    package var rule: String { derivation.text(showing: text ?? "", connector: connector) }

    /// The value as one text; nil for a secret.
    package var text: String? {
        switch content {
        case .text(let text): text
        case .list(let items, let separator): items.joined(separator: separator)
        case .secret: nil
        }
    }
}

/// A ``Derived`` value, or one that a deployment may not have.
protocol Explained: Sendable {
    func planValue(of connector: String?, separator: String) -> PlanValue?
}

extension Derived: Explained where Value: PlanContent {
    func planValue(of connector: String?, separator: String) -> PlanValue? {
        value.content(separator: separator).map { PlanValue($0, rule, from: origins, of: connector) }
    }
}

extension Optional: Explained where Wrapped: Explained {
    func planValue(of connector: String?, separator: String) -> PlanValue? {
        flatMap { $0.planValue(of: connector, separator: separator) }
    }
}

/// A value that can be shown.
protocol PlanContent: Sendable {
    /// nil where there is nothing to show.
    func content(separator: String) -> PlanValue.Content?
}

extension Optional: PlanContent where Wrapped: PlanContent {
    func content(separator: String) -> PlanValue.Content? { flatMap { $0.content(separator: separator) } }
}

extension SecretReference: PlanContent {
    func content(separator _: String) -> PlanValue.Content? { .secret(self) }
}

/// A value that is shown as one text.
protocol PlanText: PlanContent {
    var planText: String { get }
}

extension PlanText {
    func content(separator _: String) -> PlanValue.Content? { .text(planText) }
}

extension PlanText where Self: RawRepresentable, RawValue == String {
    var planText: String { rawValue }
}

extension Array: PlanContent where Element: PlanText {
    func content(separator: String) -> PlanValue.Content? { .list(map(\.planText), separator: separator) }
}

extension String: PlanText { var planText: String { self } }
extension Int: PlanText { var planText: String { String(self) } }
extension Bool: PlanText { var planText: String { self ? "true" : "false" } }
extension AssertionAudience: PlanText {}
extension ClientAssertions: PlanText {}
extension DynamicRegistration: PlanText {}
extension LoginProvider: PlanText {}
extension RegistrationMethod: PlanText {}
extension ServerMode: PlanText {}
extension TokenFormat: PlanText {}
extension ListenAddress: PlanText { var planText: String { text } }
extension UpstreamURL: PlanText { var planText: String { text } }
extension TrustedHost: PlanText { var planText: String { pattern } }
extension RedirectRule: PlanText { var planText: String { uri } }

extension Rate: PlanText {
    /// `60 in 600s`
    var planText: String { requests == 0 ? "0" : "\(requests) in \(seconds)s" }
}
