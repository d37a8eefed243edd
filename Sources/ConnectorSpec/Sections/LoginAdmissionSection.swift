package import Diagnostics

/// An entry of `issuer.login.allow`, one way to be let in: everything that it says holds of the person.
package struct LoginAdmissionSection: Sendable {
    package var email: Located<String>?
    package var domain: Located<String>?
    /// What a list of the claim `groups` holds.
    package var group: Located<String>?
    /// An organisation by the name that the user API gives it.
    package var organization: Located<String>?
    package var claims: [(name: Located<String>, value: Located<String>)]
    package var span: Span
}

extension LoginAdmissionSection {
    package enum Default {
        /// Where the names of the organisations of a user API are.
        package static let organizationsClaim = "organizations"
    }

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
            "organization", .plain, .optional("any"),
            "An organisation that the person is a member of, as `user_api.organizations` spells its `login`.",
            example: "example-org"),
        Key(
            "claims", .pairs, .optional("any"),
            "Further claims of the ID token or of the provider's user info: what each is, or its list holds. A name below "
                + "another is joined by a dot.",
            example: "{ hd: example.com }")
    ) { LoginAdmissionSection(email: $1, domain: $2, group: $3, organization: $4, claims: $5 ?? [], span: $0.span) }
}
