/// Where a client may go, whom it trusts and how much it takes. One client has one policy and one pool of connections:
/// a connection that was made under other rules is never used.
package struct HTTPClientPolicy: Sendable {
    /// A name with addresses that are given, in place of those that the system would resolve.
    package struct HostEntry: Hashable, Sendable {
        package let host: String
        package let port: Int
        /// Numeric; IPv6 without brackets.
        package let addresses: [String]

        package init(host: String, port: Int = 443, addresses: [String]) {
            self.host = host
            self.port = port
            self.addresses = addresses
        }
    }

    package var addresses: AddressPolicy
    /// PEM file of the authorities to trust in place of the system's.
    package var authorities: String?
    package var hosts: [HostEntry] = []
    /// True for `http` URLs too, whose hosts have loopback addresses alone, whatever `addresses` says.
    package var allowsPlainLoopback = false
    package var userAgent = "connectorgen-auth"
    package var connectTimeout = Duration.seconds(3)
    /// From the call to the last byte.
    package var totalTimeout = Duration.seconds(5)
    /// Bytes of a body, as they come.
    package var longestBody: Int
    /// Bytes of all heads of one answer.
    package var longestHead = 16_384
    /// Calls at once, each with at most one connection; further ones are refused.
    package var mostFetches = 64
    /// Connections that stay open for later.
    package var keptConnections = 16

    /// For URLs that unauthenticated callers name: the public internet, small answers, little time.
    package static let publicDocuments = HTTPClientPolicy(addresses: .publicInternet, longestBody: 5_120)

    /// For a provider that the operator named, wherever it stands.
    package static let configuredUpstream = HTTPClientPolicy(addresses: .any, longestBody: 1_048_576)

    /// For an authorization server that the operator named and nginx waits for, which may be on the same machine.
    package static let configuredIssuer = {
        var policy = configuredUpstream
        policy.allowsPlainLoopback = true
        policy.longestBody = 65_536
        policy.totalTimeout = .seconds(4)
        return policy
    }()

    private init(addresses: AddressPolicy, longestBody: Int) {
        self.addresses = addresses
        self.longestBody = longestBody
    }
}
