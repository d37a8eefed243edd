package import Diagnostics

/// An entry of `issuer.login.allow`, one way to be let in: everything that it says holds of the person.
package struct LoginAdmissionSection: Sendable {
    package var email: Located<String>?
    package var domain: Located<String>?
    /// What a list of the claim `groups` holds.
    package var group: Located<String>?
    package var claims: [(name: Located<String>, value: Located<String>)]
    package var span: Span
}

extension LoginAdmissionSection {
    static let keys = SectionKeys<Self>(
        "issuer.login.allow[]",
        "One way to be let in: everything that it says holds of the person. Others get a page that says so.",
        Key(
            "email", .plain, .optional("any"), "An address, which the provider has verified (`email_verified`).",
            example: "alice@example.com"),
        Key("domain", .plain, .optional("any"), "The domain of a verified address.", example: "example.com"),
        Key(
            "group", .plain, .optional("any"),
            "What the claim `\(AdmissionSection.Default.groupsClaim)` is or holds.", example: "mcp-users"),
        Key(
            "claims", .pairs, .optional("any"),
            "Further claims of the ID token or of the provider's user info: what each is, or its list holds. A name below "
                + "another is joined by a dot.",
            example: "{ hd: example.com }")
    ) { LoginAdmissionSection(email: $1, domain: $2, group: $3, claims: $4 ?? [], span: $0.span) }
}
