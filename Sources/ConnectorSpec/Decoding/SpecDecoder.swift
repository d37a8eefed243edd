import Diagnostics
import WebSyntax
import YAMLSyntax

/// Reads typed values from YAML nodes. It never stops at an error: what is wrong becomes a diagnostic,
/// and the reading goes on with the next value.
struct SpecDecoder {
    let sources: SourceMap
    /// The overlay that was laid over the spec: its name, and where it is written.
    let overlay: (name: String, span: Span)?
    var diagnostics: [Diagnostic] = []
    /// Where plain words stand whose meaning the key settles: `off` of a choice, `yes` where `true` belongs. That other
    /// readers of YAML take them for something else needs no second finding.
    var settledWords: Set<Span> = []
    /// The `client_id` of each connector, whole or not.
    var clientIDs: [PartialSpec.ClientIDEntry] = []

    init(sources: SourceMap, overlay: (name: String, span: Span)?) {
        self.sources = sources
        self.overlay = overlay
    }

    // MARK: sections

    /// A mapping as a section, its required keys checked; nil, with a diagnostic, when it is none.
    mutating func open(
        _ node: YAMLNode, as table: SectionTable, path: String, keySpan: Span, steps: [ResolutionTrace.Step] = []
    ) -> SectionReader? {
        guard case .mapping(let entries) = node.content else {
            reportKind(of: node, at: path, expected: "a mapping")
            return nil
        }
        let reader = SectionReader(
            table: table, entries: entries, path: path, span: node.span, keySpan: keySpan, steps: steps)
        reportMissingKeys(in: reader)
        return reader
    }

    /// The section that stands at a place.
    mutating func open(_ place: SpecPlace, as table: SectionTable) -> SectionReader? {
        let steps = place.entry.map { place.section.steps + self.steps(of: $0) } ?? []
        return open(place.node, as: table, path: place.path, keySpan: place.keySpan, steps: steps)
    }

    // MARK: scalars

    /// A value whose absence, null and emptiness are told apart by a rule.
    mutating func written<Value: TextValue>(
        _ key: String, in reader: SectionReader, as type: Value.Type = Value.self
    ) -> Presence<Value> {
        guard let entry = reader.entry(key) else { return .absent(reader.keySpan) }
        let trace = trace(of: entry, key: key, in: reader)
        if entry.value.isUndefined { return .invalid(trace) }
        if entry.value.isNull { return .null(trace) }
        if case .scalar(let scalar) = entry.value.content, scalar.text.isEmpty { return .empty(trace) }
        guard let located = parse(entry.value, at: reader.path(of: key), as: type) else { return .invalid(trace) }
        return .value(located, trace)
    }

    mutating func boolean(of node: YAMLNode, at path: String) -> Located<Bool>? {
        guard let scalar = scalar(of: node, at: path, expected: "true or false") else { return nil }
        settledWords.insert(node.span)
        if scalar.style == .plain {
            switch scalar.text {
            case "true", "True", "TRUE": return Located(true, at: node.span)
            case "false", "False", "FALSE": return Located(false, at: node.span)
            default: break
            }
        }
        let meant = [
            "true": "true", "yes": "true", "on": "true", "1": "true", "false": "false", "no": "false",
            "off": "false", "0": "false",
        ][scalar.text.asciiLowercased]
        report(
            InvalidValue(
                "is no boolean", expected: "true or false, without quotes", suggestion: meant, kind: .wrongKind),
            text: scalar.text, at: node, path: path)
        return nil
    }

    // MARK: lists and mappings

    /// The items of a list that can be read; nil when the place holds no list.
    mutating func items<Item>(
        at place: SpecPlace, read: (inout SpecDecoder, SpecPlace) -> Item?
    ) -> [Item]? {
        guard case .sequence(let nodes) = place.node.content else {
            reportKind(of: place.node, at: place.path, expected: "a list")
            return nil
        }
        var items: [Item] = []
        items.reserveCapacity(nodes.count)
        for (index, node) in nodes.enumerated() {
            let item = SpecPlace(
                node: node, entry: nil, section: place.section, key: place.key, suffix: "\(place.suffix)[\(index)]")
            if let item = read(&self, item) { items.append(item) }
        }
        return items
    }

    /// The entries of a mapping whose names are free; nil when the place holds no mapping.
    mutating func entries(at place: SpecPlace, expected: String) -> [SpecPlace]? {
        guard case .mapping(let entries) = place.node.content else {
            reportKind(of: place.node, at: place.path, expected: expected)
            return nil
        }
        return entries.map { entry in
            SpecPlace(
                node: entry.value, entry: entry, section: place.section, key: place.key,
                suffix: "\(place.suffix).\(entry.key)")
        }
    }

    // MARK: nodes

    mutating func parse<Value: TextValue>(
        _ node: YAMLNode, at path: @autoclosure () -> String, as type: Value.Type
    ) -> Located<Value>? {
        guard let scalar = scalar(of: node, at: path(), expected: type.noun) else { return nil }
        do throws(InvalidValue) {
            return Located(try Value(parsing: scalar.text), at: node.span)
        } catch {
            report(error, text: scalar.text, at: node, path: path())
            return nil
        }
    }

    mutating func text(of node: YAMLNode, at path: @autoclosure () -> String) -> Located<String>? {
        guard let scalar = scalar(of: node, at: path(), expected: "a string") else { return nil }
        if let refused = scalar.text.firstScalar(where: { $0 < 0x20 || $0 == 0x7F }) {
            report(
                InvalidValue("holds \(String.display(refused))", expected: "a string on one line"), text: scalar.text,
                at: node, path: path())
            return nil
        }
        return Located(scalar.text, at: node.span)
    }

    mutating func choose<Choice: CaseIterable & RawRepresentable<String> & Sendable>(
        _ node: YAMLNode, at path: @autoclosure () -> String, as type: Choice.Type
    ) -> Located<Choice>? {
        let names = Choice.allCases.map(\.rawValue)
        let expected = "one of \(names.joined(separator: ", "))"
        guard let scalar = scalar(of: node, at: path(), expected: expected) else { return nil }
        if let choice = Choice(rawValue: scalar.text) {
            if scalar.style == .plain, scalar.text == "off" { settledWords.insert(node.span) }
            return Located(choice, at: node.span)
        }
        settledWords.insert(node.span)
        let nearest = Suggestion.nearest(to: scalar.text.asciiLowercased, in: names)
        report(
            InvalidValue("is none of its values", expected: expected, suggestion: nearest, kind: .unknownName),
            text: scalar.text, at: node, path: path())
        return nil
    }

    /// A scalar that is neither null nor empty.
    private mutating func scalar(
        of node: YAMLNode, at path: @autoclosure () -> String, expected: String
    ) -> YAMLScalar? {
        guard case .scalar(let scalar) = node.content, !node.isNull else {
            reportKind(of: node, at: path(), expected: expected)
            return nil
        }
        if scalar.text.isEmpty {
            reportEmpty(node, at: path(), expected: expected)
            return nil
        }
        return scalar
    }
}
