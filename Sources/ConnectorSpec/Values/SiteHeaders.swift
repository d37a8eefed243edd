package import Diagnostics
package import WebSyntax
import YAMLSyntax

/// The headers that a site puts on all its answers, as the spec says them.
package enum SiteHeaders: Sendable {
    /// In the order written; no name twice.
    case fields([(name: Located<SiteHeaderName>, value: Located<String>)])
    /// A file of `add_header` lines that the site has already.
    case file(Located<IncludeFile>)

    /// Where each part is written.
    package var spans: [Span] {
        switch self {
        case .fields(let fields): fields.flatMap { [$0.name.span, $0.value.span] }
        case .file(let file): [file.span]
        }
    }
}

/// The name of a response header that belongs to a whole site, such as `Strict-Transport-Security`.
///
/// What describes a single answer (its type, its age, its challenge, who may read it) is no header of a site: a second
/// one beside the answer's own would contradict it.
package struct SiteHeaderName: TextValue {
    package static let noun = "the name of a header"
    static let expected = "the name of a header that all answers of the site have, like Strict-Transport-Security"

    package let text: String

    package init(parsing text: String) throws(InvalidValue) {
        if text.isEmpty { throw InvalidValue("is empty", expected: Self.expected, kind: .emptyValue) }
        try TemplateResidue.refuse(in: text, expected: Self.expected)
        if let scalar = text.firstScalar(where: { !($0.isAlphanumeric || $0 == .hyphen) }) {
            throw InvalidValue("holds \(String.display(scalar))", expected: Self.expected)
        }
        guard text.utf8.count <= 64 else {
            throw InvalidValue("has more than 64 characters", expected: Self.expected)
        }
        let name = text.asciiLowercased
        guard !name.hasPrefix("access-control-"), !Self.ofSingleAnswers.contains(name) else {
            throw InvalidValue("is a header of single answers, which say it themselves", expected: Self.expected)
        }
        self.text = text
    }

    private static let ofSingleAnswers: Set<String> = [
        "allow", "cache-control", "connection", "content-encoding", "content-length", "content-type", "date", "etag",
        "expires", "keep-alive", "last-modified", "location", "retry-after", "server", "set-cookie", "sunset",
        "trailer", "transfer-encoding", "upgrade", "vary", "www-authenticate",
    ]
}

/// A file as nginx's `include` names it: absolute, or relative to the folder of `nginx.conf`.
package struct IncludeFile: TextValue {
    package static let noun = "a file"
    private static let expected = "a file like /etc/nginx/snippets/headers.conf, of letters, digits and - . _ ~"

    package let text: String

    package init(parsing text: String) throws(InvalidValue) {
        do throws(InvalidValue) {
            self.text = try IncludeFolder(parsing: text).text
        } catch {
            throw InvalidValue(error.problem, expected: Self.expected, suggestion: error.suggestion, kind: error.kind)
        }
    }
}

extension SpecValue<SiteHeaders> {
    /// A mapping of names to values, or the file that has them.
    static var siteHeaders: Self {
        let kind = ValueKind.either([.text(.includeFile), .map(keys: .siteHeaderName, values: .text(.plain))])
        return Self(kind: kind) { decoder, place in
            guard case .mapping = place.node.content else {
                return decoder.parse(place.node, at: place.path, as: IncludeFile.self).map(SiteHeaders.file)
            }
            var known: Set<String> = []
            let fields = decoder.entries(at: place, expected: "a mapping")?.compactMap { item in
                decoder.siteHeader(item, beside: &known)
            }
            return fields.map(SiteHeaders.fields)
        }
    }
}

extension SpecDecoder {
    fileprivate mutating func siteHeader(
        _ item: SpecPlace, beside known: inout Set<String>
    ) -> (name: Located<SiteHeaderName>, value: Located<String>)? {
        let name: Located<SiteHeaderName>? = key(item.name, item.keySpan, at: item.path)
        guard let name, let value = text(of: item.node, at: item.path) else { return nil }
        if value.value.isEmpty {
            let empty = InvalidValue("is empty", expected: "what the header says", kind: .emptyValue)
            report(empty, text: "", at: item.node, path: item.path)
            return nil
        }
        guard known.insert(name.value.text.asciiLowercased).inserted else {
            let twice = InvalidValue("is there already in another spelling", expected: "each header once")
            report(twice, text: name.value.text, at: item.node, path: item.path)
            return nil
        }
        return (name, value)
    }
}
