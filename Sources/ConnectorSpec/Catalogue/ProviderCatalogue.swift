package import Diagnostics
import JSONSyntax
package import OAuthModel
package import WebSyntax

/// What is known of identity providers by their host, from a dated data file with its sources.
package struct ProviderCatalogue: Sendable {
    /// What a provider has of one way by which clients become known.
    package enum Offer: String, Sendable {
        case open
        /// Once an administrator has switched it on.
        case switched
        /// Not promised to stay.
        case preview
        case none
    }

    package struct Provider: Sendable {
        package let name: String
        /// What people call it.
        package let title: String
        package let hosts: [HostPattern]
        /// How the host has to begin besides; empty for most.
        let hostPrefix: String
        /// True where the provider's own documents and tokens name its issuer with a slash at its end.
        package let issuerEndsInSlash: Bool
        /// What it has of each way by which clients become known, where it is itself the issuer.
        package let registrationMethods: [RegistrationMethod: Offer]
        /// What is particular to it where people sign in at it; nil where a spec cannot name it.
        package let login: Login?
        /// True where the provider's own documents, or its live ones, were read for that; else it is what is said of
        /// it.
        package let isConfirmed: Bool
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
        providers.first { provider in
            host.hasPrefix(provider.hostPrefix) && provider.hosts.contains { $0.covers(host) }
        }
    }
}

extension ProviderCatalogue.Provider {
    init(row: CatalogueRow) throws(CatalogueError) {
        name = try row.text("name")
        title = try row.text("title")
        let names = try row.texts("hosts")
        hosts = names.compactMap { try? HostPattern(parsing: $0) }
        // Whoever runs it at home has any host.
        guard hosts.count == names.count else {
            throw CatalogueError("`\(row.place).hosts` holds what is no host")
        }
        hostPrefix = row.json["host_prefix"]?.string ?? ""
        guard let slash = row.json["issuer_ends_in_slash"]?.bool, let isConfirmed = row.json["confirmed"]?.bool else {
            throw CatalogueError("`\(row.place)` lacks what is known of the provider")
        }
        (issuerEndsInSlash, self.isConfirmed) = (slash, isConfirmed)
        var registrationMethods: [RegistrationMethod: ProviderCatalogue.Offer] = [:]
        for method in RegistrationMethod.allCases {
            let word = row.json["registration_methods"]?[method.rawValue]?.string
            guard let offer = word.flatMap(ProviderCatalogue.Offer.init) else {
                throw CatalogueError(
                    "`\(row.place).registration_methods.\(method.rawValue)` is none of open, switched, preview, none")
            }
            registrationMethods[method] = offer
        }
        self.registrationMethods = registrationMethods
        login =
            if let json = row.json["login"] {
                try ProviderCatalogue.Login(row: CatalogueRow(json: json, place: "\(row.place).login"))
            } else {
                nil
            }
        asOf = try row.text("as_of")
        source = try row.text("source")
    }
}
