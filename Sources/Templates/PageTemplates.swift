package import ConfigLanguages
package import Diagnostics

/// Everything that the pages of `connectorgen-auth` are made of: templates, texts and the style sheet, of the binary or
/// of `--templates DIR`, read and judged once.
package struct PageTemplates: Sendable {
    private let definitions: TemplateCatalogue
    private let texts: PageTexts
    /// The element of the style sheet.
    package let style: Fragment<HTMLLanguage>
    /// The content of that element, for its hash in the policy.
    package let styleContent: [UInt8]

    /// The pages with the files of a directory in the place of the builtin ones; nil when anything is wrong with them.
    package static func load(
        _ files: [TemplateFile] = []
    ) -> (templates: PageTemplates?, diagnostics: [Diagnostic]) {
        var texts = PageTexts.builtin
        for file in files where file.name == PageTexts.file {
            texts = PageTexts(parsing: file.bytes, source: file.source)
        }
        let loaded = TemplateCatalogue.builtinPages.loading(files)
        var diagnostics = loaded.diagnostics + texts.diagnostics + TemplateCatalogue.builtinPages.problems
        guard !diagnostics.hasErrors else { return (nil, diagnostics) }
        let source = loaded.catalogue.source(of: TemplateDefinition<CSSLanguage>.pageStyle)
        do {
            let sheet = try loaded.catalogue.render(TemplateDefinition<CSSLanguage>.pageStyle, [:])
            let style = try HTMLLanguage.styleElement(sheet.bytes)
            let templates = PageTemplates(
                definitions: loaded.catalogue, texts: texts, style: style.element, styleContent: style.content)
            return (templates, diagnostics)
        } catch let failure as TemplateFailure {
            return (nil, diagnostics + failure.diagnostics)
        } catch {
            let reason = (error as? Unrepresentable)?.reason ?? "it cannot be used"
            let file = TemplateDefinition<CSSLanguage>.pageStyle.file
            diagnostics.append(
                Diagnostic(
                    .templateRefused, .error, "\(file): \(reason)", at: source.map { Label(Span($0, 0, 0)) }))
            return (nil, diagnostics)
        }
    }

    /// A template with its values, as a fragment that may stand in a block of another.
    package func render(
        _ definition: TemplateDefinition<HTMLLanguage>, _ values: [String: Fragment<HTMLLanguage>]
    ) throws(TemplateFailure) -> Fragment<HTMLLanguage> {
        Fragment(rendered: try definitions.render(definition, values, countsLines: false).bytes)
    }

    /// A text with its values, fit for a page.
    package func text(_ text: PageText, _ values: [String: String] = [:]) -> Fragment<HTMLLanguage> {
        texts.fragment(text, values.mapValues { HTMLLanguage.text($0) })
    }

    /// A text with nodes for values.
    package func text(_ text: PageText, nodes: [String: HTMLNode]) -> Fragment<HTMLLanguage> {
        texts.fragment(text, nodes.mapValues { .lines([$0]) })
    }
}
