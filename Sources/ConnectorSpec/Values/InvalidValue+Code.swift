package import Diagnostics
import WebSyntax

extension InvalidValue {
    /// What a mistake in a value of the spec is reported as.
    package var code: DiagnosticCode {
        switch kind {
        case .invalidValue: .invalidValue
        case .emptyValue: .emptyValue
        case .unknownName: .unknownName
        case .wrongKind: .wrongKind
        case .templateResidue: .templateResidue
        case .urlNotCanonical: .urlNotCanonical
        case .notHTTPS: .notHTTPS
        case .trailingSlash: .trailingSlash
        case .metadataURLAsIssuer: .metadataURLAsIssuer
        case .invalidHost: .invalidHost
        case .wildcardTrustedHost: .wildcardTrustedHost
        case .reservedEnvironmentName: .reservedEnvironmentName
        }
    }
}
