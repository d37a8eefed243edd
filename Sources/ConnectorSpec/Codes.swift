package import Diagnostics

// What reading a spec can find: its shape (1xx), the values of issuers, URLs and hosts (2xx), and the
// few findings of later ranges that a value's own grammar already settles.
extension DiagnosticCode {
    package static let unsupportedSpecVersion = DiagnosticCode(100, "unsupported-spec-version")
    package static let unknownKey = DiagnosticCode(101, "unknown-key")
    package static let missingKey = DiagnosticCode(102, "missing-key")
    package static let wrongKind = DiagnosticCode(103, "wrong-kind")
    package static let nullValue = DiagnosticCode(104, "null-value")
    package static let emptyValue = DiagnosticCode(105, "empty-value")
    package static let invalidValue = DiagnosticCode(106, "invalid-value")
    package static let unknownName = DiagnosticCode(107, "unknown-name")
    package static let unknownEnvironment = DiagnosticCode(108, "unknown-environment")
    package static let keyCombination = DiagnosticCode(109, "key-combination")
    package static let duplicateItem = DiagnosticCode(110, "duplicate-item")
    package static let templateResidue = DiagnosticCode(111, "template-residue")
    package static let brokenCatalogue = DiagnosticCode(190, "broken-catalogue")

    package static let notHTTPS = DiagnosticCode(202, "not-https")
    package static let metadataURLAsIssuer = DiagnosticCode(204, "metadata-url-as-issuer")
    package static let trailingSlash = DiagnosticCode(205, "trailing-slash")
    package static let urlNotCanonical = DiagnosticCode(206, "url-not-canonical")
    package static let invalidHost = DiagnosticCode(207, "invalid-host")

    package static let wildcardTrustedHost = DiagnosticCode(503, "wildcard-trusted-host")
    package static let secretInSpec = DiagnosticCode(601, "secret-in-spec")
    package static let reservedEnvironmentName = DiagnosticCode(604, "reserved-environment-name")
}
