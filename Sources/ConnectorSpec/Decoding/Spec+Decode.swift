package import Diagnostics
import OAuthModel
import ParallelWork
import WebSyntax
package import YAMLSyntax

extension Spec {
    /// From how many connectors on several threads share the work on them: reading, planning, rendering.
    package static let manyConnectors = 100

    /// Reads a spec from its document; nil when something that it needs is missing.
    ///
    /// - Parameters:
    ///   - document: the root node of the one document.
    ///   - sources: the files that the document's spans point into.
    ///   - environment: the entry of `environments:` to lay over the spec.
    /// - Returns: the spec, and everything that is wrong with it in the total order.
    package static func decode(
        _ document: YAMLNode, sources: SourceMap, environment: String? = nil
    ) -> (spec: Spec?, diagnostics: [Diagnostic]) {
        let (draft, diagnostics) = PartialSpec.decode(document, sources: sources, environment: environment)
        return (draft.spec, diagnostics)
    }
}

extension PartialSpec {
    /// Reads as much of a spec as can be read, and everything that is wrong with it.
    package static func decode(
        _ document: YAMLNode, sources: SourceMap, environment: String? = nil
    ) -> (draft: PartialSpec, diagnostics: [Diagnostic]) {
        let laid = SpecOverlay.apply(environment, to: document)
        var decoder = SpecDecoder(sources: sources, overlay: laid.overlay)
        decoder.diagnostics = laid.diagnostics
        var check = KeyCheck()
        check.check(document, as: .section(.spec), path: "", name: "")
        decoder.diagnostics += check.diagnostics
        var draft = decoder.draft(of: laid.document)
        decoder.diagnostics.removeAll { finding in
            finding.code == .nullValue && finding.primary.map { check.emptied.contains($0.span) } ?? false
        }
        draft.settledWords = decoder.settledWords
        draft.suspectedPlaceholders = check.suspectedPlaceholders
        let secrets = secrets(in: document.span.file, of: sources, root: document)
        draft.faultyParts = SpecPart.faulty(decoder.diagnostics, in: document, overlay: laid.overlay?.span)
        guard !secrets.isEmpty || !check.namedSecrets.isEmpty else { return (draft, decoder.diagnostics.arranged) }
        // Whatever else is wrong with a secret, it has to go; one finding says so, the more special one.
        let special = Set(decoder.diagnostics.filter { $0.code == .secretInSpec }.compactMap(\.primary?.span))
        let places = Set(secrets.compactMap(\.primary?.span))
        decoder.diagnostics.removeAll { finding in
            guard finding.code != .secretInSpec, let place = finding.primary?.span else { return false }
            return places.contains(place) || special.contains(place)
        }
        draft.namedSecrets = check.namedSecrets.filter { !places.contains($0.span) && !special.contains($0.span) }
        let others = secrets.filter { $0.primary.map { !special.contains($0.span) } ?? true }
        return (draft, (decoder.diagnostics + others).arranged)
    }

    /// Secrets in a file, by their shape; nil for the root of a file that is no YAML.
    package static func secrets(in file: FileID, of sources: SourceMap, root: YAMLNode?) -> [Diagnostic] {
        SecretSearch.findings(in: file, of: sources, root: root)
    }
}

extension SpecDecoder {
    mutating func draft(of document: YAMLNode) -> PartialSpec {
        let start = Span(document.span.file, document.span.start, document.span.start)
        var draft = PartialSpec(
            name: nil, issuer: nil, connectors: [], clientIDs: [], clients: [], trustedHosts: [],
            trustedRedirects: [], clientURIHosts: [],
            targets: TargetsSection(nginx: nil, env: [], keycloak: nil, span: nil),
            span: document.span,
            isComplete: false)
        guard let reader = open(document, as: .spec, path: "", keySpan: start) else { return draft }
        let isVersionKnown = checkVersion(in: reader)
        draft.name = Spec.nameKey.read(&self, reader)
        draft.issuer = Spec.issuerKey.read(&self, reader)
        let areConnectorsWhole = readConnectors(in: reader, into: &draft)
        let clientCount = diagnostics.count
        draft.clients = optional(Spec.clientsKey, in: reader) ?? []
        draft.trustedHosts = optional(Spec.trustedHostsKey, in: reader) ?? []
        draft.trustedRedirects = optional(Spec.trustedRedirectsKey, in: reader) ?? []
        draft.clientURIHosts = optional(Spec.clientURIHostsKey, in: reader) ?? []
        let targets = optional(Spec.targetsKey, in: reader)
        if let targets { draft.targets = targets }
        let isTailWhole = diagnostics.count == clientCount && (targets != nil || reader.entry("targets") == nil)
        draft.isComplete =
            isVersionKnown && draft.name != nil && draft.issuer != nil && areConnectorsWhole && isTailWhole
        return draft
    }

