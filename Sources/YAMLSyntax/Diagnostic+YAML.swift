import Diagnostics

/// What the composer has to say.
extension Diagnostic {
    static func tooDeep(_ limit: Int, at span: Span) -> Diagnostic {
        Diagnostic(
            .yamlTooDeep, "collections are nested more than \(limit) deep", at: Label(span, "one level too many"),
            help: "no spec needs that; look for a bracket that is not closed")
    }

    static func aliasExpansion(_ expanded: Int, written: Int, at span: Span) -> Diagnostic {
        Diagnostic(
            .yamlAliasExpansion, "aliases stand for \(expanded) values in a file that has written \(written) so far",
            at: Label(span, "the limit is passed here"), help: "write the values out, or use fewer aliases")
    }

    static func recursiveAlias(_ name: String, at span: Span) -> Diagnostic {
        Diagnostic(
            .yamlRecursiveAlias, "`*\(name)` stands within the value that it refers to", at: Label(span),
            help: "a value cannot hold itself")
    }

    static func undefinedAlias(_ name: String, known: [String], at span: Span) -> Diagnostic {
        let suggestion = Suggestion.nearest(to: name, in: known)
        var help = "write `&\(name)` before the value that is meant, further up in the file"
        if let suggestion {
            help = "did you mean `*\(suggestion)`?"
        } else if !known.isEmpty, known.count <= 10 {
            help = "known here: " + known.map { "`*\($0)`" }.joined(separator: ", ")
        }
        let fixes = suggestion.map { [FixIt("write `*\($0)`", .maybeIncorrect, edits: [TextEdit(span, "*" + $0)])] }
        return Diagnostic(
            .yamlUndefinedAlias, "nothing above is anchored as `&\(name)`", at: Label(span), help: help,
            fixes: fixes ?? [])
    }

    static func duplicateKey(_ path: String, at span: Span, first: Span, in text: YAMLText) -> Diagnostic {
        Diagnostic(
            .yamlDuplicateKey,
            "`\(path)` is written twice, in line \(text.line(of: first)) and in line \(text.line(of: span))",
            at: Label(span, "written again here"), secondary: [Label(first, "first written here")],
            help: "keep one of the two")
    }

    static func secondMerge(at span: Span, first: Span) -> Diagnostic {
        Diagnostic(
            .yamlDuplicateKey, "`<<` stands twice in one mapping", at: Label(span, "written again here"),
            secondary: [Label(first, "first written here")], help: "merge several with one `<<: [*one, *two]`")
    }

    static func wrongTag(_ tag: String, on kind: String, at span: Span) -> Diagnostic {
        let prefix = YAMLText.coreTagPrefix
        let name = tag.hasPrefix(prefix) ? "!!" + tag.dropFirst(prefix.utf8.count) : tag
        return Diagnostic(
            .yamlUnknownTag, "the tag `\(name)` is not known on \(kind)", at: Label(span),
            notes: ["known tags are !!str, !!int, !!float, !!bool, !!null, !!seq and !!map"], help: "remove it")
    }
}

extension YAMLText {
    /// The 1-based line of a span's start; counted when there is something to say only.
    func line(of span: Span) -> Int {
        var line = 1
        var index = 0
        while index < min(span.start, bytes.count) {
            if bytes[index] == 0x0A || (bytes[index] == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A))
            {
                line += 1
            }
            index += 1
        }
        return line
    }
}
