import TestSupport

/// Something on a port of 127.0.0.1 that a deployment stands in front of, and keeps alive.
protocol LoopbackUpstream: Sendable {
    var port: Int { get }
}

extension EchoUpstream: LoopbackUpstream {}

/// A port that the test itself answers on, or nobody.
struct BarePort: LoopbackUpstream {
    let port: Int

    /// Discard (RFC 863), where nobody listens.
    static let nobody = BarePort(port: 9)
}
