/// Paths of the checkout, found from where this file stands.
package enum Repository {
    /// The top folder of the repository.
    package static let root: String = {
        var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        parts.removeLast(3)
        return parts.joined(separator: "/")
    }()

    /// The absolute path of a file of the checkout; an absolute path stays as it is.
    package static func path(_ path: String) -> String { path.hasPrefix("/") ? path : root + "/" + path }
}
