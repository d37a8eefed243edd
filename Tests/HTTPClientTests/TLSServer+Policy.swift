import HTTPClient
import TestSupport

extension TLSServer {
    /// The public internet, this server's authority, and the server's name at these addresses.
    func policy(
        at addresses: [String] = ["127.0.0.1"], admitting blocks: [AddressBlock] = [.server]
    ) -> HTTPClientPolicy {
        var policy = HTTPClientPolicy.publicDocuments
        policy.authorities = authority
        policy.hosts = [.init(host: Self.host, port: port, addresses: addresses)]
        for block in blocks { policy.addresses = policy.addresses.admitting(block) }
        return policy
    }
}

extension AddressBlock {
    static let server = AddressBlock.v4(127, 0, 0, 1, prefix: 32)
}

extension HTTPClient {
    /// The error of a fetch; nil when it succeeded.
    func failure(_ url: String, headers: [(name: String, value: String)] = []) async -> HTTPClientError? {
        do throws(HTTPClientError) {
            _ = try await get(url, headers: headers)
            return nil
        } catch {
            return error
        }
    }
}
