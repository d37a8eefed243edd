import ConfigLanguages
import ConnectorBackends
import ConnectorChecks
import ConnectorCompiler
import ConnectorPlan
import ConnectorSpec
package import Diagnostics
import RuntimeConfig
import Templates
import YAMLSyntax

/// Every code that connectorgen or connectorgen-auth can report, by number.
package enum CodeCatalogue {
    package static let all: [DiagnosticCode] = Set(
        [
            DiagnosticCode.yamlSyntaxCodes, DiagnosticCode.runtimeConfigCodes, DiagnosticCode.connectorSpecCodes,
            DiagnosticCode.configLanguagesCodes, DiagnosticCode.templatesCodes, DiagnosticCode.connectorPlanCodes,
            RuleRegistry.codes, DiagnosticCode.connectorBackendsCodes,
            DiagnosticCode.connectorCompilerCodes, DiagnosticCode.connectorCLICodes,
        ].flatMap(\.self)
    ).sorted()

    /// A code by its number (`CG258`, also `cg258`, `258` or `1`) or its name (`login-missing`).
    package static func code(named text: String) -> DiagnosticCode? {
        if let number = number(text) { return all.first { $0.number == number } }
        let name = text.lowercased()
        return all.first { $0.name == name }
    }

    /// The number in `CG258`, `cg258` or `258`; nil when the text is of another form.
    static func number(_ text: String) -> Int? {
        var digits = Array(text.utf8)[...]
        if digits.count == 5, digits[0] | 0x20 == UInt8(ascii: "c"), digits[1] | 0x20 == UInt8(ascii: "g") {
            digits = digits.dropFirst(2)
        }
        guard (1...3).contains(digits.count), digits.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) else {
            return nil
        }
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    /// The code whose number or name is nearest to a text that is neither; nil when none is near.
    static func nearest(to text: String) -> DiagnosticCode? {
        let number = number(text).map(DiagnosticCode.numbered)
        let names = all.map { number == nil ? $0.name : $0.description }
        return Suggestion.nearest(to: number ?? text.lowercased(), in: names).flatMap(code(named:))
    }
}
