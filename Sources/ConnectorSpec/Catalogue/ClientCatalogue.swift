/// The clients that are known to connect, from a dated data file with its sources.
///
/// A broken data file leaves the catalogue empty and says so in `problem`; a test keeps that from
/// being shipped.
package struct ClientCatalogue: Sendable {
    package let profiles: [ClientProfile]
    /// Why the data file could not be read; nil when it could.
    package let problem: String?

    package init(profiles: [ClientProfile], problem: String? = nil) {
        self.profiles = profiles
        self.problem = problem
    }

    package static let builtin = ClientCatalogue(profiles: [])

    package var names: [String] { profiles.map(\.name) }

    package func profile(named name: String) -> ClientProfile? {
        profiles.first { $0.name == name || $0.alternativeNames.contains(name) }
    }
}

/// One kind of client: where it is redirected to, how it becomes known, and how that is known of it.
package struct ClientProfile: Sendable {
    /// A redirect URI as the client sends it.
    package struct Redirect: Hashable, Sendable {
        package enum Match: String, Hashable, Sendable, CaseIterable {
            /// Byte for byte.
            case exact
            /// Scheme, host and path byte for byte, the port ignored (RFC 8252 §7.3).
            case loopback
            /// `{name}` stands for one path segment of unreserved characters.
            case pattern
            /// Both of the above.
            case loopbackPattern = "loopback-pattern"
        }

        package let uri: String
        package let match: Match
        /// When it is used; empty when always.
        package let condition: String
    }

    package let name: String
    package let alternativeNames: [String]
    /// What people call it.
    package let title: String
    package let redirects: [Redirect]
    /// Client id metadata documents, patterns with `{name}` included.
    package let metadataDocuments: [String]
    /// Hosts for registration policy, private-use host parts included.
    package let trustedHosts: [String]
    /// Best first.
    package let lanes: [IssuerSection.Lane]
    package let authMethods: [ClientSection.AuthMethod]
    package let notes: [String]
    /// ISO date of the latest evidence.
    package let asOf: String
    /// `V` vendor's documentation, `Q` vendor quoted by others, `R` user report, `X` measured.
    package let evidence: String
    package let source: String
}
