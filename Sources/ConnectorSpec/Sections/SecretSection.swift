import OAuthModel
import WebSyntax

/// Where a secret is found, at each key that takes one.
enum SecretSection {
    static let keys = SectionKeys<Located<SecretReference>>(
        "SECRET", "Where a secret is found; never the secret itself. Exactly one of the keys.",
        Key(
            "env", .environmentName, .conditional("or `file`"), "The variable that holds it.",
            example: "SUPABASE_OAUTH_SECRET"),
        Key(
            "file", .filePath, .conditional("or `env`"), "The file that holds it, mode 0600.",
            example: "/etc/connectorgen/oauth-secret")
    ) { SecretReference.located($1, $2) }
}

extension SecretReference {
    /// The one of the two that is there; nil for none.
    static func located(
        _ name: Located<EnvironmentName>?, _ path: Located<FilePath>?
    ) -> Located<SecretReference>? {
        name.map { Located(.environment($0.value), at: $0.span) }
            ?? path.map { Located(.file($0.value.text), at: $0.span) }
    }
}
