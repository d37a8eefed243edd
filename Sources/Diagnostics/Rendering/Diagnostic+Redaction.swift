import SecretShapes

extension Diagnostic {
    /// The same finding with `[secret]` in the place of each secret that a text of it holds. A fix that would write one
    /// is left out.
    package var redacted: Diagnostic {
        Diagnostic(
            code, severity, SecretPlaces.redacted(message), at: primary.map(\.redacted),
            secondary: secondary.map(\.redacted), notes: notes.map(SecretPlaces.redacted),
            help: help.map(SecretPlaces.redacted),
            fixes: fixes.filter { fix in
                !SecretPlaces.holds(fix.title) && !fix.edits.contains { SecretPlaces.holds($0.replacement) }
            })
    }
}

extension Label {
    fileprivate var redacted: Label { Label(span, SecretPlaces.redacted(text)) }
}
