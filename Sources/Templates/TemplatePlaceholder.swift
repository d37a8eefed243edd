/// A place of a template that a value goes into.
package struct TemplatePlaceholder: Hashable, Sendable {
    package enum Form: Hashable, Sendable {
        /// `{{ name }}` within a line, as often as the template likes; its value has no line end.
        case inline
        /// `{{> name }}` alone on a line, once; its value is whole lines, indented as the placeholder is. An empty
        /// value leaves no line.
        case block
    }

    /// What the value is to a page, which decides where it may stand.
    package enum Content: Hashable, Sendable {
        case text
        /// The address encoder made it: only such a value may stand where a page leads somewhere.
        case address
        /// It has tags; such a value is always a block.
        case markup
    }

    /// `[a-z][a-z0-9_]*`
    package let name: String
    package let form: Form
    package let content: Content

    package static func inline(_ name: String) -> TemplatePlaceholder {
        TemplatePlaceholder(name: name, form: .inline, content: .text)
    }
    package static func address(_ name: String) -> TemplatePlaceholder {
        TemplatePlaceholder(name: name, form: .inline, content: .address)
    }
    package static func block(_ name: String) -> TemplatePlaceholder {
        TemplatePlaceholder(name: name, form: .block, content: .markup)
    }

    /// As a template has to write it.
    var spelling: String {
        switch form {
        case .inline: "{{ \(name) }}"
        case .block: "{{> \(name) }}"
        }
    }
}
