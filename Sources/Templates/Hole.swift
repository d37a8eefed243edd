/// A place of a skeleton that a value goes into.
package struct Hole: Hashable, Sendable {
    package enum Form: Hashable, Sendable {
        /// `{{ name }}` within a line, as often as the skeleton likes; its value has no line end.
        case inline
        /// `{{> name }}` alone on a line, once; its value is whole lines, indented as the hole is. An empty
        /// value leaves no line.
        case block
    }

    /// `[a-z][a-z0-9_]*`
    package let name: String
    package let form: Form
    /// True for a value that the address encoder made: only such a one may stand where a page leads somewhere.
    package let isAddress: Bool

    package static func inline(_ name: String) -> Hole { Hole(name: name, form: .inline, isAddress: false) }
    package static func address(_ name: String) -> Hole { Hole(name: name, form: .inline, isAddress: true) }
    package static func block(_ name: String) -> Hole { Hole(name: name, form: .block, isAddress: false) }

    /// As a skeleton has to write it.
    var spelling: String {
        switch form {
        case .inline: "{{ \(name) }}"
        case .block: "{{> \(name) }}"
        }
    }
}
