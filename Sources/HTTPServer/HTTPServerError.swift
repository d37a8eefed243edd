/// Why a server did not start. The texts are one line, lower case, and name the address.
package enum HTTPServerError: Error, Hashable, Sendable, CustomStringConvertible {
    case malformedAddress(String)
    /// Another address than loopback without ``HTTPServerOptions/admits``.
    case notLoopback(String)
    case addressInUse(String)
    /// A file that is no socket stands at the path.
    case notASocket(String)
    /// An operation of the system failed.
    case system(operation: String, address: String, code: Int32, reason: String)
    case library(address: String)

    package var description: String {
        switch self {
        case .malformedAddress(let address):
            "'\(address)' is no listen address: expected IP:PORT, [IPv6]:PORT or unix:/absolute/path"
        case .notLoopback(let address):
            "'\(address)' is not a loopback address: listen on 127.0.0.1, [::1] or a unix socket behind nginx"
        case .addressInUse(let address): "'\(address)' is in use by another process"
        case .notASocket(let address): "'\(address)' exists and is not a socket: move it away or choose another path"
        case .system(let operation, let address, _, let reason): "cannot \(operation) '\(address)': \(reason)"
        case .library(let address): "the HTTP library refused to serve '\(address)'"
        }
    }
}
