import Diagnostics

/// Builds the tree of one document from its events, and refuses what libyaml lets pass: duplicate
/// keys, further documents, unknown tags, keys that are no text, and whatever has no bounds.
///
/// The stack of open collections is a value, not the call stack, so no input can exhaust that.
struct YAMLComposer {
    /// A value that can be referred to; open as long as its collection is.
    private enum Anchor {
        case open(depth: Int)
        case complete(YAMLNode, values: Int, height: Int)
    }

    let text: YAMLText
    let limits: YAMLLimits
    /// True when no further event is wanted.
    private(set) var isFinished = false
    private var isBroken = false
    private var documents = 0
    private var root: YAMLNode?
    private var frames: [YAMLFrame] = []
    private var anchors: [String: Anchor] = [:]
    private var written = 0
    private var expanded = 0
    private var findings: YAMLFindings

    init(_ text: YAMLText, limits: YAMLLimits) {
        self.text = text
        self.limits = limits
        findings = YAMLFindings(limit: limits.findings)
    }

    mutating func take(_ event: YAMLEvent) {
        switch event.kind {
        case .documentStart: openDocument(event)
        case .documentEnd: break
        case .scalar(let content, let style): takeScalar(content, style, event)
        case .alias(let name): takeAlias(name, text.span(event.start, event.end))
        case .sequenceStart, .mappingStart: open(event)
        case .collectionEnd: close(event)
        }
    }

    /// Ends the reading with an error behind which nothing is sound.
    mutating func fail(with diagnostic: Diagnostic) {
        findings.add(diagnostic)
        isFinished = true
        isBroken = true
    }

    func document() -> YAMLDocument {
        var findings = findings
        if !isBroken, root == nil {
            findings.add(
                Diagnostic(
                    .yamlEmpty, "the file holds no value", at: Label(text.span(0, 0)),
                    help: "it has nothing but blank lines and comments"))
        }
        return YAMLDocument(root: isBroken ? nil : root, diagnostics: findings.all)
    }

    // MARK: events

    private mutating func openDocument(_ event: YAMLEvent) {
        documents += 1
        guard documents > 1 else { return }
        findings.add(
            Diagnostic(
                .yamlSeveralDocuments, "a second document begins here, expected one in a file",
                at: Label(text.span(event.start, event.end)), help: "keep one document in each file"))
        isFinished = true
    }

    private mutating func takeScalar(_ content: String, _ style: YAMLScalar.Style, _ event: YAMLEvent) {
        guard count(event) else { return }
        var span = text.scalarSpan(of: event, style: style)
        if content.isEmpty, span.isEmpty, let key = frames.last?.key { span = text.emptyValueSpan(behind: key.span) }
        let tag = scalarTag(of: event, content: content, style: style)
        let scalar = YAMLScalar(text: content, style: style, tag: tag)
        let node = YAMLNode(content: .scalar(scalar), span: span)
        if let anchor = event.anchor { anchors[anchor] = .complete(node, values: 1, height: 0) }
        if frames.last?.awaitsKey == true {
            takeKey(scalar, span: span)
        } else {
            if style == .plain, event.tag == nil,
                let warning = Diagnostic.lookAlike(content, at: span, path: path)
            {
                findings.add(warning)
            }
            attach(node, end: span.end, height: 0)
        }
    }

    private mutating func takeAlias(_ name: String, _ span: Span) {
        switch anchors[name] {
        case .complete(let anchored, let values, let height):
            expanded += values
            if expanded > max(limits.aliasNodes, limits.aliasFactor * written) {
                return fail(with: .aliasExpansion(expanded, written: written, at: span))
            }
            if frames.count + height > limits.depth { return fail(with: .tooDeep(limits.depth, at: span)) }
            if frames.last?.awaitsKey == true {
                guard case .scalar(let scalar) = anchored.content else { return refuseKey(at: span) }
                takeKey(scalar, span: span)
            } else {
                let node = YAMLNode(content: anchored.content, span: anchored.span, alias: span)
                attach(node, end: span.end, height: height)
            }
        case .open:
            fail(with: .recursiveAlias(name, at: span))
        case nil:
            findings.add(.undefinedAlias(name, known: anchors.keys.sorted(), at: span))
            if frames.last?.awaitsKey == true {
                frames[frames.count - 1].key = YAMLFrame.Key(text: name, span: span, role: .refused)
            } else {
                let empty = YAMLNode(
                    content: .scalar(YAMLScalar(text: "", style: .plain)), span: span, alias: span, isUndefined: true)
                attach(empty, end: span.end, height: 0)
            }
        }
    }

    private mutating func open(_ event: YAMLEvent) {
        let place = text.collectionStart(of: event)
        let span = text.span(place.start, place.start + 1)
        guard count(event) else { return }
        guard frames.count < limits.depth else { return fail(with: .tooDeep(limits.depth, at: span)) }
        if frames.last?.awaitsKey == true { refuseKey(at: span) }
        let isMapping = if case .mappingStart = event.kind { true } else { false }
        if let tag = event.tag, tag != "!", tag != YAMLText.coreTagPrefix + (isMapping ? "map" : "seq") {
            findings.add(.wrongTag(tag, on: isMapping ? "a mapping" : "a list", at: text.tagSpan(of: event)))
        }
        frames.append(
            YAMLFrame(
                isMapping: isMapping, start: place.start, isBracketed: place.isBracketed, anchor: event.anchor,
                valuesBefore: written + expanded - 1))
        if let anchor = event.anchor { anchors[anchor] = .open(depth: frames.count) }
    }

