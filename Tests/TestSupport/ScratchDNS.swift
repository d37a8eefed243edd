import Foundation

/// A name server on a free port of 127.0.0.1 that knows every name under one address, or none.
package final class ScratchDNS: Sendable {
    package let port: Int
    private let socket: Int32
    private let lock = NSLock()
    private nonisolated(unsafe) var known: [UInt8]?  // guarded by `lock`

    /// The address of every name, four bytes; nil where no name exists.
    package var address: [UInt8]? {
        get { lock.withLock { known } }
        set { lock.withLock { known = newValue } }
    }

    package init(address: [UInt8]? = nil) throws {
        known = address
        port = try LoopbackSocket.freePort()
        socket = try LoopbackSocket.datagrams(port: port)
        let thread = Thread { [weak self, socket] in
            var question = [UInt8](repeating: 0, count: 512)
            while true {
                var peer = sockaddr_in()
                var length = socklen_t(MemoryLayout<sockaddr_in>.size)
                let count = withUnsafeMutablePointer(to: &peer) {
                    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                        recvfrom(socket, &question, 512, 0, $0, &length)
                    }
                }
                guard count > 0, let self else { return }
                let answer = Self.answer(Array(question[..<count]), address: self.address)
                _ = withUnsafePointer(to: &peer) {
                    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                        sendto(socket, answer, answer.count, 0, $0, length)
                    }
                }
            }
        }
        thread.start()
    }

    deinit {
        shutdown(socket, Int32(SHUT_RDWR))
        close(socket)
    }

    /// RFC 1035 §4.1: the question again, and one record of an address where one of that kind was asked for.
    private static func answer(_ question: [UInt8], address: [UInt8]?) -> [UInt8] {
        guard question.count > 12 else { return question }
        var end = 12
        while end < question.count, question[end] != 0 { end += Int(question[end]) + 1 }
        guard end + 5 <= question.count else { return question }
        let isAddress = question[end + 2] == 1
        let count: UInt8 = isAddress && address != nil ? 1 : 0
        // An answer, recursion available; 3 is "no such name".
        let head = question[..<2] + [0x81, address == nil ? 0x83 : 0x80, 0, 1, 0, count, 0, 0, 0, 0]
        let record: [UInt8] = count == 0 ? [] : [0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4] + (address ?? [])
        return Array(head + question[12..<(end + 5)] + record)
    }
}
