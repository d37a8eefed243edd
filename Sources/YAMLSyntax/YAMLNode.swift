package import Diagnostics

/// A YAML value with the exact bytes it was written with.
///
/// An alias (`*name`) stands here as a copy of the anchored value whose spans point at where that value
/// is written; `alias` is then the span of the `*name` itself.
package struct YAMLNode: Sendable {
    package enum Content: Sendable {
        case scalar(YAMLScalar)
        case sequence([YAMLNode])
        case mapping([YAMLEntry])
    }

    package let content: Content
    /// From the first byte of the value (its quote or bracket included) to the end of its last token.
    package let span: Span
    /// Where the alias stands by which this value came here, if it came by one.
    package let alias: Span?
    /// True where an alias stands for nothing, which is reported already: whatever else is said of it follows from
    /// that.
    package let isUndefined: Bool

    package init(content: Content, span: Span, alias: Span? = nil, isUndefined: Bool = false) {
        self.content = content
        self.span = span
        self.alias = alias
        self.isUndefined = isUndefined
    }
}

/// A key and its value in a mapping.
package struct YAMLEntry: Sendable {
    package let key: String
    package let keySpan: Span
    package let value: YAMLNode
    /// The span of the `<<` by which this entry was merged in, if it was.
    package let mergedBy: Span?

    package init(key: String, keySpan: Span, value: YAMLNode, mergedBy: Span? = nil) {
        self.key = key
        self.keySpan = keySpan
        self.value = value
        self.mergedBy = mergedBy
    }
}
