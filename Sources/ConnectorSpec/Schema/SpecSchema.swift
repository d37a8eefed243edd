package import JSONSyntax

/// The JSON Schema of the spec (draft 2020-12), made of the key table: editors complete and check with
/// it through `# yaml-language-server: $schema=…`.
///
/// It accepts every spec that the compiler accepts; what depends on two values at once the compiler
/// alone says.
package enum SpecSchema {
    package static var json: JSON {
        var definitions = SchemaDefinitions()
        let root = definitions.schema(of: .spec, isOverlay: false)
        let head: [JSONMember] = [
            JSONMember("$schema", "https://json-schema.org/draft/2020-12/schema"),
            JSONMember("title", "connectorgen spec, version 1"),
        ]
        return .object(
            head + (root.members ?? []) + [JSONMember("$defs", .object(definitions.members))])
    }

    /// The schema as a file: indented, with a line end.
    package static var text: String {
        String(decoding: json.encoded(.pretty, finalNewline: true), as: UTF8.self)
    }
}

/// Collects the definitions that the schema refers to, each once.
private struct SchemaDefinitions {
    private(set) var members: [JSONMember] = []

    mutating func schema(of table: SectionTable, isOverlay: Bool) -> JSON {
        var properties: [JSONMember] = []
        for key in table.keys {
            properties.append(JSONMember(key.name, property(key, isOverlay: isOverlay)))
        }
        let required = table.keys.filter { $0.requirement == .required }.map { JSON.string($0.name) }
        var schema: [JSONMember] = [
            JSONMember("type", "object"), JSONMember("description", .string(table.summary)),
            JSONMember("properties", .object(properties)),
        ]
        if !required.isEmpty, !isOverlay { schema.append(JSONMember("required", .array(required))) }
        if !isOverlay, table.isChoice {
            schema.append(JSONMember("minProperties", 1))
            schema.append(JSONMember("maxProperties", 1))
        }
        schema.append(JSONMember("additionalProperties", false))
        return .object(schema)
    }

    private mutating func property(_ key: SpecKey, isOverlay: Bool) -> JSON {
        var description = key.summary
        switch key.requirement {
        case .required: break
        case .optional(let text): description += " Default: \(text)."
        case .conditional(let text): description += " (\(text))"
        }
        let kind = schema(of: key.kind, isOverlay: isOverlay)
        guard kind["$ref"] != nil else {
            return .object([JSONMember("description", .string(description))] + (kind.members ?? []))
        }
        // A sibling of `$ref` is allowed since draft 2019-09.
        return .object((kind.members ?? []) + [JSONMember("description", .string(description))])
    }

    private mutating func schema(of kind: ValueKind, isOverlay: Bool) -> JSON {
        switch kind {
        case .text(let scalar): return reference(to: scalar)
        case .choice(let names): return ["type": "string", "enum": .array(names.map { .string($0) })]
        case .boolean: return ["type": "boolean"]
        case .constant(let number): return ["const": .number(JSONNumber(number))]
        case .list(let item): return ["type": "array", "items": schema(of: item, isOverlay: false)]
        case .section(let table): return reference(to: table, isOverlay: isOverlay)
        case .map(let keys, let values):
            var members: [JSONMember] = [JSONMember("type", "object")]
            if keys.pattern != nil { members.append(JSONMember("propertyNames", reference(to: keys))) }
            members.append(JSONMember("additionalProperties", schema(of: values, isOverlay: isOverlay)))
            if !isOverlay, case .section = values { members.append(JSONMember("minProperties", 1)) }
            return .object(members)
        case .either(let kinds):
            var choices: [JSON] = []
            for kind in kinds { choices.append(schema(of: kind, isOverlay: false)) }
            return ["anyOf": .array(choices)]
        case .overlay: return reference(to: .overlay, isOverlay: true)
        }
    }

    private mutating func reference(to table: SectionTable, isOverlay: Bool) -> JSON {
        let name = (isOverlay ? "overlay-" : "") + table.definitionName
        define(name) { $0.schema(of: table, isOverlay: isOverlay) }
        return ["$ref": .string("#/$defs/\(name)")]
    }

    private mutating func reference(to scalar: ScalarKind) -> JSON {
        define(scalar.name) { _ in
            // YAML reads an unquoted 1.22 or true as another type; the compiler takes the characters.
            var members: [JSONMember] = [
                JSONMember("type", scalar.isOftenUnquoted ? ["string", "number", "boolean"] : "string"),
                JSONMember("description", .string(scalar.summary)),
            ]
            if let pattern = scalar.pattern { members.append(JSONMember("pattern", .string(pattern))) }
            if let names = scalar.names { members.append(JSONMember("enum", .array(names.map { .string($0) }))) }
            members.append(JSONMember("examples", .array(scalar.examples.map { .string($0) })))
            return .object(members)
        }
        return ["$ref": .string("#/$defs/\(scalar.name)")]
    }

    private mutating func define(_ name: String, _ make: (inout SchemaDefinitions) -> JSON) {
        guard !members.contains(where: { $0.name == name }) else { return }
        let place = members.count
        members.append(JSONMember(name, .null))
        let schema = make(&self)
        members[place] = JSONMember(name, schema)
    }
}

extension SectionTable {
    /// True for sections of which exactly one key is given.
    var isChoice: Bool {
        !keys.isEmpty
            && keys.allSatisfy { key in
                if case .conditional(let text) = key.requirement { text.hasPrefix("or `") } else { false }
            }
    }

    /// `connectors.NAME.legacy_aliases[]` is defined as `legacy_aliases`.
    var definitionName: String {
        let parts = path.split(separator: ".").filter { $0 != "NAME" }
        return (parts.last ?? "spec").filter { $0 != "[" && $0 != "]" }.lowercased()
    }
}
