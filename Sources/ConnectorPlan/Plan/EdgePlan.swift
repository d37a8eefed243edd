import ConnectorSpec
package import Diagnostics
package import WebSyntax

/// What a deployment looks like from outside: its hosts, what they answer at which path, and the servers behind them.
///
/// It is the same whatever program stands at the edge, and is there without any: a reverse proxy's configuration is
/// made of it, and the program's own names are made there.
package struct EdgePlan: Sendable {
    /// In the order of `server_names`, else of first mention.
    package var hosts: [HostPlan]
    /// The public listener of `connectorgen-auth`: endpoints, and documents that the edge does not answer itself.
    @Derived package var server: ServerAddress
    /// Its private listener: verification of tokens, and preflights.
    @Derived package var privateServer: ServerAddress
    /// The authorization server of others, where its URLs are on a host of ours.
    @Derived package var externalServer: ServerAddress?
}

/// A host and what it answers.
package struct HostPlan: Sendable {
    /// As URLs have it: `dexter.cash`, `[::1]`.
    package var name: String
    /// `https` or, on loopback, `http`.
    package var scheme: String
    /// Host and, where it is written, port: what servers behind see as `Host`.
    package var authority: String
    /// The port that people use, written or the scheme's own.
    package var port: Int
    /// Where its name is written: the first URL with it, then `server_names`.
    package var origins: [Span]
    /// In output order; no two match the same.
    package var routes: [Route]

    /// What a host has once, where this deployment owns that; empty where another one does.
    package var rootRoutes: [Route] { routes.filter(\.isOfHost) }
}

/// Where a server is reached, and how.
package struct ServerAddress: Hashable, Sendable {
    package var address: UpstreamURL.Address
    /// True for a server that is spoken to in TLS.
    package var isTLS: Bool

    package init(address: UpstreamURL.Address, isTLS: Bool) {
        self.address = address
        self.isTLS = isTLS
    }

    package init(_ upstream: UpstreamURL) {
        self.init(address: upstream.address, isTLS: upstream.isTLS)
    }

    /// True for a name that has to be looked up.
    package var isName: Bool {
        if case .tcp(let host, _) = address { UpstreamURL.isName(host) } else { false }
    }

    /// `mcp:3000`, `unix:/run/mcp.sock`, as servers of a group are written.
    package var authority: String {
        switch address {
        case .tcp(let host, let port): "\(host):\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }

    /// `http://127.0.0.1:8719`, `unix:/run/auth.sock`.
    package var text: String {
        switch address {
        case .tcp(let host, let port): "\(isTLS ? "https" : "http")://\(host):\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }
}
