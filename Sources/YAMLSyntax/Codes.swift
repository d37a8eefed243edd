package import Diagnostics

/// What can be wrong with a file as YAML, before anyone asks what it says.
extension DiagnosticCode {
    package static let yamlSyntax = DiagnosticCode(1, "yaml-syntax")
    package static let yamlNotUTF8 = DiagnosticCode(2, "yaml-not-utf8")
    package static let yamlControlCharacter = DiagnosticCode(3, "yaml-control-character")
    package static let yamlTooLarge = DiagnosticCode(4, "yaml-too-large")
    package static let yamlTooDeep = DiagnosticCode(5, "yaml-too-deep")
    package static let yamlTooManyValues = DiagnosticCode(6, "yaml-too-many-values")
    package static let yamlAliasExpansion = DiagnosticCode(7, "yaml-alias-expansion")
    package static let yamlUndefinedAlias = DiagnosticCode(8, "yaml-undefined-alias")
    package static let yamlRecursiveAlias = DiagnosticCode(9, "yaml-recursive-alias")
    package static let yamlDuplicateKey = DiagnosticCode(10, "yaml-duplicate-key")
    package static let yamlSeveralDocuments = DiagnosticCode(11, "yaml-several-documents")
    package static let yamlUnknownTag = DiagnosticCode(12, "yaml-unknown-tag")
    package static let yamlTagMismatch = DiagnosticCode(13, "yaml-tag-mismatch")
    package static let yamlKeyNotText = DiagnosticCode(14, "yaml-key-not-text")
    package static let yamlKeyMissing = DiagnosticCode(15, "yaml-key-missing")
    package static let yamlMergeNotMapping = DiagnosticCode(16, "yaml-merge-not-mapping")
    package static let yamlTab = DiagnosticCode(17, "yaml-tab")
    package static let yamlNotClosed = DiagnosticCode(18, "yaml-not-closed")
    package static let yamlIndentation = DiagnosticCode(19, "yaml-indentation")
    package static let yamlEmpty = DiagnosticCode(20, "yaml-empty")
    package static let yamlTruthLookAlike = DiagnosticCode(21, "yaml-truth-look-alike")
    package static let yamlOctalLookAlike = DiagnosticCode(22, "yaml-octal-look-alike")
}
