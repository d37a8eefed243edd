package import Diagnostics

extension DiagnosticCode {
    package static let templateSyntax = DiagnosticCode(900, "template-syntax")
    package static let templateHoleUnknown = DiagnosticCode(901, "template-hole-unknown")
    package static let templateHoleUnused = DiagnosticCode(902, "template-hole-unused")
    package static let templateHoleMisplaced = DiagnosticCode(903, "template-hole-misplaced")
    package static let templateValueMissing = DiagnosticCode(904, "template-value-missing")
    package static let templateValueUnknown = DiagnosticCode(905, "template-value-unknown")
    package static let templateValueManyLines = DiagnosticCode(906, "template-value-many-lines")
    package static let templateFileUnknown = DiagnosticCode(907, "template-file-unknown")
    package static let templateBytes = DiagnosticCode(908, "template-bytes")
    package static let templateTooLarge = DiagnosticCode(909, "template-too-large")
}
