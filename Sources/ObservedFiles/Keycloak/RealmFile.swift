package import Diagnostics
package import JSONSyntax

/// A file that says how a realm is: an export of it, or what `status.sh --json` printed.
package struct RealmFile: Sendable {
    package let id: FileID
    /// As it was given.
    package let path: String
    /// The realms in it, as representations of Keycloak's; a full export of a server may hold several.
    package let realms: [JSONNode]
    /// What a status says besides; nil for an export.
    package let status: JSONNode?
    /// Why nothing can be said of it.
    package let problem: Problem?
    /// Where values stand that no report may quote.
    package let secrets: [Span]

    package struct Problem: Sendable {
        package let message: String
        package let span: Span
    }

    package init(_ id: FileID, in sources: SourceMap) {
        self.id = id
        path = sources[id].path
        do throws(JSONError) {
            let document = try JSONNode.parse(sources[id].bytes)
            let live = document["live"]
            let realms = (live.map { [$0] } ?? document.elements ?? [document]).filter {
                $0["clientScopes"]?.elements != nil
            }
            self.realms = realms
            status = live == nil ? nil : document
            problem =
                realms.isEmpty
                ? Problem(
                    message: "it is no export of a realm: no `clientScopes` in it",
                    span: Span(
                        id, document.range.lowerBound, min(document.range.lowerBound + 1, document.range.upperBound)))
                : nil
            secrets = Self.secrets(in: document, of: id)
        } catch {
            (realms, status, secrets) = ([], nil, [])
            problem = Problem(
                message: "it is no JSON: \(error.message)", span: Span(id, error.offset, error.offset + 1))
        }
    }

    /// Members whose values are secrets: of clients, identity providers, user federation, mail, keys and users. A
    /// partial export masks the most of them; a full one, `kc.sh export`, has them as they are.
    private static let secretMembers: Set<String> = [
        "secret", "clientSecret", "registrationAccessToken", "password", "bindCredential", "privateKey", "keyPassword",
        "keystorePassword", "secretData", "credentialData", "client.secret.rotated", "saml.signing.private.key",
        "saml.encryption.private.key",
    ]

    /// Where a realm has them, whatever else the file holds.
    static func secrets(in node: JSONNode, of file: FileID) -> [Span] {
        switch node.content {
        case .array(let elements): elements.flatMap { secrets(in: $0, of: file) }
        case .object(let members):
            members.flatMap { member in
                secretMembers.contains(member.name)
                    ? texts(in: member.value, of: file) : secrets(in: member.value, of: file)
            }
        default: []
        }
    }

    private static func texts(in node: JSONNode, of file: FileID) -> [Span] {
        if let elements = node.elements { return elements.flatMap { texts(in: $0, of: file) } }
        guard node.string != nil, node.range.count > 2 else { return [] }
        return [Span(file, node.range.lowerBound + 1, node.range.upperBound - 1)]
    }
}
