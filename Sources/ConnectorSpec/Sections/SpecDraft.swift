package import Diagnostics
package import OAuthModel
package import WebSyntax

/// What could be read of a spec that may have errors: rules run over this, so that one run reports
/// everything, whether or not the spec can be compiled.
///
/// A section that lacks a required key is not here, though its neighbours are.
package struct SpecDraft: Sendable {
    /// The `client_id` of a connector, kept for every connector, whole or not.
    package struct ClientIDEntry: Sendable {
        package let connector: String
        package let clientID: Written<ClientID>
    }

    /// A plain text under a name for secrets, such as `DB_PASSWORD`.
    package struct NamedSecret: Hashable, Sendable {
        package let path: String
        /// Bytes.
        package let length: Int
        package let span: Span
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
    package var pageHosts: [Located<HostPattern>]
    package var targets: TargetsSection
    /// Also those of overlays that are not laid over the spec in this run.
    package var namedSecrets: [NamedSecret] = []
    package var span: Span
    /// True when every section was read whole.
    package var isComplete: Bool

    /// The spec, when nothing that it needs is missing.
    package var spec: Spec? {
        guard isComplete, let name, let issuer else { return nil }
        return Spec(
            name: name, issuer: issuer, connectors: connectors, clients: clients, trustedHosts: trustedHosts,
            trustedRedirects: trustedRedirects, pageHosts: pageHosts, targets: targets, span: span)
    }
}
