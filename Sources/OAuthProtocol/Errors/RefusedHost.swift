import WebSyntax

/// How a host that is refused is told: the one part of a request that answers and logs repeat, since its owner has to
/// know which host to list.
enum RefusedHost {
    private static let longest = 64

    /// Shortened, and without a byte that means something to whoever shows it.
    static func text(_ host: String) -> String {
        let plain = host.utf8.map { $0.isUnreserved || ":/[]".utf8.contains($0) ? $0 : UInt8(ascii: "?") }
        let kept = plain.count <= longest ? plain : Array(plain.prefix(longest - 3)) + Array("...".utf8)
        return String(decoding: kept, as: UTF8.self)
    }
}
