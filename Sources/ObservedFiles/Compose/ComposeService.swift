import ConfigLanguages
import Diagnostics
import YAMLSyntax

/// What the files of a project say of one service, the weakest first.
struct ComposeService {
    struct EnvFile {
        let path: String
        let span: Span
        let isOptional: Bool
        let isRaw: Bool
    }

    private(set) var envFiles: [EnvFile] = []
    /// `environment` of each file that has one.
    private(set) var environments: [(node: YAMLNode, file: DeployedFile)] = []
    private(set) var ports: [YAMLNode] = []
    private(set) var build: YAMLNode?
    private(set) var program: [String] = []
    private(set) var replicas: YAMLNode?
    private(set) var span: Span?
    /// Files of `extends` that were not given.
    private(set) var unseen: [FileReference] = []

    init(_ name: String, of project: ComposeProject, among given: (String) -> DeployedFile?) {
        for (file, root) in project.files { add(name, in: file, root, project, given, depth: 0) }
    }

    private mutating func add(
        _ name: String, in file: DeployedFile, _ root: YAMLNode, _ project: ComposeProject,
        _ given: (String) -> DeployedFile?, depth: Int
    ) {
        guard let entry = root.value(forKey: "services")?.entry(forKey: name), depth < 16 else { return }
        let node = entry.value
        if let extends = node.value(forKey: "extends") {
            base(extends, in: file, root, project, given, depth: depth + 1)
        }
        if depth == 0 { span = entry.keySpan }
        if let list = node.value(forKey: "env_file") {
            for item in list.items ?? [list] {
                guard let path = (item.value(forKey: "path") ?? item).scalar else { continue }
                envFiles.append(
                    EnvFile(
                        path: FilePathText.joined(depth == 0 ? project.folder : file.folder, path.text),
                        span: (item.value(forKey: "path") ?? item).span,
                        isOptional: item.value(forKey: "required")?.scalar?.resolved == .bool(false),
                        isRaw: item.value(forKey: "format")?.scalar?.text == "raw"))
            }
        }
        if let environment = node.value(forKey: "environment") { environments.append((environment, file)) }
        ports += node.value(forKey: "ports")?.items ?? []
        build = node.value(forKey: "build") ?? build
        replicas = node.value(forKey: "deploy")?.value(forKey: "replicas") ?? node.value(forKey: "scale") ?? replicas
        for key in ["image", "command", "entrypoint"] {
            guard let value = node.value(forKey: key) else { continue }
            program += (value.items ?? [value]).compactMap { $0.scalar?.text }
        }
    }

    /// `extends: NAME`, or `{ service: NAME, file: PATH }`.
    private mutating func base(
        _ extends: YAMLNode, in file: DeployedFile, _ root: YAMLNode, _ project: ComposeProject,
        _ given: (String) -> DeployedFile?, depth: Int
    ) {
        guard let name = (extends.value(forKey: "service") ?? extends).scalar?.text else { return }
        guard let path = extends.value(forKey: "file")?.scalar?.text, let span = extends.value(forKey: "file")?.span
        else {
            add(name, in: file, root, project, given, depth: depth)
            return
        }
        let joined = FilePathText.joined(file.folder, path)
        unseen.append(FileReference(joined, at: span, as: .compose))
        if let other = given(joined), case .compose(let otherRoot) = other.content {
            add(name, in: other, otherRoot, project, given, depth: depth)
        }
    }
}
