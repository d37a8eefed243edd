/// SHA-256 (FIPS 180-4 §6.2) of bytes that are no secret: the lock file's fingerprints and `ETag`s.
///
/// The compiler needs libyaml alone, so it brings its own digest; where security hangs on a hash, the
/// server uses libcrypto.
package struct SHA256: Sendable {
    /// The 32 bytes as 64 lower-case hexadecimal digits.
    package static func hex(_ bytes: [UInt8]) -> String {
        ""
    }
}
