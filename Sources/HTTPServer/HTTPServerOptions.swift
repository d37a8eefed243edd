/// The limits of a server. The defaults are those of a server behind nginx on the same machine.
package struct HTTPServerOptions: Sendable {
    /// Connections at once. Those that rest give way to new ones before it is reached; when all are busy, further
    /// clients wait in the backlog.
    package var connectionLimit = 1_280
    /// Connections that an answer leaves open, since each of them has all of `connectionMemory` in use until it ends;
    /// the answers on further ones close them. The proxy keeps a few for each of its processes.
    package var keptConnections = 128
    /// Bytes for the head, the buffers and the response headers of one connection.
    package var connectionMemory = 65_536
    /// How long a connection may rest between two requests; above the proxy's own timeout, so that it is the proxy
    /// that closes.
    package var idleTimeout = Duration.seconds(75)
    /// From the first byte of a request to its last; also from the start of a connection to its first request.
    package var receiveDeadline = Duration.seconds(10)
    /// For the handler; past it the client gets a 503 and the handler's task is cancelled.
    package var handlerDeadline = Duration.seconds(30)
    /// From the answer to its last byte.
    package var sendDeadline = Duration.seconds(30)
    /// Bytes of a request body.
    package var bodyLimit = 65_536
    /// Bytes of a request target.
    package var targetLimit = 16_384
    package var headerCountLimit = 100
    /// Bytes of all names and values of a request.
    package var headerBytesLimit = 16_384
    /// Hands a value that is no text to the handler with U+FFFD in the place of what is none, in place of refusing the
    /// request: for a listener whose one client hands on values of others.
    package var replacesMalformedValues = false
    package var argumentLimit = 100
    /// Bytes of all header lines of an answer.
    package var responseHeaderLimit = 8_192
    /// Allows addresses other than loopback, and says who of another machine may connect there, by the bytes of an
    /// address of IPv4 (4) or IPv6 (16): the proxies in front. Nil allows loopback alone.
    package var admits: (@Sendable (_ address: [UInt8]) -> Bool)?
    /// Hears what no handler hears of; called on any thread, and must not block.
    package var report: @Sendable (HTTPServerEvent) -> Void = { _ in }

    package init() {}
}
