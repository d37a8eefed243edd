import ConfigLanguages
import Diagnostics
import YAMLSyntax

extension ObservedDeployment {
    mutating func readCompose() {
        for project in composeProjects {
            fileReferences.append(FileReference(FilePathText.joined(project.folder, ".env"), at: nil, isOptional: true))
            if let envFile = project.projectEnvFile, !readings.contains(where: { $0.file.id == envFile.id }) {
                readings.append(
                    Reading(
                        file: envFile, reading: envFile.reading(.compose), loader: "the `.env` of the Compose project"))
            }
            for (_, root) in project.files { noteReferences(root, project) }
            for name in project.services { read(name, of: project) }
        }
    }

    /// Files of one folder that somebody named belong together, in their order, as for `docker compose -f A -f B`. Of
    /// those that a search found it is `compose.yaml` with its override, and others by themselves.
    private var composeProjects: [ComposeProject] {
        var groups: [[(file: DeployedFile, root: YAMLNode)]] = []
        for file in files {
            guard case .compose(let root) = file.content, !isExtended(file) else { continue }
            if let last = groups.last?.first?.file, last.folder == file.folder,
                file.isOverride || !file.isFound && !last.isFound
            {
                groups[groups.count - 1].append((file, root))
            } else {
                groups.append([(file, root)])
            }
        }
        return groups.map { group in
            let folder = group.first?.file.folder ?? ""
            return ComposeProject(group, projectEnvFile: given(FilePathText.joined(folder, ".env")))
        }
    }

    /// True for a file that another one only takes services from.
    private func isExtended(_ file: DeployedFile) -> Bool {
        files.contains { other in
            guard other.id != file.id, case .compose(let root) = other.content else { return false }
            return (root.value(forKey: "services")?.entries ?? []).contains { service in
                guard let path = service.value.value(forKey: "extends")?.value(forKey: "file")?.scalar?.text else {
                    return false
                }
                return FilePathText.mayBeSame(FilePathText.joined(other.folder, path), file.path)
            }
        }
    }

    /// Every variable that the file refers to, wherever: in `environment`, `labels`, `image`, `ports`.
    private mutating func noteReferences(_ node: YAMLNode, _ project: ComposeProject) {
        switch node.content {
        case .scalar(let scalar):
            guard scalar.text.utf8.contains(UInt8(ascii: "$")) else { return }
            let filled = project.fillIn(scalar.text, at: node.span)
            variableReferences += filled.variableReferences
            if let refusal = filled.refusal {
                refusals.append(Refusal(message: refusal, span: node.span, replacement: nil))
            }
        case .sequence(let items): for item in items { noteReferences(item, project) }
        case .mapping(let entries):
            for entry in entries where entry.mergedBy == nil { noteReferences(entry.value, project) }
        }
    }

    private mutating func read(_ name: String, of project: ComposeProject) {
        let service = ComposeService(name, of: project, among: given)
        var environment = ObservedEnvironment(.composeService, name, at: service.span)
        fileReferences += service.unseen
        environment.unseen = service.unseen.filter { given($0.path) == nil }.compactMap { reference in
            reference.span.map { Label($0, "\(reference.path) was not given") }
        }
        if let image = image(of: service, project) { environment.layers.append(image) }
        for reference in service.envFiles {
            let dialect: EnvDialect = reference.isRaw ? .dockerRaw : .compose
            fileReferences.append(
                FileReference(
                    reference.path, at: reference.span, isOptional: reference.isOptional, as: .env(dialect)))
            guard let file = given(reference.path) else {
                if !reference.isOptional {
                    environment.unseen.append(Label(reference.span, "\(reference.path) was not given"))
                }
                continue
            }
            environment.layers.append(
                layer(
                    of: file, dialect, title: "`env_file` of the service \(name)", environment: project.environment,
                    namedAt: Label(reference.span, "loaded by `env_file` of the service \(name)")))
        }
        for (node, file) in service.environments {
            let place = project.files.count > 1 || !service.unseen.isEmpty ? " in \(file.path)" : ""
            environment.layers.append(
                ObservedLayer(
                    .composeEnvironment, "`environment` of the service \(name)\(place)", assignments(of: node, project))
            )
        }
        environment.published = service.ports.flatMap { ComposePort.published($0, project) }
        environment.program = service.program.joined(separator: " ")
        if let node = service.replicas, let text = node.scalar?.text,
            let count = project.fillIn(text, at: node.span).value.text.flatMap({ Int($0) })
        {
            environment.replicas = (count, node.span)
        }
        environments.append(environment)
    }

