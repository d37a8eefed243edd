package import Diagnostics

/// A directive with its arguments and, where it has one, its block.
///
/// It knows nothing of what directives mean. Two directives are equal when they say the same; where they were
/// read, and which tag they carry, does not count.
package struct NginxDirective: Sendable {
    /// The first word; in the block of a `map` it is data.
    package var word: NginxArgument
    package var arguments: [NginxArgument]
    /// Nil for directives that end in `;`.
    package var block: NginxBlock?
    /// The comment lines above, without `#` and one space.
    package var comments: [String]
    /// Stands for where the directive came from; the printer tells which lines carry it. Opaque here.
    package var tag: Int?
    /// From the first byte of the first word to the `;` or `}`, in a parsed file.
    package var span: Span?

    package var name: String { word.text }

    package init(
        _ word: NginxArgument, _ arguments: [NginxArgument] = [], block: NginxBlock? = nil, comments: [String] = [],
        tag: Int? = nil, at span: Span? = nil
    ) {
        self.word = word
        self.arguments = arguments
        self.block = block
        self.comments = comments
        self.tag = tag
        self.span = span
    }
}

extension NginxDirective: Hashable {
    package static func == (left: NginxDirective, right: NginxDirective) -> Bool {
        left.word == right.word && left.arguments == right.arguments && left.block == right.block
            && left.comments == right.comments
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(word)
        hasher.combine(arguments)
        hasher.combine(block)
        hasher.combine(comments)
    }
}

/// What stands between two braces, or a whole file.
package struct NginxBlock: Hashable, Sendable {
    package var directives: [NginxDirective]
    /// The comment lines behind the last directive.
    package var closingComments: [String]

    package init(_ directives: [NginxDirective] = [], closingComments: [String] = []) {
        self.directives = directives
        self.closingComments = closingComments
    }
}
