import Diagnostics

/// Reads the statements at the top of a script, and the expressions in them that are literals.
struct ScriptReader {
    let bytes: [UInt8]
    let file: FileID
    var index = 0
    private(set) var problems: [SyntaxProblem] = []
    /// Constants by name.
    private(set) var constants: [String: ScriptLiteral] = [:]
    /// How deep literals may nest.
    var depth = 0

    static let deepest = 64

    init(bytes: [UInt8], file: FileID) {
        self.bytes = bytes
        self.file = file
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    }

    mutating func exported() -> ScriptLiteral {
        skipBlanks()
        if peek == UInt8(ascii: "{") || peek == UInt8(ascii: "[") { return expression() }
        var exported: ScriptLiteral?
        while index < bytes.count {
            skipBlanks()
            guard index < bytes.count else { break }
            let before = index
            if let value = statement() { exported = value }
            if index == before { index += 1 }
        }
        guard let exported else {
            report("nothing that the file exports: no `module.exports =` and no `export default`", 0..<0)
            return .computed
        }
        return exported
    }

    /// Reads one statement, and answers what it exports.
    private mutating func statement() -> ScriptLiteral? {
        let start = index
        switch word() {
        case "const":
            skipBlanks()
            let name = word()
            skipBlanks()
            if name.isEmpty || !take("=") { return skipped() }
            constants[name] = expression(atTop: true)
        case "module":
            guard take("."), word() == "exports" else { return skipped() }
            return exports()
        case "exports": return exports()
        case "export":
            skipBlanks()
            guard word() == "default" else { return skipped() }
            return expression(atTop: true)
        case let name:
            skipBlanks()
            // What is changed later is not what its constant says.
            if constants[name] != nil, peek == UInt8(ascii: ".") || peek == UInt8(ascii: "[") {
                constants[name] = .computed
            }
            if index == start { index += 1 }
            return skipped()
        }
        return nil
    }

    /// Behind `exports`: ` = value`, ` = module.exports = value`, or `.apps = value`.
    private mutating func exports() -> ScriptLiteral? {
        if take(".") {
            let start = index
            let name = word()
            let nameSpan = span(start..<index)
            skipBlanks()
            guard take("="), peek != UInt8(ascii: "=") else { return skipped() }
            skipBlanks()
            let valueStart = index
            let value = expression(atTop: true)
            return .object(
                [
                    ScriptLiteral.Member(
                        name: name, nameSpan: nameSpan, value: value, valueSpan: span(valueStart..<index))
                ], isComplete: false)
        }
        skipBlanks()
        guard take("="), peek != UInt8(ascii: "=") else { return skipped() }
        skipBlanks()
        let start = index
        if word() == "module", take("."), word() == "exports" {
            skipBlanks()
            if take("=") { return expression(atTop: true) }
        }
        index = start
        return expression(atTop: true)
    }

    private mutating func skipped() -> ScriptLiteral? {
        skipExpression(atTop: true)
        return nil
    }

    mutating func report(_ message: String, _ range: Range<Int>) {
        problems.append(SyntaxProblem(message, at: span(range)))
    }

    func span(_ range: Range<Int>) -> Span { Span(file, range.lowerBound, range.upperBound) }
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}
