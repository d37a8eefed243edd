import CCatalogue
import JSONSyntax

/// A client library as it was seen to behave, or what its vendor says: a row of `Catalogue/implementations.json`.
package struct ClientImplementation: Hashable, Sendable {
    package let name: String
    package let title: String
    /// Profiles of the client catalogue that are built on it.
    package let clients: [String]
    /// A date, or the dates of an interval.
    package let asOf: String
    package let source: String
    package let traits: ClientTraits
    /// Templates of its messages by the kind of failure: `{found}`, `{expected}`, `{url}`.
    let words: [JourneyFailure.Kind: String]

    package static let all: [ClientImplementation] = {
        switch read(embedded) {
        case .success(let rows): rows
        case .failure: []
        }
    }()

    /// Why the data file could not be read; nil when it could. A test keeps that from being shipped.
    package static var problem: String? {
        if case .failure(let problem) = read(embedded) { problem.message } else { nil }
    }

    /// The one with this name, or the one that a client of this name is built on.
    package static func named(_ name: String) -> ClientImplementation? {
        all.first { $0.name == name } ?? all.first { $0.clients.contains(name) }
    }

    package struct Problem: Error {
        package let message: String
    }

    package static func read(_ bytes: [UInt8]) -> Result<[ClientImplementation], Problem> {
        guard let json: JSON = try? JSON.parse(bytes), json["version"]?.int == 1,
            let rows = json["implementations"]?.array
        else { return .failure(Problem(message: "it is no list of implementations, version 1")) }
        var found: [ClientImplementation] = []
        for (index, row) in rows.enumerated() {
            guard let implementation = ClientImplementation(row) else {
                return .failure(
                    Problem(message: "`implementations[\(index)]` lacks a member, or has a value that is not known"))
            }
            found.append(implementation)
        }
        return .success(found)
    }

    private init?(_ row: JSON) {
        guard let name = row["name"]?.string, let title = row["title"]?.string, let asOf = row["as_of"]?.string,
            let source = row["source"]?.string, let traits = row["traits"].flatMap(ClientTraits.init),
            let clients = row["clients"]?.array, let words = row["words"]?.members
        else { return nil }
        (self.name, self.title, self.asOf, self.source, self.traits) = (name, title, asOf, source, traits)
        self.clients = clients.compactMap(\.string)
        var templates: [JourneyFailure.Kind: String] = [:]
        for member in words {
            guard let kind = JourneyFailure.Kind(rawValue: member.name), let text = member.value.string else {
                return nil
            }
            templates[kind] = text
        }
        self.words = templates
    }

    private static var embedded: [UInt8] {
        var size = 0
        // Sound: the pointer is to static, constant bytes, and `size` is the length of the same array.
        let bytes = ccatalogue_implementations(&size)
        return Array(UnsafeBufferPointer(start: bytes, count: size))
    }

    /// A failure with the words of this client.
    func saying(_ failure: JourneyFailure) -> JourneyFailure {
        var failure = failure
        failure.words = words[failure.kind].map { template in
            var text = ""
            var rest = template[...]
            while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
                let value =
                    switch rest[rest.index(after: open)..<close] {
                    case "found": failure.found
                    case "expected": failure.expected
                    case "url": failure.url
                    default: String(rest[open...close])
                    }
                text += rest[..<open] + value
                rest = rest[rest.index(after: close)...]
            }
            return text + rest
        }
        return failure
    }
}