    private func image(of service: ComposeService, _ project: ComposeProject) -> ObservedLayer? {
        guard let build = service.build else { return nil }
        let context = (build.value(forKey: "context") ?? build).scalar?.text ?? "."
        let name = build.value(forKey: "dockerfile")?.scalar?.text ?? "Dockerfile"
        let folder = FilePathText.joined(project.folder, context)
        guard let file = given(FilePathText.joined(folder, name)), case .dockerfile(let image) = file.content else {
            return nil
        }
        return file.imageLayer(image)
    }

    /// `environment:` as a map or as a list.
    private mutating func assignments(of node: YAMLNode, _ project: ComposeProject) -> [ObservedAssignment] {
        if let entries = node.entries {
            return entries.map { entry in
                assignment(entry.key, entry.keySpan, entry.value.isNull ? nil : entry.value, project)
            }
        }
        return (node.items ?? []).compactMap { item in
            guard let scalar = item.scalar else { return nil }
            let parts = scalar.text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
                String.init)
            guard parts.count == 2 else { return inherited(parts[0], item.span, project) }
            // Within the quotes of the item, where it has some.
            let quote = scalar.style == .plain ? 0 : 1
            let start = item.span.start + quote
            let isVerbatim = item.span.end - item.span.start == scalar.text.utf8.count + 2 * quote
            let sign = start + parts[0].utf8.count
            let filled = project.fillIn(parts[1], at: item.span)
            return ObservedAssignment(
                parts[0], filled.value, nameSpan: isVerbatim ? Span(item.span.file, start, sign) : item.span,
                valueSpan: isVerbatim ? Span(item.span.file, sign + 1, item.span.end - quote) : item.span,
                isLiteral: filled.isLiteral, trail: filled.trail)
        }
    }

    private mutating func assignment(
        _ name: String, _ nameSpan: Span, _ node: YAMLNode?, _ project: ComposeProject
    ) -> ObservedAssignment {
        guard let node else { return inherited(name, nameSpan, project) }
        guard let scalar = node.scalar else {
            refusals.append(
                Refusal(message: "Compose takes no \(node.noun) for \(name)", span: node.span, replacement: nil))
            return ObservedAssignment(
                name, .unknown("it is no text"), nameSpan: nameSpan, valueSpan: node.span)
        }
        if case .bool = scalar.resolved {
            refusals.append(
                Refusal(
                    message: "Compose takes no boolean for \(name)", span: node.span,
                    replacement: "\"\(scalar.text)\""))
        }
        let filled = project.fillIn(scalar.text, at: node.span)
        return ObservedAssignment(
            name, filled.value, nameSpan: nameSpan, valueSpan: node.span, isLiteral: filled.isLiteral,
            trail: filled.trail)
    }

    /// A name alone has what the environment of `docker compose` has, the project's `.env` included.
    private func inherited(_ name: String, _ span: Span, _ project: ComposeProject) -> ObservedAssignment {
        let known = project.projectVariables[name]
        return ObservedAssignment(
            name, known?.value.map { .text($0) } ?? .unknown("it is taken from where `docker compose` runs"),
            nameSpan: span, valueSpan: span, isLiteral: false,
            trail: known.map { [Label($0.nameSpan, "taken from here")] } ?? [])
    }
}

extension DeployedFile {
    /// `compose.override.yaml` belongs to the file before it.
    fileprivate var isOverride: Bool { FilePathText.name(of: path).contains(".override.") }
}
