/// The part of a POSIX shell script that carries data: comments, assignments and calls. Functions and control flow are
/// the text of a template; values never are.
package struct ShellScript: Hashable, Sendable {
    package enum Word: Hashable, Sendable {
        /// A name of ours, unquoted: a function, a command, an option. `[A-Za-z_-][A-Za-z0-9_-]*`
        case name(String)
        /// Any text, always between single quotes.
        case value(String)
        /// `"$NAME"`
        case variable(String)
    }

    package enum Item: Hashable, Sendable {
        case comment(String)
        case blank
        /// `NAME='value'`
        case assignment(name: String, value: String)
        /// A command and its arguments; `tag` is the writer's own number, the printer says which lines it got.
        case call([Word], tag: Int? = nil)
    }

    package var items: [Item]

    package init(items: [Item] = []) {
        self.items = items
    }
}
