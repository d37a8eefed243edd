import Foundation

/// What a server answered, taken apart by hand.
struct Answer {
    let status: Int
    let fields: [(name: String, value: String)]
    let body: String

    init(status: Int, head: String, body: [UInt8]) {
        self.status = status
        fields = head.components(separatedBy: "\r\n").dropFirst().compactMap { line in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            return (
                line[..<colon].lowercased(), line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
            )
        }
        self.body = String(decoding: body, as: UTF8.self)
    }

    subscript(name: String) -> String? { values(name).first }

    func values(_ name: String) -> [String] { fields.filter { $0.name == name.lowercased() }.map(\.value) }

    var location: String? { self["location"] }

    /// The parameters of the redirect's query, in order.
    var redirectParameters: [(name: String, value: String)] {
        guard let location, let mark = location.firstIndex(of: "?") else { return [] }
        return location[location.index(after: mark)...].split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (FormCoding.decoded(parts[0]), parts.count > 1 ? FormCoding.decoded(parts[1]) : "")
        }
    }

    func redirectParameter(_ name: String) -> String? { redirectParameters.first { $0.name == name }?.value }

    /// The members of a JSON object; empty for anything else.
    var json: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(body.utf8))) as? [String: Any] ?? [:]
    }

    func member(_ name: String) -> String? { json[name] as? String }
}

/// `application/x-www-form-urlencoded`, as browsers do it.
enum FormCoding {
    static func encoded(_ pairs: [(String, String)]) -> String {
        pairs.map { "\(encoded($0))=\(encoded($1))" }.joined(separator: "&")
    }

    static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                byte < 0x80 && (Character(UnicodeScalar(byte)).isLetter || Character(UnicodeScalar(byte)).isNumber)
            return isPlain || "-._~".utf8.contains(byte) ? String(UnicodeScalar(byte)) : String(format: "%%%02X", byte)
        }.joined()
    }

    static func decoded(_ text: Substring) -> String {
        text.replacingOccurrences(of: "+", with: " ").removingPercentEncoding ?? "(malformed)"
    }
}
