package import Diagnostics

// What turning a plan into files can find (950 to 969): the templates have 900 to 949.
extension DiagnosticCode {
    package static let unknownBackend = DiagnosticCode(950, "unknown-backend")
    package static let lockUnreadable = DiagnosticCode(951, "lock-unreadable")
    package static let provenanceMapUnreadable = DiagnosticCode(952, "provenance-map-unreadable")
    package static let artifactTwice = DiagnosticCode(953, "artifact-twice")
}
