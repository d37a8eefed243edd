package import JSONSyntax

/// A set of public keys (RFC 7517 §5).
package struct JWKSet: Sendable, Hashable {
    package let keys: [JWK]

    package init(_ keys: [JWK]) {
        self.keys = keys
    }

    /// Reads a foreign document of at most 64 KiB and 100 keys. Keys that we have no use for are passed over; a
    /// private key, a weak one or a malformed one refuses the whole document, and so do two keys of one id and type.
    package init(parsing document: [UInt8]) throws(CryptographyError) {
        let json: JSON
        do throws(JSONError) {
            json = try JSON.parse(document, limits: JSONLimits(depth: 8, bytes: 65_536))
        } catch {
            throw .malformed("key set")
        }
        try self.init(json)
    }

    /// Reads a set that is part of another document.
    package init(_ json: JSON) throws(CryptographyError) {
        guard let entries = json["keys"]?.array, entries.count <= 100 else { throw .malformed("key set") }
        var keys: [JWK] = []
        for entry in entries {
            guard let key = try JWK.parse(entry) else { continue }
            let isDouble = keys.contains { $0.id == key.id && key.id != nil && $0.algorithm == key.algorithm }
            guard !isDouble else { throw .malformed("key set") }
            keys.append(key)
        }
        self.keys = keys
    }

    /// The document.
    package var json: JSON { ["keys": .array(keys.map(\.json))] }

    /// The one key for a header. Without a `kid` there must be no choice.
    func key(id: String?, algorithm: JWSAlgorithm) -> JWK? {
        let candidates = keys.filter { $0.algorithm == algorithm && (id == nil || $0.id == id) }
        return candidates.count == 1 ? candidates.first : nil
    }
}
