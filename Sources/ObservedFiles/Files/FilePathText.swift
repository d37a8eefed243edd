/// Paths as text: nothing here asks a disk.
package enum FilePathText {
    /// `deploy` of `deploy/.env`, empty for a name alone.
    package static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }

    package static func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// A path that begins at a folder, without `.` and with `..` resolved as far as the text has folders.
    package static func joined(_ folder: String, _ path: String) -> String {
        let whole = path.hasPrefix("/") || folder.isEmpty ? path : folder + "/" + path
        var parts: [Substring] = []
        for part in whole.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
        }
        return (whole.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    }

    /// True when two paths may be of one file: of an absolute one and a relative one, when the one is the end of the
    /// other.
    static func mayBeSame(_ left: String, _ right: String) -> Bool {
        let (left, right) = (joined("", left), joined("", right))
        if left == right { return true }
        guard left.hasPrefix("/") != right.hasPrefix("/") else { return false }
        let (first, second) = (left.split(separator: "/"), right.split(separator: "/"))
        return zip(first.reversed(), second.reversed()).allSatisfy(==)
    }
}
