import ConnectorPlan
import ConnectorSpec
import Diagnostics
import OAuthModel
import ObservedFiles

/// A process with the variables it gets, and the service of the spec that it is.
struct ObservedService: Sendable {
    let expectation: ServiceExpectation
    let environment: ObservedEnvironment
    let effective: [String: EffectiveVariable]

    init(_ expectation: ServiceExpectation, _ environment: ObservedEnvironment) {
        self.expectation = expectation
        self.environment = environment
        effective = environment.effective
    }

    /// Where a finding about something that is not there points: the service, or the first variable that it gets.
    var place: Span? { environment.span ?? environment.layers.flatMap(\.assignments).first?.nameSpan }

    /// True for a variable whose value nobody is shown.
    func isSecret(_ name: String) -> Bool {
        if case .secret = expectation.variable(name)?.value { return true }
        return SecretText.isSecretName(name)
    }
}

extension EffectiveVariable {
    /// The value as a message shows it; of a secret nothing but its length.
    func shown(_ context: RuleContext) -> String {
        guard let text = assignment.value.text else { return "what cannot be told" }
        return SecretText.isSecretName(assignment.name) || layer.kind == .secret
            ? context.concealed(text) : SecretText.display(text)
    }

    /// How its loader came to it: the layer, places on the way, and what it wins over.
    func trail(besides span: Span? = nil) -> [Label] {
        assignment.trail
            + overridden.map { Label($0.assignment.nameSpan, "overridden: \($0.layer.title)") }
    }
}
