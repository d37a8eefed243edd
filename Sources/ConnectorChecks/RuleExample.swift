/// A spec that shows a rule at work. Only the telling lines are written; the rest is a small spec that
/// is right.
package struct RuleExample: Sendable {
    private let issuer: String
    private let connector: String
    private let top: String
    private let whole: String?

    /// Lines of `issuer:`, of the connector `mcp` and of the top level; a key given here stands for the
    /// one of the small spec.
    package init(issuer: String = "", connector: String = "", top: String = "") {
        (self.issuer, self.connector, self.top, whole) = (issuer, connector, top, nil)
    }

    /// A whole spec.
    package init(whole: String) {
        (issuer, connector, top, self.whole) = ("", "", "", whole)
    }

    /// One spec with the lines of both; nil where one of them is a whole spec.
    package func joined(with other: RuleExample) -> RuleExample? {
        guard whole == nil, other.whole == nil else { return nil }
        func lines(_ parts: String...) -> String { parts.filter { !$0.isEmpty }.joined(separator: "\n") }
        return RuleExample(
            issuer: lines(issuer, other.issuer), connector: lines(connector, other.connector),
            top: lines(top, other.top))
    }

    /// What documentation shows, markers removed.
    package var excerpt: String {
        if let whole { return Self.unmarked(whole) }
        var parts: [String] = []
        if !issuer.isEmpty { parts.append("issuer:\n" + Self.indented(issuer, by: 2)) }
        if !connector.isEmpty { parts.append("connectors:\n  mcp:\n" + Self.indented(connector, by: 4)) }
        if !top.isEmpty { parts.append(top) }
        return Self.unmarked(parts.joined(separator: "\n"))
    }

    /// The whole spec, and the byte offsets that stood behind markers.
    package var source: (text: String, marks: [Int]) {
        let marked = whole ?? completed
        var text: [UInt8] = []
        var marks: [Int] = []
        for scalar in marked.unicodeScalars {
            if scalar == Self.mark { marks.append(text.count) } else { text += Array(String(scalar).utf8) }
        }
        return (String(decoding: text, as: UTF8.self), marks)
    }

    private static let mark: Unicode.Scalar = "↓"

    private var completed: String {
        let issuerBase = [
            ("url", "url: https://mcp.example.com/mcp"), ("mode", "mode: local"),
            ("users", "users: { file: /etc/connectorgen/users }"),
            ("store", "store: { sqlite: /var/lib/connectorgen/auth.db }"),
        ]
        let connectorBase = [
            ("public_url", "public_url: https://mcp.example.com/mcp"), ("client_id", "client_id: cid_example"),
            ("upstream", "upstream: http://127.0.0.1:3930"), ("scopes", "scopes: [mcp.tools]"),
        ]
        return "version: 1\nname: demo\nissuer:\n" + Self.indented(Self.joined(issuerBase, issuer), by: 2)
            + "\nconnectors:\n  mcp:\n" + Self.indented(Self.joined(connectorBase, connector), by: 4)
            + (top.isEmpty ? "\n" : "\n\(top)\n")
    }

    /// The given lines before those of the small spec whose keys they do not have; `# no KEY` removes one.
    private static func joined(_ base: [(key: String, line: String)], _ given: String) -> String {
        let lines = given.isEmpty ? [] : given.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let kept = base.filter { item in
            !lines.contains { unmarked($0).hasPrefix(item.key + ":") || $0 == "# no \(item.key)" }
        }
        return (kept.map(\.line) + lines).joined(separator: "\n")
    }

    private static func indented(_ text: String, by count: Int) -> String {
        let prefix = String(repeating: " ", count: count)
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { prefix + $0 }
            .joined(separator: "\n")
    }

    private static func unmarked(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where scalar != mark { scalars.append(scalar) }
        return String(scalars)
    }
}
