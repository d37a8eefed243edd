import Glibc

/// A `sockaddr` of any family.
struct SocketAddress {
    private var storage = sockaddr_storage()
    private var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

    init(_ address: ListenAddress) {
        switch address {
        case .tcp(let host, let port) where address.family == AF_INET6:
            var value = sockaddr_in6()
            value.sin6_family = sa_family_t(AF_INET6)
            value.sin6_port = port.bigEndian
            inet_pton(AF_INET6, host, &value.sin6_addr)
            fill(with: value)
        case .tcp(let host, let port):
            var value = sockaddr_in()
            value.sin_family = sa_family_t(AF_INET)
            value.sin_port = port.bigEndian
            inet_pton(AF_INET, host, &value.sin_addr)
            fill(with: value)
        case .unix(let path):
            var value = sockaddr_un()
            value.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &value.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
            fill(with: value)
        }
    }

    private init() {}

    private mutating func fill<Value>(with value: Value) {
        // Every sockaddr fits into sockaddr_storage, by its definition.
        withUnsafeMutableBytes(of: &storage) { target in
            withUnsafeBytes(of: value) { target.copyMemory(from: $0) }
        }
        length = socklen_t(MemoryLayout<Value>.size)
    }

    /// Calls `bind`, `connect` and their like.
    func pass(to call: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        // sockaddr_storage is laid out to be read as the sockaddr of its family.
        withUnsafePointer(to: storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { call($0, length) }
        }
    }

    /// What `getsockname` or `getpeername` says of a socket.
    static func read(_ call: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32) -> Self? {
        var address = SocketAddress()
        var length = address.length
        let status = withUnsafeMutablePointer(to: &address.storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { call($0, &length) }
        }
        guard status == 0 else { return nil }
        address.length = length
        return address
    }

    /// The port of an internet address.
    var port: UInt16 {
        // sin_port and sin6_port stand at the same place.
        withUnsafeBytes(of: storage) { UInt16(bigEndian: $0.load(fromByteOffset: 2, as: UInt16.self)) }
    }

    /// The numeric address without the port; `unix` for a unix socket.
    var host: String {
        guard Int32(storage.ss_family) != AF_UNIX else { return "unix" }
        var name = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let capacity = socklen_t(name.count)
        let status = pass { getnameinfo($0, $1, &name, capacity, nil, 0, NI_NUMERICHOST) }
        guard status == 0 else { return "unknown" }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
