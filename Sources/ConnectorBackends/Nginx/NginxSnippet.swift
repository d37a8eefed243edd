import ConfigLanguages
import Diagnostics

/// A file of lines that several locations include, `nginx/snippets/endpoint.conf`.
struct NginxSnippet {
    /// Directives under one comment.
    struct Part {
        let reason: String
        /// The places of the spec that they were made from, the most telling first; empty where a default speaks.
        let origins: [Span]
        let directives: [NginxDirective]

        init(_ reason: String, from origins: [Span] = [], _ directives: [NginxDirective]) {
            self.reason = reason
            self.origins = origins
            self.directives = directives
        }
    }

    /// What its file is called before `.conf`.
    let name: String
    /// One line for the head of the file: which locations include it.
    let purpose: String
    /// Where the values in the purpose come from.
    let purposeOrigins: [Span]
    let parts: [Part]

    init(_ name: String, _ purpose: String, from purposeOrigins: [Span] = [], _ parts: [Part]) {
        self.name = name
        self.purpose = purpose
        self.purposeOrigins = purposeOrigins
        self.parts = parts.filter { !$0.directives.isEmpty }
    }

    /// What an nginx says once for all its deployments.
    static let onceFile = "nginx/map-hash.conf"

    var path: String { "\(NginxSnippetFolder.output)/\(NginxSnippetFolder.fileName(name))" }

    /// The tag of each part is its index; a part that comes from no place of the spec has none.
    func print(_ comments: SpecComments) throws(Unrepresentable) -> NginxText {
        let texts = try parts.map { part throws(Unrepresentable) in
            try NginxLanguage.commentText(comments.text(part.origins, part.reason))
        }
        return NginxPrinter.text { printer in
            for (index, part) in parts.enumerated() {
                printer.blankLine()
                printer.group(part.directives, tag: part.origins.isEmpty ? nil : index, comment: texts[index])
            }
        }
    }
}
