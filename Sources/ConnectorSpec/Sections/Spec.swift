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
    package var clientURIHosts: [Located<HostPattern>]
    package var targets: TargetsSection
    /// The whole document.
    package var span: Span
}

extension Spec {
    static let nameKey = Key<Located<Name>>(
        "name", .name, "Names the deployment; becomes part of file and upstream names.", example: "demo")
    static let issuerKey = Key<IssuerSection>(
        "issuer", .section(IssuerSection.keys), "Who issues tokens, and how clients become known to it.",
        example: "{ url: https://mcp.example.com/mcp, mode: local, users: { file: /etc/connectorgen/users } }")
    static let clientsKey = Key<[ClientSection]?>(
        "clients", .list(.client), .optional("none"), "Profiles of the catalogue by name, and predefined clients.",
        example: "[chatgpt, claude, { id: cid_example, label: billing bot }]")
    static let trustedHostsKey = Key<[Located<HostPattern>]?>(
        "trusted_hosts", .list(.hostPattern), .optional("the hosts of the enabled profiles alone"),
        "Hosts that may register clients and be redirected to, besides those of the enabled profiles. One that is taken "
            + "out gets no more codes and no more tokens.",
        example: "[chatgpt.com, claude.ai]")
    static let trustedRedirectsKey = Key<[Located<CanonicalRedirectURI>]?>(
        "trusted_redirects", .list(.redirectURI), .optional("those of the enabled profiles alone"),
        "Further redirects that any client may register, byte for byte: private-use schemes (RFC 8252 §7.1), which no "
            + "host stands for. With a host part, `vscode://publisher.ext/…`, every path of that application counts.",
        example: "[\"com.raycast:/oauth\", \"vscode://publisher.ext/callback\"]")
    static let clientURIHostsKey = Key<[Located<HostPattern>]?>(
        "client_uri_hosts", .list(.hostPattern), .optional("the hosts of the enabled profiles alone"),
        "Further hosts for the pages that clients name (`client_uri`, logo, terms, policy); never for redirects.",
        example: "[github.com]")
    static let targetsKey = Key<TargetsSection?>(
        "targets", .section(TargetsSection.keys), .optional("no nginx, env or Keycloak output"), "What is generated.",
        example: "{ nginx: { server_names: [mcp.example.com] } }")
}
