import Glibc

/// Where a build goes: a name in a parent directory, never a place that could not be swapped as a whole.
package struct OutputLocation: Hashable, Sendable {
    /// As the user wrote it, without slashes at the end.
    package let path: String
    let parent: String
    let name: String

    package init(_ path: String) throws(FileError) {
        var trimmed = Substring(path)
        while trimmed.utf8.count > 1, trimmed.utf8.last == UInt8(ascii: "/") { trimmed.removeLast() }
        let parts = trimmed.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let name = Substring(parts.last ?? trimmed.utf8)
        guard !trimmed.isEmpty, !name.isEmpty, name != ".", name != ".." else {
            throw FileError(
                "build into", path.isEmpty ? "''" : path,
                reason: "the output directory is replaced as a whole, so it needs a name of its own",
                advice: "give one, like --out out")
        }
        self.path = String(trimmed)
        self.name = String(name)
        parent =
            switch parts.count {
            case 1: "."
            case 2 where parts[0].isEmpty: "/"
            default: String(Substring(trimmed.utf8.dropLast(name.utf8.count + 1)))
            }
    }

    /// Opens the parent; `creating` makes what is missing on the way, as `mkdir -p` does.
    func openParent(creating: Bool) throws(FileError) -> Directory {
        if creating, access(parent, F_OK) != 0, errno == ENOENT {
            try OutputLocation(parent).make()
        }
        return try Directory.opening(parent)
    }

    private func make() throws(FileError) {
        if access(parent, F_OK) != 0, errno == ENOENT { try OutputLocation(parent).make() }
        do {
            _ = try checked("create", path) { mkdir(path, 0o777) }
        } catch let failure where failure.code == EEXIST {}
    }
}
