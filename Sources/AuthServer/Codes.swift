package import Diagnostics

/// Why a server whose config is right cannot start with it here.
extension DiagnosticCode {
    package static let secretVariableUnset = DiagnosticCode(700, "secret-variable-unset")
    package static let secretFileMissing = DiagnosticCode(701, "secret-file-missing")
    package static let secretFileUnreadable = DiagnosticCode(702, "secret-file-unreadable")
    package static let secretFileExposed = DiagnosticCode(703, "secret-file-exposed")
    package static let secretFileEmpty = DiagnosticCode(704, "secret-file-empty")
}
