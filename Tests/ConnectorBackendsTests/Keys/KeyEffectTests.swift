import ConnectorBackends
import Diagnostics
import JSONSyntax
import Testing

@testable import ConnectorSpec

@Suite("a key of the spec changes what is generated")
struct KeyEffectTests {
    /// Keys of which no two values can be tried, with the reason.
    private static let exceptions = [
        "(top level).version": "the language has one version",
        "(top level).environments": "laid over the spec by an option alone, which has a test of its own",
        "issuer.mode": "each mode needs keys that the others refuse, so that whole issuers are compared",
    ]

    @Test("each key has two values whose outputs differ", arguments: SectionTable.all.map(\.path))
    func effect(path: String) throws {
        let table = try #require(SectionTable.all.first { $0.path == path })
        for key in table.keys where Self.exceptions["\(path).\(key.name)"] == nil {
            let trials = SpecTree.bases.map { KeyTrial(of: key, in: table, base: $0) }
            let tried = trials.map(\.outputs.count).max() ?? 0
            let reasons = Set(trials.flatMap(\.refusals)).sorted()
            #expect(tried > 1, "\(path).\(key.name): \(tried) values of it compile; \(reasons)")
            #expect(trials.contains { Set($0.outputs).count > 1 }, "\(path).\(key.name) changes no output; \(reasons)")
        }
    }

    @Test("an environment changes outputs when it is asked for, and only then")
    func environment() throws {
        let overlaid = SpecTree.local.replacing([.key("environments")]) { _ in
            .object([JSONMember("staging", .object([JSONMember("name", "staged")]))])
        }
        let plain = try SpecTree.local.outputs().get()
        #expect(try overlaid.outputs().get() == plain)
        #expect(try overlaid.outputs(environment: "staging").get() != plain)
    }
}

/// The outputs of a base spec with each value of one key, and without it.
private struct KeyTrial {
    private(set) var outputs: [[String: [UInt8]]] = []
    /// Errors that kept a value from being tried.
    private(set) var refusals: [String] = []

    init(of key: SpecKey, in table: SectionTable, base: SpecTree) {
        guard let section = SpecTree.path(of: table), base.holds(section) else { return }
        var variants = [base]
        let values = Self.values(of: key.kind, example: key.example)
        if table.isChoice {
            variants += values.map { value in
                base.replacing(section) { _ in .object([JSONMember(key.name, value)]) }
            }
        } else {
            let place = section + [.key(key.name)]
            variants += [base.replacing(place) { _ in nil }]
            let others = SpecTree.bases.compactMap { $0[place] }
            variants += (values + others).map { value in base.replacing(place) { _ in value } }
        }
        for variant in variants {
            switch variant.outputs() {
            case .success(let output): outputs.append(output)
            case .failure(let refusal): refusals.append(refusal.message)
            }
        }
    }

    /// The row's example, and what else its kind names: the words of a choice, both booleans, a scalar's examples.
    private static func values(of kind: ValueKind, example: String) -> [JSON] {
        let shown = SpecTree(yaml: "key: \(example)").root["key"].map { [$0] } ?? []
        switch kind {
        case .text(let scalar): return shown + scalar.examples.map { .string($0) }
        case .choice(let words): return words.map { .string($0) }
        case .boolean: return [true, false]
        case .list(.choice(let words)): return shown + words.map { .array([.string($0)]) }
        default: return shown
        }
    }
}
