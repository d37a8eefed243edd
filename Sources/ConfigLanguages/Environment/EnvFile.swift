/// An environment file as a tree, the same for every dialect: what is assigned, and what stands between.
///
/// It holds decoded values. How a value is spelled is the dialect's affair and decided when it is printed.
package struct EnvFile: Hashable, Sendable {
    package enum Item: Hashable, Sendable {
        /// The text behind `# `, one line.
        case comment(String)
        /// `tag` is the writer's own number for the assignment; the printer says which lines it got.
        case assignment(name: String, value: String, tag: Int? = nil)
        case blank
    }

    package var items: [Item]

    package init(items: [Item] = []) {
        self.items = items
    }
}
