import JSONSyntax

/// The header of a token (RFC 7515 §4.1), with the members that we read.
package struct JWSHeader: Sendable, Hashable {
    package let algorithm: JWSAlgorithm
    package let type: String?
    package let keyID: String?

    /// Members that change what is signed, or that bring or name a key. No token that we want has one.
    private static let forbidden = ["crit", "b64", "zip", "jwk", "jku", "x5c", "x5u", "enc", "cty", "epk"]

    init(parsing bytes: [UInt8]) throws(JWSError) {
        let json: JSON
        do throws(JSONError) {
            json = try JSON.parse(bytes, limits: JSONLimits(depth: 4, bytes: 4096))
        } catch {
            throw .malformedHeader
        }
        guard let members = json.members else { throw .malformedHeader }
        if let member = members.first(where: { Self.forbidden.contains($0.name) }) {
            throw .forbiddenMember(member.name)
        }
        guard let name = json["alg"]?.string else { throw .malformedHeader }
        guard let algorithm = JWSAlgorithm(rawValue: name) else { throw .algorithm }
        self.algorithm = algorithm
        type = try Self.text(json["typ"], atMost: 64)
        keyID = try Self.text(json["kid"], atMost: 256)
    }

    private static func text(_ member: JSON?, atMost limit: Int) throws(JWSError) -> String? {
        guard let member else { return nil }
        guard let text = member.string, !text.isEmpty, text.utf8.count <= limit else { throw .malformedHeader }
        return text
    }
}
