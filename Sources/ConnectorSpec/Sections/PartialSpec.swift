package import Diagnostics
package import OAuthModel
package import WebSyntax

/// What could be read of a spec that may have errors: rules run over this, so that one run reports
/// everything, whether or not the spec can be compiled.
///
/// A section that lacks a required key is not here, though its neighbours are.
package struct PartialSpec: Sendable {
    /// The `client_id` of a connector, kept for every connector, whole or not.
    package struct ClientIDEntry: Sendable {
        package let connector: String
        package let clientID: Presence<ClientID>
    }

    /// A plain text under a name for secrets, such as `DB_PASSWORD`.
    package struct NamedSecret: Hashable, Sendable {
        package let path: String
        /// Bytes.
        package let length: Int
        package let span: Span
    }

    /// A value that reads like one that waits to be filled in, `YOUR_CLIENT_ID`.
    package struct SuspectedPlaceholder: Hashable, Sendable {
        package let path: String
        package let text: String
        package let span: Diagnostics.Span
    }

    package var name: Located<Name>?
    package var issuer: IssuerSection?
    package var connectors: [ConnectorSection]
    package var clientIDs: [ClientIDEntry]
    package var clients: [ClientSection]
    package var trustedHosts: [Located<HostPattern>]
    /// Redirects that any client may register, whatever the hosts are.
    package var trustedRedirects: [Located<CanonicalRedirectURI>]
    /// Hosts of pages that clients name; never of a redirect.
    package var clientURIHosts: [Located<HostPattern>]
    package var targets: TargetsSection
    /// Also those of overlays that are not laid over the spec in this run.
    package var namedSecrets: [NamedSecret] = []
    /// Also those of overlays that are not laid over the spec in this run.
    package var suspectedPlaceholders: [SuspectedPlaceholder] = []
    /// The parts in which an error was found.
    package var faultyParts: Set<SpecPart> = []
    /// Where words stand that look like booleans and whose key says what they mean.
    package var settledWords: Set<Diagnostics.Span> = []
    package var span: Span
    /// True when every section was read whole.
    package var isComplete: Bool

    /// The spec, when nothing that it needs is missing.
    package var spec: Spec? {
        isComplete ? readableSpec : nil
    }

    /// What could be read as a spec, faulty parts and all; nil without a name, an issuer or a connector.
    package var readableSpec: Spec? {
        guard let name, let issuer, !connectors.isEmpty else { return nil }
        return Spec(
            name: name, issuer: issuer, connectors: connectors, clients: clients, trustedHosts: trustedHosts,
            trustedRedirects: trustedRedirects, clientURIHosts: clientURIHosts, targets: targets, span: span)
    }
}
