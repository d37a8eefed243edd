package import Diagnostics
package import JSONSyntax

/// A realm of Keycloak that a deployment carries: a file of its own, or a text within one.
package struct ObservedRealm: Sendable {
    package let json: JSONNode
    let file: FileID
    /// The key and the text that hold it within another file: places of ``json`` are then none of the file.
    let text: (key: Span, value: Span)?

    init(_ json: JSONNode, in file: FileID, text: (key: Span, value: Span)? = nil) {
        (self.json, self.file, self.text) = (json, file, text)
    }

    /// Where a finding about a part of it points.
    package func span(of node: JSONNode) -> Span {
        text?.key ?? Span(file, node.range.lowerBound, node.range.upperBound)
    }

    /// Where values stand that no report may quote; of a realm within another file that is all of it.
    var secrets: [Span] {
        let spans = RealmFile.secrets(in: json, of: file)
        return text.map { spans.isEmpty ? [] : [$0.value] } ?? spans
    }
}
