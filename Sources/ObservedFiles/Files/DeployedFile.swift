package import ConfigLanguages
package import Diagnostics
import JSONSyntax
import YAMLSyntax

/// A file of a deployment, read as what it is.
package struct DeployedFile: Sendable {
    enum Content: Sendable {
        case text
        case compose(YAMLNode)
        case kubernetes([YAMLNode])
        case unit(SystemdUnit)
        case dockerfile(Dockerfile)
        case script(ScriptLiteral)
        case realm(JSONNode)
        case unreadable
    }

    package let id: FileID
    /// As it was given.
    package let path: String
    package let kind: DeployedFileKind
    /// True where a search of a folder found it, and nobody named it.
    package let isFound: Bool
    let bytes: [UInt8]
    let content: Content
    package let problems: [SyntaxProblem]

    /// Reads a file; `kind` is what somebody said it is, nil where its name and content decide.
    package init(_ id: FileID, as kind: DeployedFileKind? = nil, isFound: Bool = false, in sources: SourceMap) {
        let source = sources[id]
        self.id = id
        self.isFound = isFound
        path = source.path
        bytes = source.bytes
        let kind = kind ?? DeployedFileKind.named(source.path)
        switch kind {
        case .env, .envExample, .pm2Process, .process:
            (self.kind, content, problems) = (kind ?? .env(nil), .text, [])
        case .unit:
            let unit = SystemdUnit.read(source.bytes, file: id)
            (self.kind, content, problems) = (.unit, .unit(unit), unit.problems)
        case .dockerfile:
            let file = Dockerfile.read(source.bytes, file: id)
            (self.kind, content, problems) = (.dockerfile, .dockerfile(file), file.problems)
        case .pm2:
            let (value, found) = PM2Ecosystem.exported(by: source.bytes, file: id)
            (self.kind, content, problems) = (.pm2, .script(value), found)
        case .realm: (self.kind, content, problems) = Self.json(source, id, as: .realm)
        case .compose, .kubernetes: (self.kind, content, problems) = Self.yaml(source, id, as: kind)
        case nil where source.path.hasSuffix(".json"): (self.kind, content, problems) = Self.json(source, id, as: nil)
        case nil where source.path.hasSuffix(".yaml") || source.path.hasSuffix(".yml"):
            (self.kind, content, problems) = Self.yaml(source, id, as: nil)
        case nil: (self.kind, content, problems) = (.env(nil), .text, [])
        }
    }

    private static func json(
        _ source: SourceFile, _ id: FileID, as kind: DeployedFileKind?
    ) -> (DeployedFileKind, Content, [SyntaxProblem]) {
        do throws(JSONError) {
            let root: JSONNode = try JSONNode.parse(source.bytes)
            if kind == .realm || root["realm"] != nil { return (.realm, .realm(root), []) }
        } catch {
            if kind == .realm {
                let problem = SyntaxProblem("no JSON: \(error.message)", at: Span(id, error.offset, error.offset))
                return (.realm, .unreadable, [problem])
            }
        }
        let (value, found) = PM2Ecosystem.exported(by: source.bytes, file: id)
        return (.pm2, .script(value), found)
    }

    private static func yaml(
        _ source: SourceFile, _ id: FileID, as kind: DeployedFileKind?
    ) -> (DeployedFileKind, Content, [SyntaxProblem]) {
        var roots: [YAMLNode] = []
        var problems: [SyntaxProblem] = []
        for part in YAMLStream.documents(of: source) {
            let document = YAML.parse(part, id: id)
            for finding in document.diagnostics where finding.severity == .error {
                problems.append(SyntaxProblem(finding.message, at: finding.primary?.span ?? Span(id, 0, 0)))
            }
            if let root = document.root, root.entries != nil { roots.append(root) }
        }
        let isManifest = roots.contains { $0.value(forKey: "apiVersion") != nil && $0.value(forKey: "kind") != nil }
        if kind == .kubernetes || kind == nil && isManifest { return (.kubernetes, .kubernetes(roots), problems) }
        guard let root = roots.first, kind == .compose || root.value(forKey: "services") != nil else {
            if problems.isEmpty {
                problems = [SyntaxProblem("neither a Compose file nor a manifest of Kubernetes", at: Span(id, 0, 0))]
            }
            return (kind ?? .compose, .unreadable, problems)
        }
        return (.compose, .compose(root), problems)
    }

    /// Everything that an env file has, by one dialect.
    package func reading(_ dialect: EnvDialect, environment: [String: String] = [:]) -> EnvReading {
        dialect.read(bytes, file: id, environment: environment)
    }

    /// The folder that relative paths in it begin at.
    var folder: String { FilePathText.folder(of: path) }
}
