import ConnectorSpec
package import Diagnostics

/// A value of the plan with its reason: how it came about, and from where in the spec.
///
/// As a wrapper `resource.metadataURL` is the value, and `resource.$metadataURL` the value with its reason. The value
/// alone cannot be set, so that none changes without its reason.
@propertyWrapper
package struct Derived<Value: Sendable>: Sendable {
    package let value: Value
    package let rule: Derivation
    /// Places of the spec, the most telling first.
    package let origins: [Span]

    package var wrappedValue: Value { value }

    package var projectedValue: Derived {
        get { self }
        set { self = newValue }
    }

    /// Creates a value that was made by a rule: `Derived(url.host, "connector.public_url: its host", from: [span])`.
    package init(_ value: Value, _ rule: Derivation, from origins: [Span]) {
        self.value = value
        self.rule = rule
        self.origins = origins
    }

    /// The places where it is written, or what it was made from; none for a default, whose origins say only where it
    /// could be.
    package var writtenOrigins: [Span] { rule.source == .default ? [] : origins }

    /// Creates another value from this one alone.
    func map<Other: Sendable>(_ rule: Derivation, _ transform: (Value) -> Other) -> Derived<Other> {
        Derived<Other>(transform(value), rule, from: origins)
    }
}

extension Derived {
    /// Creates a value as the spec has it.
    init(written value: Value, at span: Span) {
        self.init(value, .written, from: [span])
    }

    /// Creates a value that the spec may leave out: as it is written, else the default.
    ///
    /// `rule` says what the default is; without any the value says it. `owner` is the section that it is left out of.
    init<Read>(
        _ written: Located<Read>?, default standard: Read, _ rule: Derivation = .default, of owner: Span,
        as value: (Read) -> Value
    ) {
        if let written {
            self.init(written: value(written.value), at: written.span)
        } else {
            self.init(value(standard), rule, from: [owner])
        }
    }

    init(_ written: Located<Value>?, default standard: Value, _ rule: Derivation = .default, of owner: Span) {
        self.init(written, default: standard, rule, of: owner) { $0 }
    }
}
