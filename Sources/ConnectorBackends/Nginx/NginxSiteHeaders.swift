import ConfigLanguages
import ConnectorPlan
import ConnectorSpec
import WebSyntax

/// The headers of the site around on answers of ours: a location with an `add_header` of its own inherits no other,
/// until nginx 1.29.3 can merge them.
struct NginxSiteHeaders {
    /// What brings the site's headers to a location, by the name of the header; no name for what brings all.
    private let directives: [(name: String?, directive: NginxDirective)]
    private let merges: Bool

    init(_ nginx: NginxPlan) throws(Unrepresentable) {
        merges = nginx.mergesHeaders
        guard !merges else {
            directives = [(nil, NginxDirective("add_header_inherit", ["merge"]))]
            return
        }
        switch nginx.siteHeaders {
        case nil: directives = []
        case .file(let file): directives = [(nil, NginxDirective("include", [try .literal(file.value.text)]))]
        case .fields(let fields):
            directives = try fields.map { field throws(Unrepresentable) in
                let name = field.name.value.text
                let words: [NginxArgument] = [try .literal(name), try .literal(field.value.value), "always"]
                return (name.asciiLowercased, NginxDirective("add_header", words))
            }
        }
    }

    /// The site's headers, and then ours, which are the only ones of their names.
    func beside(_ own: [NginxDirective]) -> [NginxDirective] {
        let taken = own.filter { $0.name == "add_header" }.compactMap { $0.arguments.first?.text.asciiLowercased }
        return directives.filter { $0.name.map { !taken.contains($0) } ?? true }.map(\.directive) + own
    }

    /// Those that the endpoints and pages of the sign-in take. What those say themselves stays theirs: a second policy
    /// of contents, frames, windows or referrers breaks the sign-in. What is in a file cannot be told apart, and stays
    /// out.
    var ofSignIn: [NginxDirective] {
        guard !merges else { return [] }
        return directives.filter { $0.name.map { !Self.ofPages.contains($0) } ?? false }.map(\.directive)
    }

    private static let ofPages: Set<String> = [
        "content-security-policy", "content-security-policy-report-only", "cross-origin-embedder-policy",
        "cross-origin-opener-policy", "cross-origin-resource-policy", "referrer-policy", "x-content-type-options",
        "x-frame-options", "x-xss-protection",
    ]
}
