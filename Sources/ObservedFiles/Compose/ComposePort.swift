import Diagnostics
import YAMLSyntax

/// An entry of `ports:`, in its short or its long form.
enum ComposePort {
    /// The ports of the container that it opens, with the address; none for what cannot be told.
    static func published(_ node: YAMLNode, _ project: ComposeProject) -> [PublishedPort] {
        if node.entries != nil {
            guard let target = node.value(forKey: "target")?.scalar.flatMap({ Int($0.text) }) else { return [] }
            return [
                PublishedPort(
                    container: target, host: node.value(forKey: "published")?.scalar.flatMap { Int($0.text) },
                    address: node.value(forKey: "host_ip")?.scalar?.text, way: "`ports`",
                    span: node.span)
            ]
        }
        guard let text = node.scalar?.text, let filled = project.fillIn(text, at: node.span).value.text else {
            return []
        }
        var rest = filled.split(separator: "/", maxSplits: 1).first.map(String.init) ?? filled
        var address: String?
        if rest.hasPrefix("["), let end = rest.firstIndex(of: "]") {
            address = String(rest[...end])
            rest = String(rest[rest.index(after: end)...].drop { $0 == ":" })
        }
        var parts = rest.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard let container = parts.popLast() else { return [] }
        if parts.count > 1 { address = parts[0] }
        let host = parts.last.flatMap { Int($0) }
        let bounds = container.split(separator: "-").compactMap { Int($0) }
        guard let first = bounds.first, let last = bounds.last, first <= last, last - first <= 1000 else { return [] }
        return (first...last).map {
            PublishedPort(
                container: $0, host: first == last ? host : nil, address: address, way: "`ports`", span: node.span)
        }
    }
}
