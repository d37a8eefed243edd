package import Diagnostics

extension DiagnosticCode {
    package static let envNotText = DiagnosticCode(610, "env-not-text")
    package static let envSyntax = DiagnosticCode(611, "env-syntax")
    package static let envQuoteUnterminated = DiagnosticCode(612, "env-quote-unterminated")
    package static let envLineIgnored = DiagnosticCode(613, "env-line-ignored")
    package static let envDuplicateKey = DiagnosticCode(614, "env-duplicate-key")
    package static let envNameOnly = DiagnosticCode(615, "env-name-only")
    package static let envNotStatic = DiagnosticCode(616, "env-not-static")
    package static let envReferenceUnset = DiagnosticCode(617, "env-reference-unset")
    package static let envTextAfterQuote = DiagnosticCode(618, "env-text-after-quote")
    package static let envNameInvalid = DiagnosticCode(619, "env-name-invalid")
    package static let envValueDropped = DiagnosticCode(620, "env-value-dropped")
    package static let envCommentContinues = DiagnosticCode(621, "env-comment-continues")
    package static let pm2Shape = DiagnosticCode(630, "pm2-shape")
    package static let shellSyntax = DiagnosticCode(631, "shell-syntax")
}
