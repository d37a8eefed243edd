import CHTTPServer
import CMicroHTTPD
import Glibc

// What libmicrohttpd calls on its I/O thread. Functions at top level and passed by name: a closure may carry an actor's
// isolation with it, which a foreign thread violates.
//
// `context` is the ServerCore, kept alive by the server until the daemon is stopped. A connection's state is a retained
// Connection, released in `connectionClosed`; a request's state is a retained Exchange, released in
// `requestCompleted`, which the library calls exactly once for every request whose `requestStep` was called.

private func core(_ context: UnsafeMutableRawPointer) -> ServerCore {
    Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue()
}

private func connection(_ state: UnsafeMutableRawPointer) -> Connection {
    Unmanaged<Connection>.fromOpaque(state).takeUnretainedValue()
}

func peerAdmitted(
    _ context: UnsafeMutableRawPointer, _ address: UnsafePointer<sockaddr>, _ length: socklen_t
) -> Bool {
    core(context).admits(SocketAddress(copying: address, length))
}

func connectionOpened(_ context: UnsafeMutableRawPointer, _ handle: OpaquePointer) -> UnsafeMutableRawPointer {
    let descriptor = cg_http_socket(handle)
    let address = SocketAddress.read { getpeername(descriptor, $0, $1) }
    let connection = Connection(
        handle: handle, descriptor: descriptor, remoteAddress: address?.host ?? "unknown", now: .now)
    core(context).opened(connection)
    return Unmanaged.passRetained(connection).toOpaque()
}

func connectionClosed(_ context: UnsafeMutableRawPointer, _ state: UnsafeMutableRawPointer) {
    core(context).closed(Unmanaged<Connection>.fromOpaque(state).takeRetainedValue())
}

func targetReceived(
    _ context: UnsafeMutableRawPointer, _ state: UnsafeMutableRawPointer, _ target: UnsafePointer<CChar>
) {
    core(context).received(target: bytes(target, count: strlen(target)), on: connection(state))
}

func requestStep(
    _ context: UnsafeMutableRawPointer, _ state: UnsafeMutableRawPointer, _ handle: OpaquePointer,
    _ method: UnsafePointer<CChar>, _ targetSize: Int, _ body: UnsafePointer<CChar>?,
    _ bodySize: UnsafeMutablePointer<Int>, _ requestState: UnsafeMutablePointer<UnsafeMutableRawPointer?>
) -> MHD_Result {
    let core = core(context)
    guard let held = requestState.pointee else {
        let exchange = begin(core, connection(state), handle, method: method, targetSize: targetSize)
        requestState.pointee = Unmanaged.passRetained(exchange).toOpaque()
        guard let refusal = exchange.urgentRefusal else { return .YES }
        return exchange.answerAtOnce(core.reply(to: refusal, on: exchange.connection), now: .now) ? .YES : .NO
    }
    let exchange = Unmanaged<Exchange>.fromOpaque(held).takeUnretainedValue()
    guard bodySize.pointee > 0 else { return core.finish(exchange) ? .YES : .NO }
    exchange.append(UnsafeRawBufferPointer(start: body, count: bodySize.pointee))
    bodySize.pointee = 0
    return .YES
}

func requestCompleted(
    _ context: UnsafeMutableRawPointer, _ state: UnsafeMutableRawPointer, _ requestState: UnsafeMutableRawPointer?
) {
    if let requestState { Unmanaged<Exchange>.fromOpaque(requestState).release() }
    core(context).completed(connection(state))
}

func libraryLog(_ context: UnsafeMutableRawPointer, _ line: UnsafePointer<CChar>) {
    let text = String(cString: line)
    core(context).options.report(.library(text))
    // It says so on the I/O thread, before it writes an answer of its own.
    let announcement = "Error processing request (HTTP response code is "
    guard text.hasPrefix(announcement), let status = Int(text.dropFirst(announcement.count).prefix(3)) else { return }
    core(context).refuseUnhandedHead(status: status)
}

private func begin(
    _ core: ServerCore, _ connection: Connection, _ handle: OpaquePointer, method: UnsafePointer<CChar>,
    targetSize: Int
) -> Exchange {
    let target = connection.state.withLock { state in
        state.hasHead = true
        return state.target
    }
    let fields = FieldList()
    // The list outlives the call, and the library calls back within it only.
    MHD_get_connection_values_n(handle, .HEADER_KIND, collectField, Unmanaged.passUnretained(fields).toOpaque())
    let headEnd = method + cg_http_head_size(handle)
    let head = Result { () throws(HTTPRefusal) in
        guard fields.fill(upTo: headEnd) else { throw .ambiguousHead }
        let head = try RequestHead(
            method: bytes(method, count: strlen(method)), target: target, fields: fields.fields, options: core.options)
        guard target.count == targetSize else { throw .malformedTarget }
        return head
    }
    return Exchange(connection, handle: handle, head: head)
}

/// The fields of one request while the library lists them.
///
/// The library treats lines as strings, so a NUL would hide what stands behind it, and it joins folded lines. Both
/// leave a gap where they were: in a plain head each name begins right behind the line end of the value before it.
private final class FieldList {
    private(set) var fields: [(name: [UInt8], value: [UInt8])] = []
    /// Where the last value ends. Compared with, never read through.
    private var end: UnsafePointer<CChar>?
    private var hasGap = false

    func append(name: UnsafePointer<CChar>, _ nameSize: Int, value: UnsafePointer<CChar>, _ valueSize: Int) {
        if let end { hasGap = hasGap || !Self.isLineEnd(from: end, to: name, lines: 1) }
        end = value + valueSize
        fields.append((name: bytes(name, count: nameSize), value: bytes(value, count: valueSize)))
    }

    /// True when the fields fill the head without a gap, down to the empty line at its end.
    func fill(upTo headEnd: UnsafePointer<CChar>) -> Bool {
        guard let end else { return false }
        return !hasGap && Self.isLineEnd(from: end, to: headEnd, lines: 2)
    }

    /// A line ends with CR LF, or with LF alone.
    private static func isLineEnd(from end: UnsafePointer<CChar>, to next: UnsafePointer<CChar>, lines: Int) -> Bool {
        (lines...2 * lines).contains(next - end)
    }
}

private func collectField(
    _ list: UnsafeMutableRawPointer?, _ kind: MHD_ValueKind, _ name: UnsafePointer<CChar>?, _ nameSize: Int,
    _ value: UnsafePointer<CChar>?, _ valueSize: Int
) -> MHD_Result {
    guard let list, let name, let value else { return .NO }
    Unmanaged<FieldList>.fromOpaque(list).takeUnretainedValue().append(name: name, nameSize, value: value, valueSize)
    return .YES
}

/// A copy of `count` bytes that the library lends for the call.
private func bytes(_ start: UnsafePointer<CChar>?, count: Int) -> [UInt8] {
    Array(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
}
