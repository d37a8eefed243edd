package import Diagnostics

extension DiagnosticCode {
    package static let envNotText = DiagnosticCode(
        610, "env-not-text",
        summary: "An env file holds a NUL byte or is not UTF-8.",
        why: "Readers of env files differ in where they stop, so values would be cut.",
        remedy: "Save the file as UTF-8 text.")
    package static let envSyntax = DiagnosticCode(
        611, "env-syntax",
        summary: "A line of an env file is refused by the reader that the file is for.",
        why: "The service would not start, or start without the file.",
        remedy: "Write it as the message says; single quotes are safe for most values.")
    package static let envQuoteUnterminated = DiagnosticCode(
        612, "env-quote-unterminated",
        summary: "A quote in an env file is never closed.",
        why: "The reader takes the rest of the file for the value, or refuses the file.",
        remedy: "Close the quote behind the last character of the value.")
    package static let envLineIgnored = DiagnosticCode(
        613, "env-line-ignored", .warning,
        summary: "A line of an env file sets nothing.",
        why: "The reader passes over it without a word, and the variable stays unset.",
        remedy: "Write it as `NAME=value`, or remove it.")
    package static let envDuplicateKey = DiagnosticCode(
        614, "env-duplicate-key", .warning,
        summary: "A variable is assigned twice in an env file.",
        why: "The last assignment wins, while people who look for it find the first.",
        remedy: "Keep one of them.")
    package static let envNameOnly = DiagnosticCode(
        615, "env-name-only", .warning,
        summary: "A name stands in an env file without `=`.",
        why:
            "Readers differ: for some the variable is empty, for some it is taken from elsewhere, for some it "
            + "is unset.",
        remedy: "Write `NAME=` for the empty value, or remove the line.")
    package static let envNotStatic = DiagnosticCode(
        616, "env-not-static",
        summary: "A line of a shell env file would run something.",
        why: "Reading the file would execute commands, so its values cannot be known beforehand.",
        remedy: "Put the value in single quotes.")
    package static let envReferenceUnset = DiagnosticCode(
        617, "env-reference-unset", .warning,
        summary: "A value refers to a variable that is not set.",
        why: "The reference becomes the empty text.",
        remedy: "Set the variable before it, or put the value in single quotes where `$` is meant.")
    package static let envTextAfterQuote = DiagnosticCode(
        618, "env-text-after-quote", .warning,
        summary: "Text stands behind a closing quote.",
        why: "The reader drops it, so the value is shorter than what is written.",
        remedy: "Put the whole value within one pair of quotes.")
    package static let envNameInvalid = DiagnosticCode(
        619, "env-name-invalid", .warning,
        summary: "A variable of an env file has a name that its reader does not accept.",
        why: "The reader drops the variable, or takes a line for a part of the next name.",
        remedy: "Use letters, digits and `_`, not beginning with a digit, and no `export` where the reader has none.")
    package static let envValueDropped = DiagnosticCode(
        620, "env-value-dropped", .warning,
        summary: "A value of an env file has a control character.",
        why: "The service manager drops the whole variable.",
        remedy: "Remove the character.")
    package static let envCommentContinues = DiagnosticCode(
        621, "env-comment-continues", .warning,
        summary: "A comment of an env file ends in a backslash.",
        why: "systemd before 254 takes the next line as part of the comment, and its variable stays unset.",
        remedy: "Take the backslash away.")
    package static let pm2Shape = DiagnosticCode(
        630, "pm2-shape",
        summary: "A PM2 ecosystem file is not of the shape that PM2 reads.",
        why: "PM2 would ignore the part or refuse the file.",
        remedy: "Write it as the message says.")
    package static let shellSyntax = DiagnosticCode(
        631, "shell-syntax",
        summary: "A shell script is not of the form that connectorgen writes.",
        why: "It cannot be told what it does without running it.",
        remedy: "Build it again, and carry hand-made changes into the spec.")

    /// All of them.
    package static let configLanguagesCodes: [DiagnosticCode] = [
        .envNotText, .envSyntax, .envQuoteUnterminated, .envLineIgnored, .envDuplicateKey, .envNameOnly,
        .envNotStatic, .envReferenceUnset, .envTextAfterQuote, .envNameInvalid, .envValueDropped,
        .envCommentContinues, .pm2Shape, .shellSyntax,
    ]
}
