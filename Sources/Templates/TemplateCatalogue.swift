/// The skeletons by name, of the binary or of `--templates DIR`.
package struct TemplateCatalogue: Sendable {
    package init() {}
}