    /// The value of a key that may be left out.
    private mutating func optional<Value>(_ key: Key<Value?>, in reader: SectionReader) -> Value? {
        key.read(&self, reader) ?? nil
    }

    private mutating func checkVersion(in reader: SectionReader) -> Bool {
        guard let entry = reader.entry("version") else { return false }
        guard case .scalar(let scalar) = entry.value.content, !entry.value.isNull else {
            reportKind(of: entry.value, at: "version", expected: "the number 1")
            return false
        }
        guard scalar.text == "1" else {
            report(
                Diagnostic(
                    .unsupportedSpecVersion, .error,
                    "`version` is \(SecretText.display(scalar.text)), which this \(Product.name) does not know",
                    at: Label(entry.value.span, "expected 1"),
                    notes: ["\(Product.name) \(Product.version) reads version 1"], help: "write `version: 1`"))
            return false
        }
        return true
    }

    /// The entries of `connectors:`; false when one of them is not whole.
    private mutating func readConnectors(in reader: SectionReader, into draft: inout PartialSpec) -> Bool {
        guard let entry = reader.entry("connectors") else { return false }
        guard case .mapping(let entries) = entry.value.content else {
            reportKind(of: entry.value, at: "connectors", expected: "a mapping of names")
            return false
        }
        if entries.isEmpty {
            reportEmpty(entry.value, at: "connectors", expected: "at least one connector")
            return false
        }
        if let misplaced = Self.keysBesideTheirConnector(entries) {
            report(misplaced)
            return false
        }
        let above = reader.steps + steps(of: entry)
        let (sources, overlay) = (sources, overlay)
        let parts = entries.mapPartsInParallel(when: entries.count >= Spec.manyConnectors) { entries in
            var part = ConnectorPart(decoder: SpecDecoder(sources: sources, overlay: overlay))
            for entry in entries { part.read(entry, below: above) }
            return part
        }
        for part in parts {
            draft.connectors += part.connectors
            draft.clientIDs += part.decoder.clientIDs
            diagnostics += part.decoder.diagnostics
            settledWords.formUnion(part.decoder.settledWords)
        }
        return draft.connectors.count == entries.count
    }

    /// A connector without a value, and its keys beside it in the same column, which YAML takes for further connectors.
    private static func keysBesideTheirConnector(_ entries: [YAMLEntry]) -> Diagnostic? {
        guard let connector = entries.first(where: { $0.value.isNull && !$0.value.isUndefined }),
            let key = entries.first(where: { ConnectorSection.keys.table.key($0.key) != nil && $0.value.entries == nil }
            )
        else { return nil }
        return .keysBeside(connector.key, at: connector.keySpan, first: key.key, at: key.keySpan)
    }

    /// Some of the connectors, and what was found in them.
    private struct ConnectorPart: Sendable {
        var decoder: SpecDecoder
        var connectors: [ConnectorSection] = []

        mutating func read(_ entry: YAMLEntry, below above: [ResolutionTrace.Step]) {
            let path = "connectors.\(entry.key)"
            let keys = ConnectorSection.keys
            guard
                var section = decoder.open(
                    entry.value, as: keys.table, path: path, keySpan: entry.keySpan,
                    steps: above + decoder.steps(of: entry))
            else { return }
            section.name = decoder.key(entry.key, entry.keySpan, at: path)
            if section.name == nil {
                _ = ConnectorSection.clientIDKey.read(&decoder, section)
            } else if let connector = keys.read(&decoder, section) {
                connectors.append(connector)
            }
        }
    }

    /// A key that is a value of its own: the name of a connector, of a variable.
    mutating func key<Value: TextValue>(_ name: String, _ span: Span, at path: String) -> Located<Value>? {
        let node = YAMLNode(content: .scalar(YAMLScalar(text: name, style: .plain)), span: span)
        return parse(node, at: "the key \(path)", as: Value.self)
    }
}
