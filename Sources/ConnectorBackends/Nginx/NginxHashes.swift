import ConfigLanguages
import ConnectorSpec
import ContentDigest

/// nginx keeps variables and the keys of maps in hashes whose buckets have one size. A name that fills no bucket is an
/// error at the start of the whole nginx: `could not build variables_hash`, `could not build map_hash`.
///
/// A bucket holds a pointer at its end, and of each entry a pointer, two bytes of length, and the name, filled up to
/// eight bytes.
enum NginxHashes {
    /// What nginx takes unless a site says otherwise; the line of a processor's cache, for maps.
    static let defaultBucket = 64

    /// The longest name of a bucket: 46 bytes of 64.
    static func longestName(in bucket: Int) -> Int { (bucket - 16) / 8 * 8 - 2 }

    /// The bucket for names up to `length` bytes: a power of two.
    static func bucket(for length: Int) -> Int {
        var bucket = defaultBucket
        while longestName(in: bucket) < length { bucket *= 2 }
        return bucket
    }
}

extension NginxVariable {
    /// A variable of a family that is told apart by a name of the spec, and by a number:
    /// `$connectorgen_origin_dexter_1`. Names that are too long for the hash of variables keep their beginning, and end
    /// in a digest of the whole.
    init(_ family: StaticString, of name: String, _ number: Int? = nil) throws(Unrepresentable) {
        let hyphen = UInt8(ascii: "-")
        let whole =
            String(decoding: name.utf8.map { $0 == hyphen ? UInt8(ascii: "_") : $0 }, as: UTF8.self)
            + (number.map { "_\($0)" } ?? "")
        let room = NginxHashes.longestName(in: NginxHashes.defaultBucket) - family.utf8CodeUnitCount - 1
        guard whole.utf8.count > room else {
            try self.init(family, suffix: whole)
            return
        }
        let digest = SHA256.hex(Array(whole.utf8)).prefix(8)
        try self.init(family, suffix: whole.prefix(room - 9) + "_" + digest)
    }
}
