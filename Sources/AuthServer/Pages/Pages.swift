import ConfigLanguages
import Cryptography
import Diagnostics
import HTTPServer
import OAuthProtocol
import Templates
import WebSyntax

/// The pages of a deployment: templates, texts and style, read and judged once at the start, and rendered from values.
///
/// No page has a script, loads anything, may be framed or cached, or says in a referrer where somebody was.
struct Pages: Sendable {
    let templates: PageTemplates
    /// The header fields of every page. No form of ours is answered by a redirect to elsewhere (see ``ContinuePage``),
    /// so forms may lead here alone.
    private let fields: HTTPHeaders
    /// What the head of each page calls this server.
    private let site: Fragment<HTMLLanguage>

    /// `site` is the host of the issuer. Throws when the templates cannot make every page.
    init(_ templates: PageTemplates, site: String) throws {
        self.templates = templates
        self.site = HTMLLanguage.text(site)
        let styleHash = Base64.encode(try Digest.sha256(templates.styleContent))
        fields = HTTPHeaders(ResponseField.page(styleHash: styleHash).map { HTTPHeaders.Field($0.name, $0.value) })
        for page in Self.samples { _ = try layout(page) }
    }

    /// A page as an answer. The templates have proved themselves at the start, so the error is for a value that no
    /// form could give back, which is a mistake of ours.
    func response(_ page: some Page) -> HTTPResponse {
        do {
            var headers = fields
            for field in page.fields { headers.add(field.name, field.value) }
            return HTTPResponse(page.status, headers: headers, body: try layout(page).bytes)
        } catch {
            return .json(500, OAuthError.serverError.body(), headers: ["Cache-Control": "no-store"])
        }
    }

    private func layout(_ page: some Page) throws -> Fragment<HTMLLanguage> {
        var refresh: [HTMLNode] = []
        if let target = page.refresh { refresh.append(try .refresh(to: target)) }
        return try templates.render(
            .layout,
            [
                "title": page.title(templates), "site": site, "style": templates.style, "refresh": .lines(refresh),
                "main": try page.main(templates),
            ])
    }
}

/// The values of one page.
protocol Page: Sendable {
    var status: Int { get }
    /// Further header fields.
    var fields: [ResponseField] { get }
    /// Where the page leads to by itself; nil for a page that stays.
    var refresh: String? { get }

    func title(_ templates: PageTemplates) -> Fragment<HTMLLanguage>
    /// The content between the head and the foot of the layout.
    func main(_ templates: PageTemplates) throws -> Fragment<HTMLLanguage>
}

extension Page {
    var fields: [ResponseField] { [] }
    var refresh: String? { nil }
}

/// A value that a form carries and gives back byte for byte: the handle of the transaction, the token of the form.
struct HiddenField: Hashable, Sendable {
    let name: String
    let value: String

    init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    static func lines(_ fields: [HiddenField]) throws(Unrepresentable) -> Fragment<HTMLLanguage> {
        var nodes: [HTMLNode] = []
        for field in fields { nodes.append(try .hiddenInput(field.name, field.value)) }
        return .lines(nodes)
    }
}
