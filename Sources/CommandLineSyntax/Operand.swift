/// An argument of a command that is no option: a file, a name, a URL. `-` is an operand.
package struct Operand: Hashable, Sendable {
    package enum Arity: Hashable, Sendable {
        case required, optional, zeroOrMore, oneOrMore
    }

    /// What stands for it in help, in capitals: `SPEC`.
    package let name: String
    package let arity: Arity
    package let kind: ValueKind
    package let help: String

    package init(_ name: String, _ arity: Arity = .required, _ kind: ValueKind = .text, help: String) {
        self.name = name
        self.arity = arity
        self.kind = kind
        self.help = help
    }

    var isRequired: Bool { arity == .required || arity == .oneOrMore }
    var takesMany: Bool { arity == .zeroOrMore || arity == .oneOrMore }

    /// As a usage line shows it: `SPEC`, `[SPEC]`, `[FILE...]`, `FILE...`.
    var usage: String {
        switch arity {
        case .required: name
        case .optional: "[\(name)]"
        case .zeroOrMore: "[\(name)...]"
        case .oneOrMore: "\(name)..."
        }
    }
}
