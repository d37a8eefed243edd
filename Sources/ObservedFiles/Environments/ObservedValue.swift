package import Diagnostics

/// What a deployed file gives a variable.
package enum ObservedValue: Hashable, Sendable {
    case text(String)
    /// It is set, and what to cannot be told from the files; the reason is half a sentence.
    case unknown(String)

    package var text: String? { if case .text(let text) = self { text } else { nil } }
}

/// A variable that a file sets, and how its loader came to the value.
package struct ObservedAssignment: Hashable, Sendable {
    package let name: String
    package let value: ObservedValue
    package let nameSpan: Span
    /// The value as it is spelled, quotes included.
    package let valueSpan: Span
    /// True where the value stands there as it is, and is not filled in from elsewhere.
    package let isLiteral: Bool
    /// Further places on the way to the value.
    package let trail: [Label]

    package init(
        _ name: String, _ value: ObservedValue, nameSpan: Span, valueSpan: Span, isLiteral: Bool = true,
        trail: [Label] = []
    ) {
        self.name = name
        self.value = value
        self.nameSpan = nameSpan
        self.valueSpan = valueSpan
        self.isLiteral = isLiteral
        self.trail = trail
    }

    /// The same by another name, or with one more place on its way.
    func by(_ place: Label? = nil, name: String? = nil) -> ObservedAssignment {
        ObservedAssignment(
            name ?? self.name, value, nameSpan: nameSpan, valueSpan: valueSpan, isLiteral: isLiteral,
            trail: trail + [place].compactMap(\.self))
    }
}
