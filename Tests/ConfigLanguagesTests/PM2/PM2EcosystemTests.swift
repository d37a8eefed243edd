import ConfigLanguages
import Diagnostics
import TestSupport
import Testing

@Suite("PM2 ecosystem files")
struct PM2EcosystemTests {
    @Test("a tree survives printing and reading, hostile values included")
    func roundTrip() throws {
        var generator = SeededGenerator(seed: 0x93)
        let values = HostileValues.fixed + (0..<500).map { _ in HostileValues.random(using: &generator) }
        let variables = values.filter { !$0.utf8.contains(0) }.enumerated().map {
            PM2Ecosystem.Variable(name: "V_\($0.offset)", value: $0.element)
        }
        for banner in [[], ["generated", "by us"]] {
            let tree = PM2Ecosystem(
                banner: banner, apps: [.init(name: "a \"b\"", env: variables), .init(name: "none", env: [])])
            let reading = PM2Ecosystem.read(try tree.printed().bytes, file: FileID(0))
            #expect(reading.diagnostics.isEmpty)
            #expect(reading.ecosystem == tree)
        }
    }

    @Test("the lines it names are the lines of the settings and variables")
    func lines() throws {
        for banner in [[], ["one", "two"]] {
            let tree = PM2Ecosystem(
                banner: banner,
                apps: [
                    .init(
                        name: "a", env: [.init(name: "A", value: "x\ny", tag: 0), .init(name: "B", value: "", tag: 1)]),
                    .init(name: "none", env: []),
                    .init(name: "c", script: "s", env: [.init(name: "C", value: "1", tag: 2)], tag: 3),
                ])
            let printed = try tree.printed()
            let lines = printed.bytes.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
            #expect(printed.lines.map(\.tag) == [0, 1, 3, 3, 2])
            for (place, name) in zip(printed.lines, ["A", "B", "name", "script", "C"]) {
                #expect(lines[place.lines.lowerBound - 1].contains("\"\(name)\": ") && place.lines.count == 1)
            }
        }
    }

    @Test("numbers and booleans become strings, other shapes are findings at their place")
    func shapes() {
        let text = #"{"apps":[{"name":"a","env":{"N":1.50,"T":true,"L":[1]}},{"env":{}}]}"#
        let reading = PM2Ecosystem.read(Array(text.utf8), file: FileID(0))
        #expect(reading.ecosystem.apps[0].env.map(\.value) == ["1.50", "true"])
        #expect(reading.diagnostics.count == 2)
        #expect(!PM2Ecosystem.read(Array("module.exports = {}".utf8), file: FileID(0)).diagnostics.isEmpty)
    }

    @Test("what no process can have is refused")
    func refusals() {
        for (name, value) in [("A-B", "x"), ("", "x"), ("A", "\u{0}")] {
            let tree = PM2Ecosystem(apps: [.init(name: "a", env: [.init(name: name, value: value)])])
            #expect(throws: PM2Ecosystem.Refusal.self) { try tree.printed() }
        }
    }
}
