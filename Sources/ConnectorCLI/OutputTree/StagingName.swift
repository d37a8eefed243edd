import CSystemCalls
import Glibc

/// The name of the temporary directory beside an output directory: `.out.connectorgen-` and 16 random
/// hexadecimal digits. Whoever holds the parent's lock may remove what bears such a name.
enum StagingName {
    static func random(for name: String) -> String {
        var bytes = [UInt8](repeating: 0, count: 8)
        _ = bytes.withUnsafeMutableBytes { buffer in
            buffer.baseAddress.map { connectorgen_random($0, buffer.count) }
        }
        return prefix(of: name) + bytes.map { digits[Int($0 >> 4)] + digits[Int($0 & 15)] }.joined()
    }

    /// Removes what killed builds of the same output directory left.
    static func removeLeftovers(of name: String, in parent: Directory) throws(FileError) {
        let prefix = prefix(of: name)
        for entry in try parent.names(startingWith: prefix) {
            guard entry.utf8.count == prefix.utf8.count + 16, let status = try parent.status(of: entry),
                status.kind == .directory, status.owner == geteuid()
            else { continue }
            try parent.removeTree(entry)
        }
    }

    private static func prefix(of name: String) -> String { ".\(name).connectorgen-" }

    private static let digits = "0123456789abcdef".map(String.init)
}
