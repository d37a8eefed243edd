package import Diagnostics

extension DiagnosticCode {
    // MARK: the output tree
    package static let outputOccupied = DiagnosticCode(
        970, "output-occupied",
        summary: "Something that connectorgen did not make is in the way of an output.",
        why: "It may be the only copy of something; it is never overwritten, not even with `--force`.",
        remedy: "Move it away, or build into another directory.")
    package static let outputEdited = DiagnosticCode(
        971, "output-edited",
        summary: "An output was edited since the last build.",
        why: "A build would overwrite the edit, and the next one would bring the fault back that it fixed.",
        remedy: "Carry the change into the spec, or overwrite it with `--force`.")
    package static let outputKept = DiagnosticCode(
        972, "output-kept", .warning,
        summary: "A file is no longer an output, but was edited since the last build or holds secrets.",
        why: "It stays, because the edit may be the only copy; a server may still read it.",
        remedy: "Remove it yourself when nothing needs it.")

    // MARK: options
    package static let secretMissing = DiagnosticCode(
        980, "secret-missing",
        summary: "`--secrets` was given and no secret has a value.",
        why: "Most often the variables were set in another shell; the outputs would hold no secret at all.",
        remedy: "Set them, or build without `--secrets` and leave references.")

    /// All of them.
    package static let connectorCLICodes: [DiagnosticCode] = [
        .outputOccupied, .outputEdited, .outputKept, .secretMissing,
    ]
}
