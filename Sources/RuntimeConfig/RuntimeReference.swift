/// The reference page of the runtime config, made of the tables that it is read and written by.
package enum RuntimeReference {
    package static var markdown: String {
        var text = """
            # The runtime config, schema version \(RuntimeConfig.schemaVersion)

            `connectorgen build` writes `runtime/connectorgen-auth.json`, and `connectorgen-auth` reads it once, at its start. The
            file is generated: change the spec and build again. An unknown member, a value of another grammar and members
            that contradict each other are refused with their place; `connectorgen-auth --check` says whether the server
            would start. The page is generated from the tables that the file is read and written by; `make docs` rewrites it.


            """
        section("The file", RuntimeConfig.codec.members, to: &text)
        return text
    }

    /// The members of an object, then the objects among them.
    private static func section(_ title: String, _ members: [MemberReference], to text: inout String) {
        text += "## \(title)\n\n| member | value | meaning |\n|---|---|---|\n"
        for member in members {
            let presence = member.isOptional ? "optional: " : ""
            text += "| `\(member.name)` | \(presence)\(escaped(member.noun)) | \(escaped(member.summary)) |\n"
        }
        text += "\n"
        for member in members where !member.members.isEmpty {
            section(title == "The file" ? "`\(member.name)`" : "\(title), `\(member.name)`", member.members, to: &text)
        }
    }

    private static func escaped(_ text: String) -> String { text.replacing("|", with: "\\|") }
}
