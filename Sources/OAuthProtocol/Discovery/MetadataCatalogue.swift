package import RuntimeConfig

/// The metadata documents by the URLs they are served at (RFC 8414 §3, RFC 9728 §3).
///
/// Bodies are the bytes of the runtime config and nothing else: no header of a request ever changes them.
package struct MetadataCatalogue: Sendable {
    package struct Document: Hashable, Sendable {
        package let body: [UInt8]
        /// Strong, with its quotes.
        package let etag: String

        package init(body: [UInt8], etag: String) {
            self.body = body
            self.etag = etag
        }
    }

    private let documents: [Document]
    /// By path, then host.
    private let places: [String: [String: Int]]

    package init(_ documents: [RuntimeConfig.Document]) {
        self.documents = documents.map { Document(body: Array($0.body.utf8), etag: $0.etag) }
        var places: [String: [String: Int]] = [:]
        for (index, document) in documents.enumerated() {
            for location in document.locations {
                places[location.path, default: [:]][location.host, default: index] = index
            }
        }
        self.places = places
    }

    /// The document at a raw path of a host, as the `Host` field names it.
    ///
    /// A host that is not ours (a health check by address, a tunnel) gets a document only where the path means the
    /// same one on all our hosts.
    package func document(host: String?, path: String) -> Document? {
        guard let byHost = places[path] else { return nil }
        if let host {
            let name = host.lowercased()
            if let index = byHost[name] ?? byHost[Self.withoutPort(name)] { return documents[index] }
        }
        let all = Set(byHost.values)
        return all.count == 1 ? all.first.map { documents[$0] } : nil
    }

    private static func withoutPort(_ host: String) -> String {
        guard let colon = host.utf8.lastIndex(of: UInt8(ascii: ":")) else { return host }
        let port = host.utf8[host.utf8.index(after: colon)...]
        return port.allSatisfy { (0x30...0x39).contains($0) } ? String(host[..<colon]) : host
    }
}
