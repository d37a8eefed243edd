package import Diagnostics

/// What can be wrong with a file as YAML, before anyone asks what it says.
extension DiagnosticCode {
    package static let yamlSyntax = DiagnosticCode(
        1, "yaml-syntax",
        summary: "The file is not YAML at this place.",
        why: "Nothing behind it can be read, so nothing behind it is checked.",
        remedy: "Fix the place; most often a colon, a quote or a bracket in a text asks for quotes around it.")
    package static let yamlNotUTF8 = DiagnosticCode(
        2, "yaml-not-utf8",
        summary: "The file is not UTF-8.",
        why: "The same bytes would be other characters for other readers.",
        remedy: "Save the file as UTF-8.")
    package static let yamlControlCharacter = DiagnosticCode(
        3, "yaml-control-character",
        summary: "The file has a character that YAML does not allow.",
        why: "Control characters cannot be seen, and what they do to a terminal or a config file can hurt.",
        remedy: "Remove it, or write it as an escape within double quotes.")
    package static let yamlTooLarge = DiagnosticCode(
        4, "yaml-too-large",
        summary: "The file is larger than any that is read.",
        why: "The bound keeps a wrong or hostile file from taking all memory.",
        remedy: "Split the spec, or look whether the right file was given.")
    package static let yamlTooDeep = DiagnosticCode(
        5, "yaml-too-deep",
        summary: "Collections are nested deeper than any spec needs.",
        why: "The bound keeps a hostile file from exhausting the stack.",
        remedy: "Look for a bracket that is not closed.")
    package static let yamlTooManyValues = DiagnosticCode(
        6, "yaml-too-many-values",
        summary: "The file has more values than are read.",
        why: "The bound keeps a hostile file from taking all memory.",
        remedy: "Split the spec.")
    package static let yamlAliasExpansion = DiagnosticCode(
        7, "yaml-alias-expansion",
        summary: "Aliases stand for far more values than the file writes.",
        why: "A few lines of nested aliases can stand for billions of values.",
        remedy: "Write the values out, or use fewer aliases.")
    package static let yamlUndefinedAlias = DiagnosticCode(
        8, "yaml-undefined-alias",
        summary: "An alias names an anchor that does not stand above it.",
        why: "There is nothing that it could stand for.",
        remedy: "Correct the name, or anchor the value with `&name` before its first use.")
    package static let yamlRecursiveAlias = DiagnosticCode(
        9, "yaml-recursive-alias",
        summary: "An alias stands within the value that it refers to.",
        why: "A value cannot hold itself.",
        remedy: "Write the value out.")
    package static let yamlDuplicateKey = DiagnosticCode(
        10, "yaml-duplicate-key",
        summary: "A key is written twice in one mapping.",
        why: "Readers differ in which of the two they take, so one of them is lost without a word.",
        remedy: "Keep one of the two.")
    package static let yamlSeveralDocuments = DiagnosticCode(
        11, "yaml-several-documents",
        summary: "The file has a second document.",
        why: "Only one could be the spec; the other would be ignored.",
        remedy: "Keep one document in each file.")
    package static let yamlUnknownTag = DiagnosticCode(
        12, "yaml-unknown-tag",
        summary: "A value has a tag that is not known.",
        why: "Tags of programming languages let a file construct objects; none of them means anything in a spec.",
        remedy: "Remove the tag.")
    package static let yamlTagMismatch = DiagnosticCode(
        13, "yaml-tag-mismatch",
        summary: "A value is not what its tag says.",
        why: "One of the two is wrong, and which one would be a guess.",
        remedy: "Remove the tag, or correct the value.")
    package static let yamlKeyNotText = DiagnosticCode(
        14, "yaml-key-not-text",
        summary: "A key is a list or a mapping.",
        why: "It often comes from an unquoted `{{name}}`, which YAML reads as a mapping.",
        remedy: "Quote a key or value that begins with `{`, `[` or `*`.")
    package static let yamlKeyMissing = DiagnosticCode(
        15, "yaml-key-missing",
        summary: "A colon has no key before it.",
        why: "The value would belong to nothing.",
        remedy: "Write the key, or remove the line.")
    package static let yamlMergeNotMapping = DiagnosticCode(
        16, "yaml-merge-not-mapping",
        summary: "`<<` merges something that is no mapping.",
        why: "There are no keys to take over.",
        remedy: "Name an anchored mapping, as in `<<: *defaults`.")
    package static let yamlTab = DiagnosticCode(
        17, "yaml-tab",
        summary: "A tab stands where YAML wants spaces.",
        why: "YAML forbids tabs in indentation, because editors show them at different widths.",
        remedy: "Indent with spaces, two for each level.")
    package static let yamlNotClosed = DiagnosticCode(
        18, "yaml-not-closed",
        summary: "A quote or a bracket is not closed.",
        why: "Everything up to the next one, or to the end, is taken as part of the value.",
        remedy: "Close it behind the last character of the value.")
    package static let yamlIndentation = DiagnosticCode(
        19, "yaml-indentation",
        summary: "A line does not begin in the column of its collection.",
        why: "The column alone says to which collection an entry belongs.",
        remedy: "Let entries of one collection begin in the same column.")
    package static let yamlEmpty = DiagnosticCode(
        20, "yaml-empty",
        summary: "The file holds no value.",
        why: "A spec that was emptied by accident would otherwise compile to nothing.",
        remedy: "Write the spec, or give the right file.")
    package static let yamlTruthLookAlike = DiagnosticCode(
        21, "yaml-truth-look-alike", .warning,
        summary: "A text looks like a boolean of YAML 1.1: `yes`, `no`, `on`, `off`.",
        why: "YAML 1.2 reads it as text; other tools that read the same file take it for a boolean.",
        remedy: "Write `true` or `false` where a boolean is meant, else quote it.")
    package static let yamlOctalLookAlike = DiagnosticCode(
        22, "yaml-octal-look-alike", .warning,
        summary: "A number has a leading zero.",
        why: "YAML 1.2 reads it as text; readers of YAML 1.1 take it for an octal number.",
        remedy: "Quote it, or drop the zero where a number is meant.")

    /// All of them.
    package static let yamlSyntaxCodes: [DiagnosticCode] = [
        .yamlSyntax, .yamlNotUTF8, .yamlControlCharacter, .yamlTooLarge, .yamlTooDeep, .yamlTooManyValues,
        .yamlAliasExpansion, .yamlUndefinedAlias, .yamlRecursiveAlias, .yamlDuplicateKey, .yamlSeveralDocuments,
        .yamlUnknownTag, .yamlTagMismatch, .yamlKeyNotText, .yamlKeyMissing, .yamlMergeNotMapping, .yamlTab,
        .yamlNotClosed, .yamlIndentation, .yamlEmpty, .yamlTruthLookAlike, .yamlOctalLookAlike,
    ]
}
