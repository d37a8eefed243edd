/// A value that a language cannot express in the place where it is needed. Never a silent change of it.
package struct Unrepresentable: Error, Hashable, Sendable {
    /// Whose language: `nginx`, `env (systemd)`, `POSIX shell`.
    package let language: String
    /// What stands in the way, by name and never by value: `a dollar sign`, `U+0000`.
    package let reason: String

    package init(language: String, reason: String) {
        self.language = language
        self.reason = reason
    }
}
