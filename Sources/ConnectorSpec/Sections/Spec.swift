package import Diagnostics
package import WebSyntax

/// The spec, version 1, as it was written: typed, located, without any default filled in.
///
/// A member that may be left out is optional here; what stands for it is decided in `ConnectorPlan`,
/// the one place that derives.
package struct Spec: Sendable {
    package var name: Located<Name>
    package var issuer: IssuerSection
    package var connectors: [ConnectorSection]
    package var clients: [ClientSection]
    package var trustedHosts: [Located<HostPattern>]
    /// Redirects that any client may register, whatever the hosts are.
    package var trustedRedirects: [Located<CanonicalRedirectURI>]
    /// Hosts of pages that clients name; never of a redirect.
    package var pageHosts: [Located<HostPattern>]
    package var targets: TargetsSection
    /// The whole document.
    package var span: Span
}
