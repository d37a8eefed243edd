package import Diagnostics
package import OAuthModel

/// An entry of `allow:`, one way to be let in: everything that it says holds of the token.
package struct AdmissionSection: Sendable {
    package var subject: Located<String>?
    /// What a list of the claim `groups` holds.
    package var group: Located<String>?
    package var claims: [(name: Located<String>, value: Located<String>)]
    package var scope: Located<ScopeToken>?
    package var span: Span
}

extension AdmissionSection {
    package enum Default {
        /// Where issuers put groups.
        package static let groupsClaim = "groups"
    }

    static let keys = SectionKeys<Self>(
        "connectors.NAME.allow[]",
        "One way to be let in: everything that it says holds of the token. Others get 403, with `insufficient_scope` where "
            + "nothing but a scope is missing.",
        Key("subject", .plain, .optional("anybody"), "The subject (`sub`).", example: "alice"),
        Key(
            "group", .plain, .optional("any"),
            "What the claim `\(Default.groupsClaim)` of the external issuer is or holds.", example: "mcp-users"),
        Key(
            "claims", .pairs, .optional("any"),
            "Further claims of the external issuer: what each is, or its list holds. A name below another is joined by a dot.",
            example: "{ hd: example.com }"),
        Key("scope", .scope, .optional("any"), "A scope of the token.", example: "mcp.tools")
    ) { AdmissionSection(subject: $1, group: $2, claims: $3 ?? [], scope: $4, span: $0.span) }
}
