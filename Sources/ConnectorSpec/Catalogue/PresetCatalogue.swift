package import Diagnostics

/// The variable names that services expect, from a dated data file with its sources.
package struct PresetCatalogue: Sendable {
    package let presets: [VariablePreset]
    /// Says why the data file could not be read; nil when it could.
    package let problem: Diagnostic?

    /// The catalogue of the program, read when it is first asked for.
    package static let builtin = PresetCatalogue(reading: EmbeddedCatalogue.presets)

    init(reading bytes: [UInt8]) {
        do throws(CatalogueError) {
            presets = try EmbeddedCatalogue.rows(of: bytes, member: "presets", read: VariablePreset.init(row:))
            problem = nil
        } catch {
            presets = []
            problem = Diagnostic(
                .brokenCatalogue, .error, "the built-in presets cannot be read: \(error.message)", at: nil)
        }
    }

    package var names: [String] { presets.map(\.name) }

    package func preset(named name: String) -> VariablePreset? { presets.first { $0.name == name } }
}
