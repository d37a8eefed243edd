/// A spec that shows a rule at work, with the observed files beside it where the rule is about them. Of the spec only
/// the telling lines are written; the rest is a small spec that is right. `↓` stands before what is found, in any
/// file.
package struct RuleExample: Sendable {
    private let issuer: String
    private let connector: String
    private let top: String
    private let whole: String?
    /// Observed nginx files by name.
    private let observed: [(name: String, text: String)]

    /// A file of an example, without its markers.
    package struct File: Sendable {
        package let name: String
        package let text: String
        /// Byte offsets of the places that had a marker before them.
        package let marks: [Int]

        package init(name: String, text: String, marks: [Int]) {
            self.name = name
            self.text = text
            self.marks = marks
        }
    }

    /// How the spec is called.
    package static let specName = "connector.yaml"

    /// Lines of `issuer:`, of the connector `mcp` and of the top level; a key given here stands for the
    /// one of the small spec.
    /// `files` are observed nginx files by name; `connector.yaml` among them is a whole spec.
    package init(
        issuer: String = "", connector: String = "", top: String = "", files: KeyValuePairs<String, String> = [:]
    ) {
        (self.issuer, self.connector, self.top) = (issuer, connector, top)
        whole = files.first { $0.key == Self.specName }?.value
        observed = files.filter { $0.key != Self.specName }.map { ($0.key, $0.value) }
    }

    /// A whole spec.
    package init(whole: String) {
        (issuer, connector, top, self.whole, observed) = ("", "", "", whole, [])
    }

    /// One spec with the lines of both; nil where one of them is a whole spec, or has files.
    package func joined(with other: RuleExample) -> RuleExample? {
        guard whole == nil, other.whole == nil, observed.isEmpty, other.observed.isEmpty else { return nil }
        func lines(_ parts: String...) -> String { parts.filter { !$0.isEmpty }.joined(separator: "\n") }
        return RuleExample(
            issuer: lines(issuer, other.issuer), connector: lines(connector, other.connector),
            top: lines(top, other.top))
    }

    /// What documentation shows of its files, markers removed: the telling lines of the spec, then the observed ones.
    package var excerpts: [(name: String, text: String)] {
        ([(Self.specName, excerpt)] + observed.map { ($0.name, Self.unmarked($0.text)) }).filter { !$0.text.isEmpty }
    }

    /// The telling lines of the spec, markers removed.
    package var excerpt: String {
        if let whole { return Self.unmarked(whole) }
        var parts: [String] = []
        if !issuer.isEmpty { parts.append("issuer:\n" + Self.indented(issuer, by: 2)) }
        if !connector.isEmpty { parts.append("connectors:\n  mcp:\n" + Self.indented(connector, by: 4)) }
        if !top.isEmpty { parts.append(top) }
        return Self.unmarked(parts.joined(separator: "\n"))
    }

    /// The whole spec, and the byte offsets that stood behind markers.
    package var source: File { Self.file(Self.specName, whole ?? completed) }

    /// The observed files.
    package var observedFiles: [File] { observed.map { Self.file($0.name, $0.text) } }

    private static func file(_ name: String, _ marked: String) -> File {
        var text: [UInt8] = []
        var marks: [Int] = []
        for scalar in marked.unicodeScalars {
            if scalar == mark { marks.append(text.count) } else { text += Array(String(scalar).utf8) }
        }
        return File(name: name, text: String(decoding: text, as: UTF8.self), marks: marks)
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
