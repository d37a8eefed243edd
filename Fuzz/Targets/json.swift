import JSONSyntax

/// The two readers agree, places lie within the text, and what is printed is read back the same.
func fuzz(_ bytes: [UInt8]) {
    guard let node = try? JSONNode.parse(bytes) else {
        precondition((try? JSON.parse(bytes)) == nil, "refused with places, read without")
        return
    }
    visit(node, bytes)
    let value = node.json
    precondition((try? JSON.parse(bytes)) == value, "the two readers differ")
    for layout in [JSON.Layout.compact, .pretty] {
        precondition((try? JSON.parse(value.encoded(layout))) == value, "printed and read back, it differs")
    }
}

private func visit(_ node: JSONNode, _ bytes: [UInt8]) {
    require(node.range, within: bytes)
    switch node.content {
    case .array(let elements): for element in elements { visit(element, bytes) }
    case .object(let members):
        for member in members {
            require(member.nameRange, within: bytes)
            visit(member.value, bytes)
        }
    default: break
    }
}
