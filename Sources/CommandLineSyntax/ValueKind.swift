/// What the value of an option or an operand is; drives checks and completion.
package enum ValueKind: Hashable, Sendable {
    case text
    /// One of a closed list.
    case choice([String])
    case file
    case directory

    /// The closed list; empty where any text may stand.
    var choices: [String] {
        if case .choice(let choices) = self { choices } else { [] }
    }
}
