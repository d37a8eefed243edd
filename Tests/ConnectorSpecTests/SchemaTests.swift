import Diagnostics
import JSONSyntax
import TestSupport
import Testing
import YAMLSyntax

@testable import ConnectorSpec

@Suite struct SchemaTests {
    @Test("the committed JSON Schema is the one that the key table makes")
    func committedSchema() throws { try Golden("docs/connector.schema.json").expect(SpecSchema.text) }

    @Test("the committed reference page is the one that the key table makes")
    func committedPage() throws { try Golden("docs/spec.md").expect(SpecReference.markdown) }

    @Test("every reference of the schema is defined, and every object is closed")
    func closed() {
        let schema = SpecSchema.json
        let definitions = schema["$defs"]?.members ?? []
        var references: [String] = []
        var openObjects = 0
        func visit(_ value: JSON) {
            if let reference = value["$ref"]?.string { references.append(reference) }
            if value["type"]?.string == "object", value["additionalProperties"] == nil { openObjects += 1 }
            for member in value.members ?? [] { visit(member.value) }
            for element in value.array ?? [] { visit(element) }
        }
        visit(schema)
        #expect(openObjects == 0)
        #expect(Set(references) == Set(definitions.map { "#/$defs/\($0.name)" }))
        #expect(Set(definitions.map(\.name)).count == definitions.count)
    }

    @Test(
        "the example of every key of the table is of the kind that the table says",
        arguments: SectionTable.all.map(\.path))
    func examples(path: String) throws {
        let table = try #require(SectionTable.all.first { $0.path == path })
        for key in table.keys {
            var sources = SourceMap()
            let file = SourceFile(path: "example.yaml", text: "\(key.name): \(key.example)\n")
            let id = sources.add(file)
            let document = YAML.parse(file, id: id)
            let node = try #require(document.root?.value(forKey: key.name), "\(key.name): \(key.example)")
            var check = KeyCheck()
            check.check(node, as: key.kind, path: key.name, name: key.name)
            #expect(check.diagnostics.isEmpty, "\(key.name): \(check.diagnostics.map(\.message))")
            #expect(Self.accepts(node, key.kind), "\(path).\(key.name): \(key.example)")
        }
    }

    @Test("the examples of every scalar are values of it")
    func scalars() {
        for scalar in ScalarKind.all {
            for example in scalar.examples { #expect(scalar.accepts(example), "\(scalar.name): \(example)") }
        }
    }

    /// Whether a node is of a kind, down to the grammar of its scalars.
    private static func accepts(_ node: YAMLNode, _ kind: ValueKind) -> Bool {
        switch kind {
        case .text(let scalar): node.scalar.map { scalar.accepts($0.text) } ?? false
        case .choice(let names): node.scalar.map { names.contains($0.text) } ?? false
        case .boolean: node.scalar.map { $0.text == "true" || $0.text == "false" } ?? false
        case .constant(let number): node.scalar?.text == String(number)
        case .list(let item): node.items?.allSatisfy { accepts($0, item) } ?? false
        case .section(let table):
            node.entries?.allSatisfy { entry in table.key(entry.key).map { accepts(entry.value, $0.kind) } ?? false }
                ?? false
        case .map(let keys, let values):
            node.entries?.allSatisfy { keys.accepts($0.key) && accepts($0.value, values) } ?? false
        case .either(let kinds): kinds.contains { accepts(node, $0) }
        case .overlay: accepts(node, .section(.overlay))
        }
    }
}
