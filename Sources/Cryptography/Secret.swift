import COpenSSL

/// Bytes that must not be seen: no log line, error or debugger summary shows them.
///
/// Equality takes the same time wherever two secrets differ. The bytes are overwritten when the last copy goes.
package struct Secret: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let storage: Storage

    package init(_ bytes: [UInt8]) {
        storage = Storage(bytes)
    }

    package init(_ text: String) {
        self.init(Array(text.utf8))
    }

    /// The bytes themselves, for the one call that needs them.
    package var bytes: [UInt8] { storage.bytes }

    package var description: String { "(secret)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }

    package static func == (left: Secret, right: Secret) -> Bool {
        Digest.isEqual(left.bytes, right.bytes)
    }

    private final class Storage: Sendable {
        // Sound: written by init and deinit alone, when nobody else holds it.
        nonisolated(unsafe) private(set) var bytes: [UInt8]

        init(_ bytes: [UInt8]) {
            self.bytes = bytes
        }

        deinit {
            bytes.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
        }
    }
}
