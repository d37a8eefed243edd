package import Diagnostics

extension DiagnosticCode {
    package static let templateSyntax = DiagnosticCode(
        900, "template-syntax",
        summary: "A template has a placeholder that is not written as one.",
        why: "What is no placeholder would be written into the output as it stands.",
        remedy: "Write `{{ name }}` within a line, or `{{> name }}` alone on its line.")
    package static let templatePlaceholderUnknown = DiagnosticCode(
        901, "template-placeholder-unknown",
        summary: "A template has a placeholder that nothing fills.",
        why: "An unknown placeholder must not become an empty text in a config file.",
        remedy: "Take one of the placeholders that the message lists.")
    package static let templatePlaceholderUnused = DiagnosticCode(
        902, "template-placeholder-unused",
        summary: "A template lacks a placeholder that it has to have.",
        why: "The value would be missing from the output without a word.",
        remedy: "Put the placeholder back; the built-in template shows where.")
    package static let templatePlaceholderMisplaced = DiagnosticCode(
        903, "template-placeholder-misplaced",
        summary: "A placeholder stands where its kind cannot stand.",
        why: "Lines put into the middle of a line, or into a comment or quote, would change what the rest means.",
        remedy: "Put `{{> name }}` alone on its line and `{{ name }}` within one.")
    package static let templateValueMissing = DiagnosticCode(
        904, "template-value-missing",
        summary: "A template was not given a value for a placeholder.",
        why: "It is a mistake within connectorgen: a placeholder must never become an empty text.",
        remedy: "Please report it with the command that you ran.")
    package static let templateValueUnknown = DiagnosticCode(
        905, "template-value-unknown",
        summary: "A template was given a value that it has no placeholder for.",
        why: "It is a mistake within connectorgen: a value must never be lost.",
        remedy: "Please report it with the command that you ran.")
    package static let templateValueManyLines = DiagnosticCode(
        906, "template-value-many-lines",
        summary: "A value of several lines is to stand within a line.",
        why: "A line end in the value would begin a new line of the output.",
        remedy: "Use a value without line ends.")
    package static let templateFileUnknown = DiagnosticCode(
        907, "template-file-unknown",
        summary: "A folder of templates has a file that is no template of connectorgen.",
        why: "A misspelt name would leave the built-in template in force without a word.",
        remedy: "Rename the file to one of the names that the message lists, or remove it.")
    package static let templateBytes = DiagnosticCode(
        908, "template-bytes",
        summary: "A template has bytes that an output must not have.",
        why: "Outputs are UTF-8 text without control characters.",
        remedy: "Save the template as UTF-8 text.")
    package static let templateTooLarge = DiagnosticCode(
        909, "template-too-large",
        summary: "A template is larger than any that is read.",
        why: "The bound keeps a wrong file from taking all memory.",
        remedy: "Look whether the right file was given.")
    package static let templateRefused = DiagnosticCode(
        910, "template-refused",
        summary:
            "A template of a page has something that the pages must not have, or a placeholder where it would be unsafe.",
        why:
            "The pages are sent with a policy that runs no script and loads nothing, and a value outside of a text or "
            + "a quoted attribute could become markup.",
        remedy: "Take it out, or move the placeholder into a text or a quoted attribute.")
    package static let pageTextLine = DiagnosticCode(
        911, "page-text-line",
        summary: "A line of the texts of the pages is none, unknown, missing or there twice.",
        why: "A sentence would be missing from a page without a word.",
        remedy: "Write each text once as `name: text`; the message lists the names.")

    /// All of them.
    package static let templatesCodes: [DiagnosticCode] = [
        .templateSyntax, .templatePlaceholderUnknown, .templatePlaceholderUnused, .templatePlaceholderMisplaced,
        .templateValueMissing,
        .templateValueUnknown, .templateValueManyLines, .templateFileUnknown, .templateBytes, .templateTooLarge,
        .templateRefused, .pageTextLine,
    ]
}