    private mutating func close(_ event: YAMLEvent) {
        let depth = frames.count
        guard let frame = frames.popLast() else { return }
        let end = frame.isBracketed ? event.end : frame.end
        let content: YAMLNode.Content =
            frame.isMapping ? .mapping(frame.entriesMerged(&findings)) : .sequence(frame.items)
        let node = YAMLNode(content: content, span: text.span(frame.start, end))
        // An anchor of the same name within the collection was written later and stays.
        if let name = frame.anchor, case .open(depth) = anchors[name] {
            anchors[name] = .complete(node, values: written + expanded - frame.valuesBefore, height: frame.height)
        }
        attach(node, end: end, height: frame.height)
    }

    // MARK: the tree

    private mutating func attach(_ node: YAMLNode, end: Int, height: Int) {
        guard let last = frames.indices.last else {
            root = node
            return
        }
        frames[last].end = max(frames[last].end, end)
        frames[last].height = max(frames[last].height, height + 1)
        guard frames[last].isMapping else {
            frames[last].items.append(node)
            return
        }
        guard let key = frames[last].key else {
            // A collection that was refused as a key.
            frames[last].key = YAMLFrame.Key(text: "", span: node.span, role: .refused)
            return
        }
        frames[last].key = nil
        switch key.role {
        case .entry: frames[last].append(YAMLEntry(key: key.text, keySpan: key.span, value: node))
        case .merge:
            frames[last].merge = YAMLFrame.Merge(key: key.span, value: node, position: frames[last].entries.count)
        case .refused: break
        }
    }

    private mutating func takeKey(_ scalar: YAMLScalar, span: Span) {
        let last = frames.count - 1
        frames[last].end = max(frames[last].end, span.end)
        var role = YAMLFrame.Key.Role.entry
        if scalar.style == .plain, scalar.text == "<<" {
            role = .merge
            if let first = frames[last].merge {
                findings.add(.secondMerge(at: span, first: first.key))
                role = .refused
            }
        } else if scalar.style == .plain, scalar.text.isEmpty {
            findings.add(Diagnostic(.yamlKeyMissing, "a key is missing before the `:`", at: Label(span)))
            role = .refused
        } else if let first = frames[last].entry(forKey: scalar.text) {
            frames[last].key = YAMLFrame.Key(text: scalar.text, span: span, role: .refused)
            findings.add(.duplicateKey(path(), at: span, first: first.keySpan, in: text))
            role = .refused
        }
        frames[last].key = YAMLFrame.Key(text: scalar.text, span: span, role: role)
    }

    private mutating func refuseKey(at span: Span) {
        findings.add(
            Diagnostic(
                .yamlKeyNotText, "a key is text, found a list or a mapping", at: Label(span),
                help: "a value that begins with `{`, `[` or `*` is quoted when it is meant as text"))
    }

    private mutating func count(_ event: YAMLEvent) -> Bool {
        written += 1
        if written <= limits.nodes { return true }
        fail(
            with: Diagnostic(
                .yamlTooManyValues, "the file has more than the \(limits.nodes) values that are read",
                at: Label(text.span(event.start, event.end)), help: "split it"))
        return false
    }

    private mutating func scalarTag(
        of event: YAMLEvent, content: String, style: YAMLScalar.Style
    ) -> YAMLScalar.Tag? {
        guard let name = event.tag else { return nil }
        if name == "!" { return .str }
        guard name.hasPrefix(YAMLText.coreTagPrefix),
            let tag = YAMLScalar.Tag(rawValue: String(name.dropFirst(YAMLText.coreTagPrefix.utf8.count)))
        else {
            findings.add(.wrongTag(name, on: "a scalar", at: text.tagSpan(of: event)))
            return nil
        }
        let value = YAMLScalar(text: content, style: style, tag: tag).resolved
        let fits =
            switch (tag, value) {
            case (.str, _), (.null, .null), (.bool, .bool), (.int, .int), (.float, .float), (.float, .int): true
            default: false
            }
        if !fits {
            findings.add(
                Diagnostic(
                    .yamlTagMismatch, "the value is tagged `!!\(tag.rawValue)` but is \(value.noun)",
                    at: Label(text.span(event.start, event.end)), help: "remove the tag, or correct the value"))
        }
        return fits ? tag : nil
    }

    /// Where the value stands that is being read: `connectors.mcp.scopes[0]`; empty at the top.
    private func path() -> String {
        var path = ""
        for frame in frames {
            if !frame.isMapping {
                path += "[\(frame.items.count)]"
            } else if let key = frame.key {
                path += path.isEmpty ? key.text : "." + key.text
            }
        }
        return path
    }
}
