import ConfigLanguages
import Diagnostics
import TestSupport
import Testing

@Suite("what an env printer writes, its reader reads")
struct EnvRoundTripTests {
    @Test("a tree survives printing and reading, in every dialect", arguments: EnvDialect.allCases)
    func trees(_ dialect: EnvDialect) throws {
        var generator = SeededGenerator(seed: 0xE4F)
        for _ in 0..<400 {
            let file = try Self.file(dialect, using: &generator)
            let printed = try file.printed(in: dialect)
            let reading = dialect.read(printed.bytes, file: FileID(0))
            #expect(!reading.diagnostics.hasErrors)
            #expect(reading.file == file)
            guard reading.file == file else { return }
        }
    }

    @Test("a hostile value is carried unchanged or refused by name", arguments: EnvDialect.allCases)
    func values(_ dialect: EnvDialect) throws {
        var generator = SeededGenerator(seed: 0x40511)
        var carried = 0
        let values = HostileValues.fixed + (0..<6_000).map { _ in HostileValues.random(using: &generator) }
        for value in values {
            do throws(Unrepresentable) {
                let line = Array("A=".utf8) + (try dialect.encode(value).bytes) + Array("\nZ=end\n".utf8)
                let reading = dialect.read(line, file: FileID(0), environment: ["HOSTVAR": "fromhost"])
                #expect(reading.values == ["A": value, "Z": "end"])
                carried += 1
            } catch {
                #expect(error.language == dialect.displayName && !error.reason.isEmpty)
            }
        }
        #expect(carried > values.count / 3, "\(dialect) carried only \(carried) of \(values.count)")
    }

    @Test("what is portable means the same to every reader but docker's")
    func portable() {
        var generator = SeededGenerator(seed: 0x9047)
        let values = HostileValues.fixed + (0..<6_000).map { _ in HostileValues.random(using: &generator) }
        for value in values {
            guard let spelled = try? EnvDialect.portable.encode(value).bytes else { continue }
            let line = Array("A=".utf8) + spelled + Array("\nZ=end\n".utf8)
            for dialect in EnvDialect.allCases where dialect != .dockerRaw {
                #expect(dialect.read(line, file: FileID(0)).values == ["A": value, "Z": "end"], "\(dialect)")
            }
        }
    }

    @Test("any bytes are read without a crash, and spans stay inside the file", arguments: EnvDialect.allCases)
    func noise(_ dialect: EnvDialect) {
        var generator = SeededGenerator(seed: 0xBAD)
        for _ in 0..<3_000 {
            var bytes = Array(HostileValues.random(length: 30, using: &generator).utf8)
            if Bool.random(using: &generator), !bytes.isEmpty {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            let reading = dialect.read(bytes, file: FileID(0), environment: ["A": "1"])
            for entry in reading.entries {
                #expect(entry.nameSpan.end <= bytes.count && entry.valueSpan.end <= bytes.count)
            }
            for diagnostic in reading.diagnostics {
                #expect(diagnostic.primary.map { $0.span.end <= bytes.count } ?? false)
            }
        }
    }

    @Test("a NUL behind carriage returns is reported at its place in the file", arguments: EnvDialect.allCases)
    func returnsBeforeNUL(_ dialect: EnvDialect) {
        let bytes = Array("A=1\r\r\r\r\r\r\rB=\0\r\nC=2".utf8)
        let spans = dialect.read(bytes, file: FileID(0)).diagnostics.compactMap { $0.primary?.span }
        #expect(spans.map { bytes[$0.start..<$0.end] } == [[0]])
    }

    private static func file(
        _ dialect: EnvDialect, using generator: inout SeededGenerator
    ) throws -> EnvFile {
        var items: [EnvFile.Item] = []
        for index in 0..<Int.random(in: 0...8, using: &generator) {
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: items.append(.blank)
            case 1:
                items.append(
                    .comment(
                        ["", "spec.yaml:3  why", " two", "A=1 'x", "\" it's"].randomElement(using: &generator) ?? ""))
            default:
                var value = HostileValues.random(using: &generator)
                while (try? dialect.encode(value)) == nil { value = HostileValues.random(using: &generator) }
                items.append(.assignment(name: "NAME_\(index)", value: value))
            }
        }
        return EnvFile(items: items)
    }
}
