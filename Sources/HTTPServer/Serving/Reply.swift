import CHTTPServer
import CMicroHTTPD

/// A response on its way into the library.
struct Reply {
    var response: HTTPResponse
    /// Says `Connection: close`, and the library closes after the last byte.
    var closes: Bool
    /// Bytes of all header lines.
    var headerLimit: Int

    /// Queues it; a response that cannot go out as it stands becomes a 500. False when the library takes neither.
    @discardableResult
    func queue(on connection: OpaquePointer) -> Bool {
        if response.isSendable(headerLimit: headerLimit), queue(response, on: connection) { return true }
        return queue(HTTPRefusal.unsendableResponse.response, on: connection)
    }

    private func queue(_ response: HTTPResponse, on connection: OpaquePointer) -> Bool {
        // The library copies the bytes before it returns, so the borrowed buffer is enough; it never writes to it.
        let made = response.body.withUnsafeBytes { bytes in
            MHD_create_response_from_buffer(
                bytes.count, UnsafeMutableRawPointer(mutating: bytes.baseAddress), .RESPMEM_MUST_COPY)
        }
        guard let made else { return false }
        defer { MHD_destroy_response(made) }
        // A NO would send the response without that header.
        for field in response.headers.fields where MHD_add_response_header(made, field.name, field.value) != .YES {
            return false
        }
        if closes, MHD_add_response_header(made, "Connection", "close") != .YES { return false }
        return MHD_queue_response(connection, UInt32(response.status), made) == .YES
    }
}
