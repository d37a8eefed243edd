import ConnectorBackends
import ConnectorChanges
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
        "targets.keycloak.realm": "the issuer's path ends in it, and every other is an error",
    ]

    @Test("each key has two values whose outputs differ", arguments: SectionTable.all.map(\.path))
    func effect(path: String) throws {
        let table = try #require(SectionTable.all.first { $0.path == path })
        for key in table.keys where Self.exceptions["\(path).\(key.name)"] == nil {
            let trial = KeyTrial(of: key, in: table, bases: SpecTree.bases)
            #expect(trial.changesOutputs, "\(path).\(key.name) changes no output; refused: \(trial.refusals)")
            let (old, new) = try #require(trial.pair)
            #expect(
                try #require(ChangeReport(of: old.file, to: new.file)).isEmpty == false,
                "\(path).\(key.name) is not in the plan")
            #expect(try #require(ChangeReport(of: new.file, to: new.file)).isEmpty)
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

/// Compiles each base spec without one key and with each value of it, until two outputs of one base differ.
private struct KeyTrial {
    var changesOutputs: Bool { pair != nil }
    /// Two specs that differ in the key, and in an output.
    private(set) var pair: (SpecTree, SpecTree)?
    /// Errors that kept a value from being tried.
    private(set) var refusals: Set<String> = []

    init(of key: SpecKey, in table: SectionTable, bases: [SpecTree]) {
        guard let section = SpecTree.path(of: table) else { return }
        let place = section + [.key(key.name)]
        let values = Self.values(of: key.kind, example: key.example) + bases.compactMap { $0[place] }
        for base in bases where base.holds(section) {
            var variants = [base]
            if table.isChoice {
                variants += values.map { value in
                    base.replacing(section) { _ in .object([JSONMember(key.name, value)]) }
                }
            } else {
                variants += values.map { value in base.replacing(place) { _ in value } }
                variants.append(base.replacing(place) { _ in nil })
            }
            pair = differing(variants)
            if changesOutputs { return }
        }
    }

    private mutating func differing(_ variants: [SpecTree]) -> (SpecTree, SpecTree)? {
        var first: (spec: SpecTree, outputs: [String: [UInt8]])?
        for variant in variants {
            switch variant.outputs() {
            case .success(let outputs):
                if let first, first.outputs != outputs { return (first.spec, variant) }
                first = (variant, outputs)
            case .failure(let refusal): refusals.insert(refusal.message)
            }
        }
        return nil
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
