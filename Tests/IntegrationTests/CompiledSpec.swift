import ConnectorCompiler
import ConnectorPlan
import Diagnostics
import Testing

extension Compilation {
    /// Compiles the text of a spec; an error among the diagnostics fails the test with its text.
    static func valid(_ spec: String, location: SourceLocation = #_sourceLocation) throws -> Compilation {
        try valid(Array(spec.utf8), location: location)
    }

    static func valid(_ spec: [UInt8], location: SourceLocation = #_sourceLocation) throws -> Compilation {
        let compilation = compile(SourceFile(path: "connector.yaml", bytes: spec))
        let errors = compilation.diagnostics.filter { $0.severity == .error }
        try #require(errors.isEmpty, "\(errors.map { "\($0.code): \($0.message)" })", sourceLocation: location)
        return compilation
    }
}
