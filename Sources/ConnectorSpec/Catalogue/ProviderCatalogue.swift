package import Diagnostics
import JSONSyntax
package import WebSyntax

/// What is known of identity providers by their host, from a dated data file with its sources.
package struct ProviderCatalogue: Sendable {
    package struct Provider: Sendable {
        package let name: String
        /// What people call it.
        package let title: String
        package let hosts: [HostPattern]
        /// True where the provider's own documents and tokens name its issuer with a slash at its end.
        package let issuerEndsInSlash: Bool
        /// False where it has no dynamic registration (RFC 7591).
        package let registersClients: Bool
        /// ISO date of the evidence.
        package let asOf: String
        package let source: String
    }

    package let providers: [Provider]
    /// Says why the data file could not be read; nil when it could.
    package let problem: Diagnostic?

    /// The catalogue of the program, read when it is first asked for.
    package static let builtin = ProviderCatalogue(reading: EmbeddedCatalogue.providers)

    init(reading bytes: [UInt8]) {
        do throws(CatalogueError) {
            providers = try EmbeddedCatalogue.rows(of: bytes, member: "providers", read: Provider.init(row:))
            problem = nil
        } catch {
            providers = []
            problem = Diagnostic(
                .brokenCatalogue, .error, "the built-in provider catalogue cannot be read: \(error.message)", at: nil)
        }
    }

    /// The provider that a host belongs to; nil for one that nothing is known of.
    package func provider(at host: String) -> Provider? {
        providers.first { $0.hosts.contains { $0.covers(host) } }
    }
}

extension ProviderCatalogue.Provider {
    init(row: CatalogueRow) throws(CatalogueError) {
        name = try row.text("name")
        title = try row.text("title")
        let names = try row.texts("hosts")
        hosts = names.compactMap { try? HostPattern(parsing: $0) }
        guard !hosts.isEmpty, hosts.count == names.count else {
            throw CatalogueError("`\(row.place).hosts` holds what is no host")
        }
        guard let slash = row.json["issuer_ends_in_slash"]?.bool, let registers = row.json["registers_clients"]?.bool
        else { throw CatalogueError("`\(row.place)` lacks what is known of the provider") }
        (issuerEndsInSlash, registersClients) = (slash, registers)
        asOf = try row.text("as_of")
        source = try row.text("source")
    }
}
