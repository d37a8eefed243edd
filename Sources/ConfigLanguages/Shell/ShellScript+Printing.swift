/// Printed shell text, and the lines of its tagged calls.
package struct PrintedShellScript: Sendable {
    package struct TaggedLines: Hashable, Sendable {
        package let tag: Int
        /// 1-based, both ends included.
        package let lines: ClosedRange<Int>
    }

    package let fragment: Fragment<ShellLanguage>
    package let lines: [TaggedLines]
}

extension ShellScript {
    package func printed() throws(Unrepresentable) -> PrintedShellScript {
        var output: [UInt8] = []
        var tagged: [PrintedShellScript.TaggedLines] = []
        var line = 1
        for item in items {
            let start = output.count
            switch item {
            case .blank: break
            case .comment(let text):
                let bytes = try ShellLanguage.commentText(text).bytes
                output += bytes.isEmpty ? Array("#".utf8) : Array("# ".utf8) + bytes
            case .assignment(let name, let value):
                output += try ShellLanguage.name(name)
                output.append(UInt8(ascii: "="))
                output += try ShellLanguage.quoted(value).bytes
            case .call(let words, _):
                for (index, word) in words.enumerated() {
                    if index > 0 { output.append(UInt8(ascii: " ")) }
                    output += try word.spelling
                }
            }
            output.append(UInt8(ascii: "\n"))
            let next = line + output[start...].count { $0 == UInt8(ascii: "\n") }
            if case .call(_, let tag?) = item {
                tagged.append(PrintedShellScript.TaggedLines(tag: tag, lines: line...(next - 1)))
            }
            line = next
        }
        return PrintedShellScript(fragment: Fragment(unchecked: output), lines: tagged)
    }
}

extension ShellScript.Word {
    fileprivate var spelling: [UInt8] {
        get throws(Unrepresentable) {
            switch self {
            case .value(let value): return try ShellLanguage.quoted(value).bytes
            case .variable(let name): return Array("\"$".utf8) + (try ShellLanguage.name(name)) + Array("\"".utf8)
            case .name(let name):
                guard Self.isName(name.utf8) else {
                    throw Unrepresentable(language: ShellLanguage.displayName, reason: "an unquoted word")
                }
                return Array(name.utf8)
            }
        }
    }

    static func isName(_ bytes: some Collection<UInt8>) -> Bool {
        guard let first = bytes.first, EnvName.isStart(first) || first == UInt8(ascii: "-") else { return false }
        return bytes.allSatisfy { EnvName.isPart($0) || $0 == UInt8(ascii: "-") }
    }
}
