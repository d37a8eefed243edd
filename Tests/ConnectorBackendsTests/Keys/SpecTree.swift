import ConnectorBackends
import ConnectorCompiler
import Diagnostics
import JSONSyntax
import Templates
import YAMLSyntax

@testable import ConnectorSpec

/// A spec whose parts can be replaced; it is compiled as JSON on one line, which is YAML.
struct SpecTree {
    enum Step {
        case key(String)
        /// The first entry of a mapping whose names are free, or of a list.
        case first
    }

    struct Refusal: Error {
        let message: String
    }

    let root: JSON

    private init(root: JSON) { self.root = root }

    init(yaml: String) {
        let file = SourceFile(path: "connector.yaml", text: yaml)
        var sources = SourceMap()
        let id = sources.add(file)
        root = YAML.parse(file, id: id).root.map(Self.json) ?? .null
    }

    /// Where a section of the key table stands in a spec; a reference to a secret stands at many places, and `users` is
    /// one.
    static func path(of table: SectionTable) -> [Step]? {
        if table.path == SectionTable.spec.path { return [] }
        if table.path == SecretSection.keys.table.path { return [.key("issuer"), .key("users")] }
        return table.path.split(separator: ".").flatMap { part -> [Step] in
            if part == "NAME" { return [.first] }
            return part.hasSuffix("[]") ? [.key(String(part.dropLast(2))), .first] : [.key(String(part))]
        }
    }

    func holds(_ path: [Step]) -> Bool { self[path]?.members != nil }

    /// What stands at a place.
    subscript(path: [Step]) -> JSON? {
        var node: JSON? = root
        for step in path {
            switch step {
            case .key(let name): node = node?[name]
            case .first: node = node?.members?.first?.value ?? node?.array?.first
            }
        }
        return node
    }

    /// The spec with another value at a place; nil takes the key away.
    func replacing(_ path: [Step], _ change: (JSON?) -> JSON?) -> SpecTree {
        SpecTree(root: Self.replaced(root, path[...], change) ?? .null)
    }

    private static func replaced(_ node: JSON?, _ path: ArraySlice<Step>, _ change: (JSON?) -> JSON?) -> JSON? {
        guard let step = path.first else { return change(node) }
        let rest = path.dropFirst()
        switch (step, node) {
        case (.first, .array(var items)?):
            guard let first = items.first, let value = replaced(first, rest, change) else { return node }
            items[0] = value
            return .array(items)
        case (.first, .object(var members)?):
            guard let first = members.first, let value = replaced(first.value, rest, change) else { return node }
            members[0] = JSONMember(first.name, value)
            return .object(members)
        case (.key(let name), .object(var members)?):
            let value = replaced(node?[name], rest, change)
            let place = members.firstIndex { $0.name == name }
            if let place { members.remove(at: place) }
            if let value { members.insert(JSONMember(name, value), at: place ?? members.count) }
            return .object(members)
        default: return node
        }
    }

    /// The spec as a file. This release may lack what a key asks for, which changes what is generated all the same.
    var file: SourceFile {
        let allowed = "# connectorgen: allow CG707 -- only the outputs are looked at\n"
        let text = allowed + String(decoding: root.encoded(.compact), as: UTF8.self) + "\n"
        return SourceFile(path: "connector.yaml", text: text)
    }

    /// What all backends make, by path; the digest of the spec, which stands in each file, is always the same.
    func outputs(environment: String? = nil) -> Result<[String: [UInt8]], Refusal> {
        var options = CompilationOptions()
        options.environment = environment
        let compilation = Compilation.compile(file, options: options)
        if let error = compilation.diagnostics.first(where: { $0.severity == .error }) {
            return .failure(Refusal(message: error.message))
        }
        guard let plan = compilation.plan else { return .failure(Refusal(message: "there is no plan")) }
        let context = RenderContext(
            plan: plan, sources: compilation.sources, templates: .builtin,
            specDigest: String(repeating: "0", count: 64))
        let artifacts = BackendRegistry.all.flatMap { $0.render(context).artifacts }
        return .success(Dictionary(artifacts.map { ($0.path, $0.bytes) }) { first, _ in first })
    }

    private static func json(_ node: YAMLNode) -> JSON {
        switch node.content {
        case .mapping(let entries): return .object(entries.map { JSONMember($0.key, json($0.value)) })
        case .sequence(let items): return .array(items.map(json))
        case .scalar(let scalar):
            if scalar.style == .plain, scalar.text == "true" { return true }
            if scalar.style == .plain, scalar.text == "false" { return false }
            return .string(scalar.text)
        }
    }
}
