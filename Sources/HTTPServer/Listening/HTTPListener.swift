import Glibc

/// A listening socket: made, described and put away in one place.
///
/// It owns its descriptor, and on a unix socket the file: the file is created with its mode, and removed at the end
/// if it is still the one that was made here.
struct HTTPListener: ~Copyable {
    let descriptor: Int32
    /// With the port that the system chose, where 0 was asked for.
    let address: ListenAddress
    private let file: FileIdentity?

    private struct FileIdentity: Equatable {
        let device: dev_t
        let inode: ino_t
    }

    /// Listens; `mode` is for the file of a unix socket (who may write to it may connect), `isExposed` allows
    /// addresses other than loopback.
    init(_ address: ListenAddress, mode: UInt32, isExposed: Bool) throws(HTTPServerError) {
        guard address.isLocal || isExposed else { throw .notLoopback(address.description) }
        guard let family = address.family else { throw .malformedAddress(address.description) }

        let socket = socket(family, Self.streamSocket, 0)
        guard socket >= 0 else { throw Self.failure("open a socket for", address) }
        do throws(HTTPServerError) {
            switch address {
            case .tcp: self.address = try Self.listen(socket, tcp: address)
            case .unix(let path):
                try Self.listen(socket, unix: address, path: path, mode: mode)
                self.address = address
            }
        } catch {
            close(socket)
            throw error
        }
        descriptor = socket
        file = if case .unix(let path) = address { Self.identity(of: path) } else { nil }
    }

    deinit {
        close(descriptor)
        if case .unix(let path) = address, let file, Self.identity(of: path) == file { unlink(path) }
    }

    /// Refuses further clients; those in the backlog are told at once.
    borrowing func refuse() {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    private static let backlog: Int32 = 1_024
    private static let streamSocket =
        Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)

    private static func listen(_ socket: Int32, tcp address: ListenAddress) throws(HTTPServerError) -> ListenAddress {
        var on: Int32 = 1
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        guard SocketAddress(address).pass(to: { bind(socket, $0, $1) }) == 0,
            Glibc.listen(socket, backlog) == 0
        else { throw errno == EADDRINUSE ? .addressInUse(address.description) : failure("listen on", address) }
        guard case .tcp(let host, _) = address, let bound = SocketAddress.read({ getsockname(socket, $0, $1) }) else {
            throw failure("listen on", address)
        }
        return .tcp(host: host, port: bound.port)
    }

    private static func listen(
        _ socket: Int32, unix address: ListenAddress, path: String, mode: UInt32
    ) throws(HTTPServerError) {
        try removeStale(address, path: path)
        // The file takes its mode from the socket, so it never stands there with a wider one.
        guard fchmod(socket, mode) == 0, SocketAddress(address).pass(to: { bind(socket, $0, $1) }) == 0 else {
            throw errno == EADDRINUSE ? .addressInUse(address.description) : failure("create", address)
        }
        // The umask may have narrowed it.
        guard chmod(path, mode) == 0, Glibc.listen(socket, backlog) == 0 else {
            let error = failure("listen on", address)
            unlink(path)
            throw error
        }
    }

    /// Removes what a killed process left: a socket that nobody answers. Anything else stays.
    private static func removeStale(_ address: ListenAddress, path: String) throws(HTTPServerError) {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT { return }
            throw failure("reach", address)
        }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(address.description) }
        let probe = socket(AF_UNIX, streamSocket, 0)
        guard probe >= 0 else { throw failure("open a socket for", address) }
        defer { close(probe) }
        guard SocketAddress(address).pass(to: { connect(probe, $0, $1) }) != 0, errno == ECONNREFUSED else {
            throw .addressInUse(address.description)
        }
        guard unlink(path) == 0 else { throw failure("replace", address) }
    }

    private static func identity(of path: String) -> FileIdentity? {
        var status = stat()
        return lstat(path, &status) == 0 ? FileIdentity(device: status.st_dev, inode: status.st_ino) : nil
    }

    private static func failure(_ operation: String, _ address: ListenAddress) -> HTTPServerError {
        let code = errno
        return .system(
            operation: operation, address: address.description, code: code, reason: String(cString: strerror(code)))
    }
}
