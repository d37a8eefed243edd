import CCatalogue
import JSONSyntax

/// The data files that are compiled into the program.
enum EmbeddedCatalogue {
    static let clients: [UInt8] = {
        var size = 0
        // Sound: the pointer is to static, constant bytes, and `size` is the length of the same array.
        let bytes = ccatalogue_clients(&size)
        return Array(UnsafeBufferPointer(start: bytes, count: size))
    }()

    static let keycloak: [UInt8] = {
        var size = 0
        // Sound: as above.
        let bytes = ccatalogue_keycloak(&size)
        return Array(UnsafeBufferPointer(start: bytes, count: size))
    }()

    static let keycloakRealm: [UInt8] = {
        var size = 0
        // Sound: as above.
        let bytes = ccatalogue_keycloak_realm(&size)
        return Array(UnsafeBufferPointer(start: bytes, count: size))
    }()

    static let providers: [UInt8] = {
        var size = 0
        // Sound: as above.
        let bytes = ccatalogue_providers(&size)
        return Array(UnsafeBufferPointer(start: bytes, count: size))
    }()

    static let presets: [UInt8] = {
        var size = 0
        // Sound: as above.
        let bytes = ccatalogue_presets(&size)
        return Array(UnsafeBufferPointer(start: bytes, count: size))
    }()

    /// The rows of one file, each read by `read`.
    static func rows<Row>(
        of bytes: [UInt8], member: String, read: (CatalogueRow) throws(CatalogueError) -> Row
    ) throws(CatalogueError) -> [Row] {
        let json: JSON
        do throws(JSONError) { json = try JSON.parse(bytes) } catch {
            throw CatalogueError("\(error.message) at byte \(error.offset)")
        }
        guard json["version"]?.int == 1 else { throw CatalogueError("`version` is not 1") }
        guard let rows = json[member]?.array else { throw CatalogueError("`\(member)` is no list") }
        var found: [Row] = []
        found.reserveCapacity(rows.count)
        for (index, row) in rows.enumerated() {
            found.append(try read(CatalogueRow(json: row, place: "\(member)[\(index)]")))
        }
        return found
    }
}

/// Why a data file is not what the program expects.
package struct CatalogueError: Error, Hashable, Sendable {
    package let message: String

    init(_ message: String) { self.message = message }
}

/// One object of a data file, read strictly.
struct CatalogueRow {
    let json: JSON
    let place: String

    func text(_ member: String) throws(CatalogueError) -> String {
        guard let text = json[member]?.string, !text.isEmpty else {
            throw CatalogueError("`\(place).\(member)` is no text")
        }
        return text
    }

    func texts(_ member: String) throws(CatalogueError) -> [String] {
        guard let items = json[member]?.array else { throw CatalogueError("`\(place).\(member)` is no list") }
        let texts = items.compactMap(\.string)
        guard texts.count == items.count else { throw CatalogueError("`\(place).\(member)` holds what is no text") }
        return texts
    }

    func choice<Choice: RawRepresentable<String>>(_ member: String) throws(CatalogueError) -> Choice {
        let name = try text(member)
        guard let choice = Choice(rawValue: name) else {
            throw CatalogueError("`\(place).\(member)` is the unknown `\(name)`")
        }
        return choice
    }

    func choices<Choice: RawRepresentable<String>>(_ member: String) throws(CatalogueError) -> [Choice] {
        let names = try texts(member)
        let choices = names.compactMap(Choice.init(rawValue:))
        guard choices.count == names.count else {
            throw CatalogueError("`\(place).\(member)` holds an unknown name")
        }
        return choices
    }

    func rows(_ member: String) throws(CatalogueError) -> [CatalogueRow] {
        guard let items = json[member]?.array else { throw CatalogueError("`\(place).\(member)` is no list") }
        return items.enumerated().map { CatalogueRow(json: $1, place: "\(place).\(member)[\($0)]") }
    }
}
