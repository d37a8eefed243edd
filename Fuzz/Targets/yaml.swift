import Diagnostics
import YAMLSyntax

/// Any bytes become a value or an error; all spans lie within the file, each within that of its parent
/// unless it came by an alias or a merge.
func fuzz(_ bytes: [UInt8]) {
    let source = SourceFile(path: "fuzz.yaml", bytes: bytes)
    let document = YAML.parse(source, id: FileID(0))
    requireSpans(of: document.diagnostics, within: bytes)
    guard let root = document.root else {
        precondition(document.diagnostics.hasErrors, "no value and no error")
        return
    }
    visit(root, depth: 0, bytes)
    _ = root.overlaid(by: root)
}

private func visit(_ node: YAMLNode, depth: Int, _ bytes: [UInt8]) {
    precondition(depth <= YAMLLimits.standard.depth, "too deep")
    require(node.span, within: bytes)
    for child in node.items ?? [] {
        precondition(child.alias != nil || node.span.contains(child.span), "an item outside its list")
        visit(child, depth: depth + 1, bytes)
    }
    for entry in node.entries ?? [] {
        require(entry.keySpan, within: bytes)
        let isHere = entry.value.alias == nil && entry.mergedBy == nil
        precondition(!isHere || node.span.contains(entry.value.span), "a value outside its mapping")
        precondition(!isHere || entry.keySpan.end <= entry.value.span.start, "a value before its key")
        visit(entry.value, depth: depth + 1, bytes)
    }
    _ = node.scalar?.resolved
}
