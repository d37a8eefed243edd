import JSONSyntax

/// The members of client metadata by type. An explicit null is an absent member.
struct MetadataReader {
    private let json: JSON

    /// Refuses what is not one JSON object within the limits.
    init(_ body: [UInt8], longest: Int) throws(Rejection.MetadataFault) {
        guard body.count <= longest else { throw .oversized }
        let parsed: JSON
        do throws(JSONError) {
            parsed = try JSON.parse(body, limits: JSONLimits(depth: 16, bytes: longest))
        } catch {
            throw .notJSON
        }
        guard parsed.members != nil else { throw .notAnObject }
        json = parsed
    }

    func contains(_ name: String) -> Bool { value(name) != nil }

    func text(_ name: String, longest: Int = 2_048) throws(Rejection.MetadataFault) -> String? {
        guard let value = value(name) else { return nil }
        guard let text = value.string, text.utf8.count <= longest else { throw .wrongType(member: name) }
        return text.isEmpty ? nil : text
    }

    func texts(_ name: String) throws(Rejection.MetadataFault) -> [String]? {
        guard let value = value(name) else { return nil }
        guard let elements = value.array else { throw .wrongType(member: name) }
        let texts = elements.compactMap(\.string)
        guard texts.count == elements.count else { throw .wrongType(member: name) }
        return texts
    }

    func object(_ name: String) -> JSON? { value(name) }

    private func value(_ name: String) -> JSON? {
        guard let value = json[name], !value.isNull else { return nil }
        return value
    }
}
