import ConfigLanguages
import Diagnostics
import Testing

@Suite("each env reader sees what its program sees")
struct EnvMatrixTests {
    @Test("all 58 lines, in every dialect", arguments: EnvMatrix.rows)
    func matrix(_ row: EnvMatrix.Row) {
        for (dialect, expected) in row.outcomes.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let reading = dialect.read(Array(row.text.utf8), file: FileID(0), environment: ["HOSTVAR": "fromhost"])
            switch expected {
            case .refused:
                #expect(reading.diagnostics.hasErrors, "\(dialect) takes \(row.text)")
            case .sets(let values):
                var found: [String: String?] = [:]
                for entry in reading.entries where entry.value != nil || dialect == .pythonDotenv {
                    found[entry.name] = entry.value
                    if entry.value == nil { found[entry.name] = .some(nil) }
                }
                #expect(found == values, "\(dialect) reads \(row.text.debugDescription)")
            }
        }
    }

    @Test("the table is whole, and most of its lines divide the readers")
    func whole() {
        #expect(EnvMatrix.rows.count == 58)
        let divided = EnvMatrix.rows.count { row in row.outcomes.values.contains { $0 != row.outcomes[.systemd] } }
        #expect(divided == 51)
    }
}
