extension ResponseField {
    /// What goes with every page: nothing is loaded from elsewhere, nobody frames it, nothing of its address leaks.
    ///
    /// `formActions` are further origins that a form may lead to. Chromium applies `form-action` to the whole chain of
    /// redirects that follows a post, so the redirect of an answer has to be among them.
    package static func page(styleHash: String? = nil, formActions: [String] = []) -> [ResponseField] {
        let style = styleHash.map { "style-src 'sha256-\($0)'; " } ?? ""
        let forms = (["'self'"] + formActions).joined(separator: " ")
        return [
            ResponseField("Content-Type", "text/html; charset=utf-8"),
            ResponseField("Cache-Control", "no-store"),
            ResponseField(
                "Content-Security-Policy",
                "default-src 'none'; \(style)form-action \(forms); base-uri 'none'; frame-ancestors 'none'"),
            ResponseField("X-Frame-Options", "DENY"),
            ResponseField("Referrer-Policy", "no-referrer"),
            ResponseField("X-Content-Type-Options", "nosniff"),
        ]
    }
}
