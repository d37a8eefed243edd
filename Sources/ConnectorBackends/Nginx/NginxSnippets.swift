import ConfigLanguages
import ConnectorPlan
import ConnectorSpec
import Diagnostics
import WebSyntax

/// The lines that locations have in common, each kind in a file of its own, so that a location says what is its own.
///
/// An `include` is textual: nginx reads the lines as if they stood in the location, so that the set of headers of a
/// location is complete whatever the server block around it says.
struct NginxSnippets {
    /// Snippets that are the same for all locations of a kind; the value is their name.
    enum Shared: String, CaseIterable {
        case answer
        case document
        case domainProof = "domain-proof"
        case endpoint
        case externalDocument = "external-document"
        case externalEndpoint = "external-endpoint"
        case notFound = "not-found"
        case preflight
        case serverDocument = "server-document"
        case transport = "transport-application"
        case verifiedTransport = "transport-edge"
    }

    /// Shared ones, policies, hosts, transports of hosts, upstreams, mapped paths, subrequests, answers.
    let files: [NginxSnippet]
    private let folder: NginxSnippetFolder
    /// Printed once: ten thousand connectors copy bytes.
    private let transports: [String: [NginxTransportUse: NginxLines]]

    init(_ plan: DeploymentPlan, _ nginx: NginxPlan, _ names: NginxNames, _ origins: NginxOriginMaps)
        throws(Unrepresentable)
    {
        let maker = NginxSnippetMaker(plan, nginx, names, origins)
        folder = maker.folder
        let groups: [[NginxSnippet]] = [
            try maker.shared(), try maker.transports(), try maker.hosts(), try maker.hostTransports(),
            try maker.upstreams(),
            try maker.mappedPaths(), try maker.subrequests(), try maker.answers(),
        ]
        files = groups.flatMap(\.self)
        var transports: [String: [NginxTransportUse: NginxLines]] = [:]
        for key in maker.uses.hostTransports.keys {
            let host = plan.edge.hosts[key.index]
            transports[host.name, default: [:]][key.use] = NginxPrinter.lines(
                depth: 1, [try folder.include(key.use.snippetName(on: host))])
        }
        self.transports = transports
    }

    // MARK: Including

    func include(_ kind: Shared, in printer: inout NginxPrinter) throws(Unrepresentable) {
        printer.append(try folder.include(kind.rawValue))
    }

    /// What the transports of a host include.
    func transports(of host: HostPlan) -> [NginxTransportUse: NginxLines] { transports[host.name] ?? [:] }

    /// Includes what is said of a transport with a path of its own at the upstream, by its index in the plan.
    func include(
        mapped index: Int, of plan: DeploymentPlan, in printer: inout NginxPrinter
    ) throws(Unrepresentable) {
        printer.append(try folder.include(plan.mappedPathSnippet(index)))
    }

    /// Includes what servers are told of a host, for depth 1.
    func lines(of host: HostPlan) throws(Unrepresentable) -> NginxLines {
        NginxPrinter.lines(depth: 1, [try folder.include(host.snippetName)])
    }

    /// `include …/root_dexter.cash.conf;`
    func root(_ fileName: String) throws(Unrepresentable) -> NginxDirective { try folder.include(root: fileName) }

    func include(
        _ upstream: NginxSnippetUses.Upstream, in printer: inout NginxPrinter
    ) throws(Unrepresentable) {
        printer.append(try folder.include(upstream.snippet))
    }

    func include(verification list: Int?, in printer: inout NginxPrinter) throws(Unrepresentable) {
        printer.append(try folder.include(Self.verificationName(list)))
    }

    /// `verification`, and `verification-origins-1` where pages of the first list of origins may read that the verifier
    /// is away.
    static func verificationName(_ list: Int?) -> String { "verification" + (list.map { "-origins-\($0)" } ?? "") }

    /// Includes what nginx says itself, which pages of a list of origins may read; nil for none.
    func answers(_ list: Int?) throws(Unrepresentable) -> NginxDirective {
        try folder.include(NginxErrorAnswer.snippetName(list))
    }
}

extension NginxSnippets.Shared {
    var purpose: String {
        switch self {
        case .answer: "Included by the answers that nginx gives itself, in answers*.conf."
        case .document: "Included by the metadata documents that nginx answers itself."
        case .domainProof: "Included by the proofs that a domain is ours."
        case .endpoint: "Included by the endpoints of connectorgen-auth, the pages of the sign-in among them."
        case .externalDocument: "Included by documents that another authorization server has."
        case .externalEndpoint:
            "Included by the endpoints and pages of another authorization server, which has its own CORS."
        case .notFound: "Included where nothing may be found."
        case .preflight: "Included by the answer to preflights of documents that another authorization server has."
        case .serverDocument: "Included by the metadata documents that connectorgen-auth answers."
        case .transport: "Included by the transports of MCP servers that verify for themselves."
        case .verifiedTransport: "Included by the transports of MCP servers whose callers nginx verifies."
        }
    }
}
