/// nginx configuration files.
package enum NginxLanguage: ConfigLanguage {
    package static let displayName = "nginx"
}

/// Env files, in any dialect.
package enum EnvLanguage: ConfigLanguage {
    package static let displayName = "env"
}

/// POSIX shell (IEEE Std 1003.1, "Shell Command Language").
package enum ShellLanguage: ConfigLanguage {
    package static let displayName = "POSIX shell"
}

/// CommonMark, for what people read.
package enum MarkdownLanguage: ConfigLanguage {
    package static let displayName = "Markdown"
}

/// HTML, as the HTML Standard reads it.
package enum HTMLLanguage: ConfigLanguage {
    package static let displayName = "HTML"
}

/// Style sheets of HTML pages.
package enum CSSLanguage: ConfigLanguage {
    package static let displayName = "CSS"
}
