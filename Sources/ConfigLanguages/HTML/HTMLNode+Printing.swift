extension Fragment<HTMLLanguage> {
    /// The nodes as lines, one for each.
    package static func lines(_ nodes: [HTMLNode]) -> Fragment {
        var bytes: [UInt8] = []
        for (index, node) in nodes.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: "\n")) }
            node.print(to: &bytes)
        }
        return Fragment(unchecked: bytes)
    }
}

extension HTMLNode {
    /// `<meta http-equiv="refresh">` that leads to an address at once (HTML Standard §4.2.5.3).
    package static func refresh(to url: String) throws(Unrepresentable) -> HTMLNode {
        let target = try HTMLLanguage.url(url)
        return .element(
            .meta,
            [
                .text(.httpEquivalent, "refresh"),
                HTMLAttribute(name: .content, value: Fragment(unchecked: Array("0;url=".utf8) + target.bytes)),
            ], [])
    }

    /// `<input type="hidden">`, whose value comes back byte for byte.
    package static func hiddenInput(_ name: String, _ value: String) throws(Unrepresentable) -> HTMLNode {
        .element(.input, [.text(.type, "hidden"), try .exact(.name, name), try .exact(.value, value)], [])
    }

    fileprivate func print(to bytes: inout [UInt8]) {
        switch self {
        case .text(let text): HTMLLanguage.append(text: text, to: &bytes)
        case .fragment(let fragment): bytes += fragment.bytes
        case .element(let tag, let attributes, let children):
            bytes.append(UInt8(ascii: "<"))
            bytes += tag.rawValue.utf8
            for attribute in attributes {
                bytes.append(UInt8(ascii: " "))
                bytes += attribute.name.rawValue.utf8
                bytes += "=\"".utf8
                bytes += attribute.value.bytes
                bytes.append(UInt8(ascii: "\""))
            }
            bytes.append(UInt8(ascii: ">"))
            guard !tag.isVoid else { return }
            for child in children { child.print(to: &bytes) }
            bytes += "</".utf8
            bytes += tag.rawValue.utf8
            bytes.append(UInt8(ascii: ">"))
        }
    }
}
