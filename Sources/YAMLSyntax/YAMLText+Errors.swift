import Diagnostics

/// libyaml's complaints in words that say what to do.
extension YAMLText {
    func diagnostic(for error: LibYAMLError) -> Diagnostic {
        unexpectedTab(error) ?? oddBlank(error) ?? unclosed(error) ?? indentation(error) ?? indicator(error)
            ?? known(error) ?? plain(error)
    }

    private func unclosed(_ error: LibYAMLError) -> Diagnostic? {
        let what: (name: String, closing: String)
        switch (error.context, error.problem) {
        case ("while parsing a flow sequence", _): what = ("list", "]")
        case ("while parsing a flow mapping", _): what = ("mapping", "}")
        case ("while scanning a quoted scalar", "found unexpected end of stream"),
            ("while scanning a quoted scalar", "found unexpected document indicator"):
            what = ("quoted text", "quote")
        default: return nil
        }
        let opening = error.contextOffset ?? error.offset
        if what.closing == "quote" {
            return Diagnostic(
                .yamlNotClosed, "the quote is not closed", at: Label(token(at: opening), "opened here"),
                secondary: [Label(token(at: error.offset), "the text runs to here")],
                help: "write the same quote behind the last character of the text")
        }
        return Diagnostic(
            .yamlNotClosed, "expected `,` or `\(what.closing)` in the \(what.name), found \(found(at: error.offset))",
            at: Label(token(at: error.offset)), secondary: [Label(token(at: opening), "opened here")],
            help: "close it with `\(what.closing)`, or separate the values by `,`")
    }

    private func known(_ error: LibYAMLError) -> Diagnostic? {
        let text: (message: String, help: String)
        switch error.problem {
        case "could not find expected ':'":
            text = ("a key lacks its `:`", "write `key: value`, with a space behind the colon")
            let start = error.contextOffset ?? error.offset
            return Diagnostic(.yamlSyntax, text.message, at: Label(restOfLine(at: start)), help: text.help)
        case "mapping values are not allowed in this context":
            text = (
                "a `:` with a value is not expected here",
                "put quotes around the value if it holds `: `, or the key on a line of its own"
            )
        case "block sequence entries are not allowed in this context":
            text = ("a `- ` is not expected here", "put each entry of the list on its own line")
        case "mapping keys are not allowed in this context":
            text = ("a `? ` is not expected here", "quote the text if it begins with a question mark")
        case "found character that cannot start any token":
            text = ("a plain scalar cannot begin with \(found(at: error.offset))", "quote it")
        case "did not find expected node content":
            text = ("expected a value, found \(found(at: error.offset))", "write a value, or quote it")
        case "found unknown escape character":
            text = (
                "the escape is not one of YAML's",
                "within double quotes write `\\\\` for a backslash, or use single quotes"
            )
        case "did not find expected <document start>":
            text = (
                "expected the end of the file, found \(found(at: error.offset))",
                "a file holds one value; look at the indentation"
            )
        case "found undefined tag handle":
            text = ("the tag is not known", "remove it")
            return Diagnostic(.yamlUnknownTag, text.message, at: Label(token(at: error.offset)), help: text.help)
        case "found incompatible YAML document":
            text = ("this version of YAML is not known", "write `%YAML 1.2`, or nothing")
        default: return nil
        }
        return Diagnostic(.yamlSyntax, text.message, at: Label(token(at: error.offset)), help: text.help)
    }

    private func plain(_ error: LibYAMLError) -> Diagnostic {
        Diagnostic(
            .yamlSyntax, error.problem, at: Label(token(at: error.offset)),
            secondary: error.contextOffset.map { [Label(token(at: $0), error.context ?? "")] } ?? [])
    }

    /// The character at a place; empty at the end of the file or of a line.
    func token(at offset: Int) -> Span {
        guard offset < bytes.count, bytes[offset] != 0x0A, bytes[offset] != 0x0D else { return span(offset, offset) }
        var end = offset + 1
        while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
        return span(offset, end)
    }

    private func restOfLine(at offset: Int) -> Span {
        var end = offset
        while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
        return span(offset, end)
    }

    func found(at offset: Int) -> String {
        guard offset < bytes.count else { return "the end of the file" }
        let token = token(at: offset)
        return token.isEmpty
            ? "the end of the line" : "`\(String(decoding: bytes[token.start..<token.end], as: UTF8.self))`"
    }
}
