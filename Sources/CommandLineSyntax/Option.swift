/// An option of a command or of a whole program. Declare it once as a `static let` and use that constant
/// both in the table and to look its value up.
package struct Option: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// Given or not. A negatable one also has the form `--no-NAME`; the last one given counts.
        case flag(negatable: Bool)
        /// Given at most once, with a value.
        case value(ValueKind)
        /// Given any number of times, each with a value.
        case repeated(ValueKind)
    }

    /// The long name without dashes.
    package let name: String
    package let short: Unicode.Scalar?
    package let kind: Kind
    /// What stands for the value in help, in capitals: `DIR`.
    package let placeholder: String
    /// What it does, lower case, without a full stop.
    package let help: String

    package static func flag(
        _ name: String, short: Unicode.Scalar? = nil, negatable: Bool = false, help: String
    ) -> Option {
        Option(name: name, short: short, kind: .flag(negatable: negatable), placeholder: "", help: help)
    }

    package static func value(
        _ name: String, short: Unicode.Scalar? = nil, _ placeholder: String, _ kind: ValueKind = .text, help: String
    ) -> Option {
        Option(name: name, short: short, kind: .value(kind), placeholder: placeholder, help: help)
    }

    package static func repeated(
        _ name: String, short: Unicode.Scalar? = nil, _ placeholder: String, _ kind: ValueKind = .text, help: String
    ) -> Option {
        Option(name: name, short: short, kind: .repeated(kind), placeholder: placeholder, help: help)
    }

    static let help = Option.flag("help", short: "h", help: "print this help and exit")
    static let version = Option.flag("version", help: "print the version and exit")

    /// Nil for a flag.
    var valueKind: ValueKind? {
        switch kind {
        case .flag: nil
        case .value(let kind), .repeated(let kind): kind
        }
    }

    var isNegatable: Bool { kind == .flag(negatable: true) }

    /// Every spelling that the parser takes: `--check`, `--no-check`, `-c`.
    var spellings: [String] {
        ["--\(name)"] + (isNegatable ? ["--no-\(name)"] : []) + (short.map { ["-\($0)"] } ?? [])
    }
}
