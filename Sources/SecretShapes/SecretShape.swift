import CCatalogue
import JSONSyntax

/// What the secrets of one kind look like, from a dated data file with its sources.
package struct SecretShape: Sendable {
    /// `GitHub token`
    package let title: String
    let pattern: SecretPattern

    /// All that are known, read when they are first asked for.
    package static let all: [SecretShape] = {
        switch read(embedded) {
        case .success(let shapes): shapes
        case .failure: []
        }
    }()

    /// Why the data file could not be read; nil when it could. A test keeps that from being shipped.
    package static var problem: String? {
        switch read(embedded) {
        case .success: nil
        case .failure(let problem): problem.message
        }
    }

    struct Problem: Error {
        let message: String
    }

    static func read(_ bytes: [UInt8]) -> Result<[SecretShape], Problem> {
        guard let json = try? JSON.parse(bytes), json["version"]?.int == 1, let rows = json["shapes"]?.array else {
            return .failure(Problem(message: "it is no list of shapes, version 1"))
        }
        var shapes: [SecretShape] = []
        for (index, row) in rows.enumerated() {
            guard let title = row["title"]?.string, row["source"]?.string != nil,
                let pattern = row["pattern"]?.string.flatMap(SecretPattern.init)
            else { return .failure(Problem(message: "`shapes[\(index)]` has no title, source or pattern")) }
            shapes.append(SecretShape(title: title, pattern: pattern))
        }
        return .success(shapes)
    }

    private static var embedded: [UInt8] {
        var size = 0
        // Sound: the pointer is to static, constant bytes, and `size` is the length of the same array.
        let bytes = ccatalogue_secrets(&size)
        return Array(UnsafeBufferPointer(start: bytes, count: size))
    }

    /// By the byte with which they begin.
    static let byFirstByte: [[SecretShape]] = {
        var table = [[SecretShape]](repeating: [], count: 256)
        for shape in all { for byte in shape.pattern.first.bytes { table[Int(byte)].append(shape) } }
        return table
    }()
}
