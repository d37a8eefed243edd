/// A printed environment file.
package struct PrintedEnvFile: Sendable {
    /// The lines of one tagged assignment, 1-based, both ends included; a quoted value may span several.
    package struct TaggedLines: Hashable, Sendable {
        package let tag: Int
        package let lines: ClosedRange<Int>
    }

    package let fragment: Fragment<EnvLanguage>
    package let lines: [TaggedLines]

    package var bytes: [UInt8] { fragment.bytes }
}

extension EnvFile {
    /// Every item that the dialect cannot express; nothing is printed then.
    package struct Refusal: Error, Sendable {
        package struct Item: Hashable, Sendable {
            /// Index into ``EnvFile/items``.
            package let index: Int
            package let reason: Unrepresentable
        }

        package let items: [Item]
    }

    /// The text of the file in a dialect. It has no inline comments, no `export`, no BOM, no CR LF, no
    /// blanks around `=` and one line feed at the end of each line.
    package func printed(in dialect: EnvDialect) throws(Refusal) -> PrintedEnvFile {
        var output: [UInt8] = []
        var tagged: [PrintedEnvFile.TaggedLines] = []
        var refused: [Refusal.Item] = []
        var line = 1
        for (index, item) in items.enumerated() {
            let start = output.count
            do throws(Unrepresentable) {
                switch item {
                case .blank: break
                case .comment(let text): output += try dialect.comment(text)
                case .assignment(let name, let value, _):
                    output += try dialect.name(name).bytes
                    output.append(UInt8(ascii: "="))
                    output += try dialect.encode(value).bytes
                }
            } catch {
                refused.append(Refusal.Item(index: index, reason: error))
            }
            output.append(UInt8(ascii: "\n"))
            let next = line + output[start...].count { $0 == UInt8(ascii: "\n") }
            if case .assignment(_, _, let tag?) = item {
                tagged.append(PrintedEnvFile.TaggedLines(tag: tag, lines: line...(next - 1)))
            }
            line = next
        }
        guard refused.isEmpty else { throw Refusal(items: refused) }
        return PrintedEnvFile(fragment: Fragment(unchecked: output), lines: tagged)
    }
}
