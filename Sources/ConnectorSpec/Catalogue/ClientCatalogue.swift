package import Diagnostics

/// The clients that are known to connect, from a dated data file with its sources.
///
/// A broken data file leaves the catalogue empty and is reported as a diagnostic; a test keeps that
/// from being shipped.
package struct ClientCatalogue: Sendable {
    package let profiles: [ClientProfile]
    /// Says why the data file could not be read; nil when it could.
    package let problem: Diagnostic?

    /// The catalogue of the program, read when it is first asked for.
    package static let builtin = ClientCatalogue(reading: EmbeddedCatalogue.clients)

    init(reading bytes: [UInt8]) {
        do throws(CatalogueError) {
            profiles = try EmbeddedCatalogue.rows(of: bytes, member: "profiles", read: ClientProfile.init(row:))
            problem = nil
        } catch {
            profiles = []
            problem = Diagnostic(
                .brokenCatalogue, .error, "the built-in client catalogue cannot be read: \(error.message)", at: nil)
        }
    }

    package var names: [String] { profiles.map(\.name) }

    /// By its name or one of its other names.
    package func profile(named name: String) -> ClientProfile? {
        profiles.first { $0.name == name || $0.otherNames.contains(name) }
    }
}
