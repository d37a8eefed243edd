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

    /// What the system says of a peer.
    init(copying address: UnsafePointer<sockaddr>, _ length: socklen_t) {
        let size = min(Int(length), MemoryLayout<sockaddr_storage>.size)
        // The system says how long the address is, and no more of it is read.
        withUnsafeMutableBytes(of: &storage) {
            $0.copyMemory(from: UnsafeRawBufferPointer(start: address, count: size))
        }
        self.length = socklen_t(size)
    }

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

    /// The bytes of an internet address: 4, or 16; nil for a unix socket.
    var bytes: [UInt8]? {
        // sin_addr is at 4 of sockaddr_in, sin6_addr at 8 of sockaddr_in6.
        switch Int32(storage.ss_family) {
        case AF_INET: withUnsafeBytes(of: storage) { Array($0[4..<8]) }
        case AF_INET6: withUnsafeBytes(of: storage) { Array($0[8..<24]) }
        default: nil
        }
    }

    /// True for a peer on this machine.
    var isLocal: Bool {
        guard let bytes else { return true }
        let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF, 127]
        return bytes.count == 4
            ? bytes[0] == 127 : bytes == [UInt8](repeating: 0, count: 15) + [1] || bytes.starts(with: mapped)
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
