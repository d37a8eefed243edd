import Diagnostics
import OAuthModel
import WebSyntax
import YAMLSyntax

extension SpecValue<Located<String>> {
    /// The name of a client profile that the catalogue has.
    static var profile: Self {
        Self(kind: .text(.profileName)) { decoder, place in
            let catalogue = ClientCatalogue.builtin
            return decoder.knownName(
                at: place, noun: "client profile", known: catalogue.names, problem: catalogue.problem
            ) { catalogue.profile(named: $0) != nil }
        }
    }

    /// The name of a preset that the catalogue has.
    static var preset: Self {
        Self(kind: .text(.presetName)) { decoder, place in
            let catalogue = PresetCatalogue.builtin
            return decoder.knownName(
                at: place, noun: "preset", known: catalogue.names, problem: catalogue.problem
            ) { catalogue.preset(named: $0) != nil }
        }
    }
}

extension SpecDecoder {
    fileprivate mutating func knownName(
        at place: SpecPlace, noun: String, known: @autoclosure () -> [String], problem: Diagnostic?,
        isKnown: (String) -> Bool
    ) -> Located<String>? {
        guard let name = text(of: place.node, at: place.path) else { return nil }
        if isKnown(name.value) { return name }
        if let problem {
            report(problem)
            return nil
        }
        reportUnknownName(name, at: place.path, noun: noun, known: known())
        return nil
    }
}

extension SpecValue<[VariableEntry]> {
    /// Variables by name, each a text, which may be empty, or a mapping that says where the value comes from.
    static var variables: Self {
        let keys = VariableEntry.Value.keys
        let kind = ValueKind.map(keys: .environmentName, values: .either([.text(.plain), .section(keys.table)]))
        return Self(kind: kind) { decoder, place in
            decoder.entries(at: place, expected: "a mapping of variable names")?.compactMap { item in
                let name: Located<EnvironmentName>? = decoder.key(item.name, item.keySpan, at: item.path)
                let value = decoder.variable(at: item)
                guard let name, let value else { return nil }
                return VariableEntry(name: name, value: value)
            }
        }
    }
}

extension SpecDecoder {
    fileprivate mutating func variable(at place: SpecPlace) -> Located<VariableEntry.Value>? {
        if case .scalar(let scalar) = place.node.content, !place.node.isNull {
            return Located(.literal(scalar.text), at: place.node.span)
        }
        let keys = VariableEntry.Value.keys
        return open(place, as: keys.table).flatMap { keys.read(&self, $0) }
    }
}
