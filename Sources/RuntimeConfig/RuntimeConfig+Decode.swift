package import Diagnostics
package import JSONSyntax

extension RuntimeConfig {
    /// The file that `connectorgen-auth` reads: pretty JSON, members in a fixed order, a newline at the end.
    package func encoded(banner: String) -> [UInt8] {
        json(banner: banner).encoded(.pretty, finalNewline: true)
    }

    /// The same before it is printed, for a writer that tags values; the members are those of ``RootKey``.
    package func json(banner: String) -> JSON {
        guard case .object(let members) = Self.codec.write(self) else { return .null }
        let comment = JSONMember(RootKey.comment.rawValue, .string(banner))
        return .object([comment] + members)
    }

    /// Reads the file that ``encoded(banner:)`` writes; the config is nil when there is any error.
    package static func decode(_ source: SourceFile, id: FileID) -> (config: RuntimeConfig?, diagnostics: [Diagnostic])
    {
        let tree: JSONNode
        do throws(JSONError) {
            tree = try JSONNode.parse(source.bytes)
        } catch {
            return (nil, [syntaxError(error, in: source, id: id)])
        }
        var reader = RuntimeReader(file: id)
        let root = RuntimePlace(node: tree, path: .root)
        guard reader.readsSchemaVersion(root) else { return (nil, reader.diagnostics) }
        let config = codec.read(&reader, root)
        reader.check(RuntimeObject(place: root))
        return (reader.diagnostics.hasErrors ? nil : config, reader.diagnostics)
    }

    private static func syntaxError(_ error: JSONError, in source: SourceFile, id: FileID) -> Diagnostic {
        func span(_ offset: Int) -> Span {
            let start = min(max(0, offset), source.bytes.count)
            return Span(id, start, min(start + 1, source.bytes.count))
        }
        return Diagnostic(
            .jsonSyntax, error.message, at: Label(span(error.offset)),
            secondary: error.earlierOffset.map { [Label(span($0), "the first is here")] } ?? [],
            help: "the file is generated; run `connectorgen build` again instead of editing it")
    }
}

extension RuntimeReader {
    /// Another version has other members, so nothing more is said of such a file.
    fileprivate mutating func readsSchemaVersion(_ root: RuntimePlace) -> Bool {
        guard let node = root.node[RootKey.schemaVersion.rawValue] else { return true }
        let place = RuntimePlace(node: node, path: .member(.root, RootKey.schemaVersion.rawValue))
        guard case .number(let number) = node.content else {
            wrongType(place, expected: "the number \(RuntimeConfig.schemaVersion)")
            return false
        }
        if number.int == RuntimeConfig.schemaVersion { return true }
        let isNewer = number.int.map { $0 > RuntimeConfig.schemaVersion } ?? false
        note(
            .runtimeSchemaVersion,
            "the file has schema version \(number.literal), this connectorgen-auth reads version "
                + "\(RuntimeConfig.schemaVersion)",
            at: place,
            help: isNewer
                ? "install the connectorgen-auth of the release that wrote the file, or build the file with "
                    + "connectorgen \(Product.version)"
                : "build the file again with connectorgen \(Product.version)")
        return false
    }
}
