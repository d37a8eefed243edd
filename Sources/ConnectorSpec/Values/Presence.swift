package import Diagnostics

/// What stands at a key where an empty value, null and nothing at all are three different mistakes.
package enum Presence<Value: Sendable>: Sendable {
    case value(Located<Value>, ResolutionTrace)
    /// `key:`, `key: null` or `key: ~`.
    case null(ResolutionTrace)
    /// `key: ""`.
    case empty(ResolutionTrace)
    /// Written, and refused with a diagnostic of its own.
    case invalid(ResolutionTrace)
    /// The key is not there; the span is that of the key that it would stand under.
    case absent(Span)

    /// The value, when there is one.
    package var located: Located<Value>? {
        if case .value(let located, _) = self { located } else { nil }
    }

    package var value: Value? { located?.value }
}

/// How a value came to stand where the compiler read it: its key, then the overlay, merge keys and
/// aliases that brought it, and last the place where it is written.
package struct ResolutionTrace: Hashable, Sendable {
    package struct Step: Hashable, Sendable {
        /// `connectors.mcp.client_id`, `alias *id`, `merge *base`, `environment staging`.
        package let what: String
        package let span: Span

        package init(_ what: String, at span: Span) {
            self.what = what
            self.span = span
        }
    }

    /// The key that was asked for first, where the value is written last; never empty.
    package let steps: [Step]
    /// The value itself, or the key when nothing is written behind it.
    package let span: Span

    /// `client_id <- connectors.mcp.client_id (connector.yaml:12) <- alias *id (connector.yaml:3)`
    package func text(of key: String, in sources: SourceMap) -> String {
        steps.reduce(into: key) { text, step in
            let file = sources[step.span.file]
            text += " <- \(step.what) (\(file.path):\(file.position(at: step.span.start).line))"
        }
    }
}
