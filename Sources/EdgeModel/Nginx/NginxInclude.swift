/// The argument of an `include`, held against a path.
package struct NginxInclude {
    private let parts: [Substring]

    /// `/etc/nginx/snippets/*.conf`, or relative to the folder of `nginx.conf`.
    package init(_ text: String) {
        parts = text.split(separator: "/")
    }

    /// True when it can mean this file: one of the two paths is the end of the other. The last part may have a `*`, and
    /// then the folder has to be the same: every file would be meant.
    package func names(_ path: String) -> Bool {
        let other = path.split(separator: "/").filter { $0 != "." }
        guard let pattern = parts.last, let name = other.last, Self.matches(pattern, name),
            !pattern.contains("*") || parts.count == 1 || other.count > 1
        else { return false }
        return zip(parts.dropLast().reversed(), other.dropLast().reversed()).allSatisfy(==)
    }

    private static func matches(_ pattern: Substring, _ name: Substring) -> Bool {
        guard let star = pattern.firstIndex(of: "*") else { return pattern == name }
        let (before, after) = (pattern[..<star], pattern[pattern.index(after: star)...])
        return name.count >= before.count + after.count && name.hasPrefix(before) && name.hasSuffix(after)
    }
}
