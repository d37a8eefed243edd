package import Diagnostics

/// What can be wrong with the file that `connectorgen-auth` reads.
extension DiagnosticCode {
    package static let jsonSyntax = DiagnosticCode(50, "json-syntax")
    package static let runtimeWrongType = DiagnosticCode(51, "runtime-wrong-type")
    package static let runtimeUnknownMember = DiagnosticCode(52, "runtime-unknown-member")
    package static let runtimeMissingMember = DiagnosticCode(53, "runtime-missing-member")
    package static let runtimeBadValue = DiagnosticCode(54, "runtime-bad-value")
    package static let runtimeSchemaVersion = DiagnosticCode(55, "runtime-schema-version")
    package static let runtimeInconsistent = DiagnosticCode(56, "runtime-inconsistent")
    package static let runtimeExposedListener = DiagnosticCode(57, "runtime-exposed-listener")
}
