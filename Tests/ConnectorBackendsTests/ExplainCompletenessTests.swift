import ConnectorBackends
import ConnectorCompiler
import ConnectorPlan
import ConnectorSpec
import Diagnostics
import Testing
import YAMLSyntax

/// Asks by the same functions as `connectorgen explain SPEC:KEY` and `explain OUTPUT-FILE:LINE`.
@Suite("explain finds written values again")
struct ExplainCompletenessTests {
    @Test(
        "each line with a distinctive scalar of the spec is reached by a key that says it, and leads back to one",
        arguments: ExampleGoldenTests.names)
    func occurrences(name: String) throws {
        let compilation = try ExampleGoldenTests.compile(name)
        let spec = compilation.sources[FileID(0)]
        let root = try #require(YAML.parse(spec, id: FileID(0)).root)
        let scalars = root.writtenScalars().map { WrittenScalar($0.0, $0.1, compilation) }
        let distinctive = scalars.filter(\.isDistinctive)
        #expect(distinctive.count > 5, "the walk finds the values")
        let mapArtifact = try #require(compilation.artifacts.first { $0.path == ProvenanceMap.path })
        let mapFile = SourceFile(path: mapArtifact.path, bytes: mapArtifact.bytes)
        let map = try #require(ProvenanceMap.read(mapFile, id: FileID(1)).map)
        var occurrences = 0
        // The lock and the map speak of the outputs, not of the deployment.
        for artifact in compilation.artifacts
        where artifact.path != ProvenanceMap.path && artifact.path != LockFile.path {
            let lines = String(decoding: artifact.bytes, as: UTF8.self)
                .split(separator: "\n", omittingEmptySubsequences: false)
            // The header names the spec and the file itself.
            for (index, line) in lines.enumerated() where !line.contains("source-sha256:") {
                for scalar in distinctive where line.hasValue(scalar.text) {
                    occurrences += 1
                    let number = index + 1
                    let sayers = scalars.filter { $0.says(scalar.text) }
                    let isReached = sayers.contains { $0.reaches(artifact.path, number) }
                    let back = map.entry(for: artifact.path, line: number)?.specLines ?? []
                    let leadsBack = sayers.contains { !$0.specLines.isDisjoint(with: back) }
                    #expect(
                        isReached && leadsBack,
                        "\(artifact.path):\(number) has \(scalar.key), reached \(isReached), back \(back): \(line)")
                }
            }
        }
        #expect(occurrences > 20, "the outputs have the values")
    }
}

/// A scalar of the spec, and what explain knows of its key.
private struct WrittenScalar {
    let key: String
    let text: String
    /// 1-based lines of the spec that the key's value comes from.
    let specLines: Set<Int>
    private let reached: [String: [ClosedRange<Int>]]

    init(_ path: YAMLPath, _ node: YAMLNode, _ compilation: Compilation) {
        key = path.description
        text = node.scalar?.text ?? ""
        let spans = compilation.origins(ofKey: key, writtenAt: node.span)
        specLines = Set(spans.map { compilation.sources[$0.file].lineIndex(at: $0.start) + 1 })
        reached = Dictionary(grouping: compilation.lines(madeFrom: spans), by: \.path).mapValues { $0.map(\.lines) }
    }

    /// True for a text that no output has by chance: a word alone, or a short number, stands in our own sentences too.
    var isDistinctive: Bool {
        text.utf8.count >= 4 && text.unicodeScalars.contains { !$0.properties.isAlphabetic }
    }

    /// Whether the value holds a text, or names a profile of the catalogue that brings it.
    func says(_ value: String) -> Bool {
        if text.contains(value) { return true }
        guard key.hasPrefix("clients["), let profile = ClientCatalogue.builtin.profile(named: text) else {
            return false
        }
        return ([profile.title] + profile.trustedHosts + profile.clientURIHosts).contains { $0.contains(value) }
    }

    func reaches(_ path: String, _ line: Int) -> Bool { reached[path]?.contains { $0.contains(line) } ?? false }
}

extension YAMLNode {
    /// Every scalar below, with its path.
    fileprivate func writtenScalars(at steps: [YAMLPath.Step] = []) -> [(YAMLPath, YAMLNode)] {
        if scalar != nil { return [(YAMLPath(steps), self)] }
        let ofItems = (items ?? []).enumerated().flatMap { $1.writtenScalars(at: steps + [.index($0)]) }
        return ofItems + (entries ?? []).flatMap { $0.value.writtenScalars(at: steps + [.key($0.key)]) }
    }
}

extension StringProtocol {
    /// Whether a value stands in the text as a whole, not as a part of a longer name, number, path or URL. A URL with a
    /// path counts too where more of a path follows.
    fileprivate func hasValue(_ value: String) -> Bool {
        let bytes = Array(utf8)
        let wanted = Array(value.utf8)
        guard let first = wanted.first, bytes.count >= wanted.count else { return false }
        let mayGoOn = wanted.count { $0 == UInt8(ascii: "/") } > 2
        for start in 0...(bytes.count - wanted.count)
        where bytes[start] == first && bytes[start..<start + wanted.count].elementsEqual(wanted) {
            let end = start + wanted.count
            let before = start > 0 ? bytes[start - 1] : 0
            let after = end < bytes.count ? bytes[end] : 0
            let afterThat = end + 1 < bytes.count ? bytes[end + 1] : 0
            if before.isNamePart || before.joinsNames || before == UInt8(ascii: "/") || after.isNamePart { continue }
            if after.joinsNames, afterThat.isNamePart { continue }
            if after == UInt8(ascii: "/"), !mayGoOn { continue }
            return true
        }
        return false
    }
}

extension UInt8 {
    /// Host names, ports and addresses of users go on behind it.
    fileprivate var joinsNames: Bool {
        self == UInt8(ascii: ".") || self == UInt8(ascii: ":") || self == UInt8(ascii: "@")
    }

    fileprivate var isNamePart: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
