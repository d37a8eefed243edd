import ConfigLanguages
import ConnectorPlan
import Diagnostics

/// The values of the first lines of every generated file.
struct GeneratedFileHeader {
    let product = "\(Product.name) \(Product.version)"
    let source: String
    let digest: String
    /// The artifact's path.
    let file: String

    init(_ context: RenderContext, file: String) {
        source = context.bannerSource
        digest = context.specDigest
        self.file = file
    }

    /// The placeholders of a template's banner, each through the language's encoder for comments.
    func values<Language>(
        _ comment: (String) throws(Unrepresentable) -> Fragment<Language>
    ) throws(Unrepresentable) -> [String: Fragment<Language>] {
        [
            "product": try comment(product), "source": try comment(source), "digest": try comment(digest),
            "file": try comment(file),
        ]
    }
}
