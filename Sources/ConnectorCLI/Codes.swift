package import Diagnostics

extension DiagnosticCode {
    // MARK: the output tree
    package static let outputOccupied = DiagnosticCode(970, "output-occupied")
    package static let outputEdited = DiagnosticCode(971, "output-edited")
    package static let outputKept = DiagnosticCode(972, "output-kept")

    // MARK: options
    package static let secretMissing = DiagnosticCode(980, "secret-missing")
}
