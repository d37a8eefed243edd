/// A piece of a page that is built in code: what is repeated or may be absent. The rest of a page is a template.
package indirect enum HTMLNode: Hashable, Sendable {
    case text(String)
    case element(HTMLTag, [HTMLAttribute], [HTMLNode])
    /// What another encoder or template made.
    case fragment(Fragment<HTMLLanguage>)
}

/// The elements that pages are built of in code; none of them runs, loads or frames anything.
package enum HTMLTag: String, Hashable, Sendable {
    case bdi, code, dd, div, dt, input, li, meta, p, span, strong

    /// Elements without content and end tag.
    var isVoid: Bool { self == .input || self == .meta }
}

/// An attribute with its value, which is always written in double quotes.
package struct HTMLAttribute: Hashable, Sendable {
    /// The attributes that pages need; no event handler, no style.
    package enum Name: String, Hashable, Sendable {
        case `class`, content, id, name, role, type, value
        case httpEquivalent = "http-equiv"
    }

    let name: Name
    let value: Fragment<HTMLLanguage>

    /// A word of the program's own, or text for people.
    package static func text(_ name: Name, _ value: String) -> HTMLAttribute {
        HTMLAttribute(name: name, value: HTMLLanguage.text(value))
    }

    /// A value that has to come back byte for byte.
    package static func exact(_ name: Name, _ value: String) throws(Unrepresentable) -> HTMLAttribute {
        HTMLAttribute(name: name, value: try HTMLLanguage.value(value))
    }
}
