package import Diagnostics
import JSONSyntax
import YAMLSyntax

extension ObservedDeployment {
    /// Where the Secrets of manifests and the secrets of realms stand, whoever uses them.
    package var secretSpans: [Span] {
        let secrets = Manifests(files).objects.filter { $0.kind == "Secret" }.flatMap { Manifests.data(of: $0) }
        return secrets.map(\.valueSpan) + realms.flatMap(\.secrets)
    }

    mutating func readManifests() {
        let manifests = Manifests(files)
        for object in manifests.objects {
            if object.kind == "ConfigMap" { readRealms(of: object) }
            guard let pod = Manifests.podSpec(of: object) else { continue }
            let containers = pod.value(forKey: "containers")?.items ?? []
            for container in containers {
                guard let name = container.value(forKey: "name")?.scalar?.text else { continue }
                let title = containers.count > 1 && name != object.name ? "\(object.name)/\(name)" : object.name
                var environment = ObservedEnvironment(
                    .container, title, at: container.value(forKey: "name")?.span)
                var reader = ContainerReader(manifests: manifests, title: title)
                reader.read(container)
                environment.layers = reader.layers
                environment.unseen = reader.unseen
                refusals += reader.refusals
                environment.published = manifests.published(object, container: container)
                environment.program = ["image", "command", "args"].flatMap { key -> [String] in
                    let value = container.value(forKey: key)
                    return (value?.items ?? [value].compactMap(\.self)).compactMap { $0.scalar?.text }
                }.joined(separator: " ")
                if let replicas = object.node.value(forKey: "spec")?.value(forKey: "replicas"),
                    let count = replicas.scalar.flatMap({ Int($0.text) })
                {
                    environment.replicas = (count, replicas.span)
                }
                environments.append(environment)
            }
        }
    }

    /// A realm that a ConfigMap carries for the import of Keycloak.
    private mutating func readRealms(of object: Manifests.Object) {
        for entry in object.node.value(forKey: "data")?.entries ?? [] where entry.key.hasSuffix(".json") {
            guard let text = entry.value.scalar?.text, let json = try? JSONNode.parse(Array(text.utf8)),
                json["realm"] != nil
            else { continue }
            realms.append(ObservedRealm(json, in: object.file.id, text: (entry.keySpan, entry.value.span)))
        }
    }
}

/// The variables of one container.
private struct ContainerReader {
    let manifests: Manifests
    let title: String
    private(set) var layers: [ObservedLayer] = []
    private(set) var unseen: [Label] = []
    private(set) var refusals: [ObservedDeployment.Refusal] = []

    init(manifests: Manifests, title: String) {
        self.manifests = manifests
        self.title = title
    }

    mutating func read(_ container: YAMLNode) {
        for source in container.value(forKey: "envFrom")?.items ?? [] {
            let prefix = source.value(forKey: "prefix")?.scalar?.text ?? ""
            for (key, kind, layer) in [
                ("configMapRef", "ConfigMap", ObservedLayer.Kind.configMap), ("secretRef", "Secret", .secret),
            ] {
                guard let reference = source.value(forKey: key), let name = reference.value(forKey: "name") else {
                    continue
                }
                let isOptional = reference.value(forKey: "optional")?.scalar?.resolved == .bool(true)
                guard let text = name.scalar?.text, let object = manifests.object(kind, text) else {
                    if !isOptional {
                        unseen.append(Label(name.span, "\(kind) \(name.scalar?.text ?? "") was not given"))
                    }
                    continue
                }
                let place = Label(name.span, "loaded by `envFrom` of the container \(title)")
                layers.append(
                    ObservedLayer(
                        layer, "\(kind) \(text)",
                        Manifests.data(of: object).map { $0.by(place, name: prefix + $0.name) }))
            }
        }
        let entries = container.value(forKey: "env")?.items ?? []
        guard !entries.isEmpty else { return }
        var known: [String: ObservedValue] = [:]
        for layer in layers { for (name, assignment) in layer.last { known[name] = assignment.value } }
        var assignments: [ObservedAssignment] = []
        for entry in entries {
            guard let assignment = assignment(entry, known) else { continue }
            known[assignment.name] = assignment.value
            assignments.append(assignment)
        }
        layers.append(ObservedLayer(.containerEnvironment, "`env` of the container \(title)", assignments))
    }

    private mutating func assignment(_ entry: YAMLNode, _ known: [String: ObservedValue]) -> ObservedAssignment? {
        guard let name = entry.value(forKey: "name"), let text = name.scalar?.text else { return nil }
        if let source = entry.value(forKey: "valueFrom") { return referred(text, name.span, source) }
        guard let value = entry.value(forKey: "value") else {
            return ObservedAssignment(text, .text(""), nameSpan: name.span, valueSpan: name.span)
        }
        guard let scalar = value.scalar else { return nil }
        switch scalar.resolved {
        case .bool, .int, .float:
            refusals.append(
                ObservedDeployment.Refusal(
                    message: "Kubernetes takes no \(value.noun.drop { $0 != " " }.dropFirst()) for \(text)",
                    span: value.span, replacement: "\"\(scalar.text)\""))
        case .null, .string: break
        }
        let filled = value.isNull ? .text("") : Self.fillIn(scalar.text, known)
        return ObservedAssignment(
            text, filled, nameSpan: name.span, valueSpan: value.span, isLiteral: filled.text == scalar.text)
    }

    /// `valueFrom`: a key of an object that was given, or something that only the cluster knows.
    private mutating func referred(_ name: String, _ span: Span, _ source: YAMLNode) -> ObservedAssignment {
        for (key, kind) in [("configMapKeyRef", "ConfigMap"), ("secretKeyRef", "Secret")] {
            guard let reference = source.value(forKey: key), let object = reference.value(forKey: "name"),
                let item = reference.value(forKey: "key")
            else { continue }
            let title = object.scalar?.text ?? ""
            guard let found = manifests.object(kind, title) else {
                return ObservedAssignment(
                    name, .unknown("\(kind) \(title) was not given"), nameSpan: span, valueSpan: source.span,
                    isLiteral: false)
            }
            guard let value = Manifests.data(of: found).last(where: { $0.name == item.scalar?.text }) else {
                if reference.value(forKey: "optional")?.scalar?.resolved != .bool(true) {
                    refusals.append(
                        ObservedDeployment.Refusal(
                            message: "\(kind) \(title) has no key \(item.scalar?.text ?? "")", span: item.span,
                            replacement: nil))
                }
                return ObservedAssignment(
                    name, .unknown("\(kind) \(title) has no such key"), nameSpan: span, valueSpan: source.span,
                    isLiteral: false)
            }
            return ObservedAssignment(
                name, value.value, nameSpan: span, valueSpan: source.span, isLiteral: false,
                trail: [Label(value.nameSpan, "\(kind) \(title)")])
        }
        return ObservedAssignment(
            name, .unknown("the cluster fills it in"), nameSpan: span, valueSpan: source.span, isLiteral: false)
    }

    /// `$(NAME)` of a variable before it, `$$(NAME)` for the text itself; one of a name that is not set stays as it is.
    private static func fillIn(_ text: String, _ known: [String: ObservedValue]) -> ObservedValue {
        let bytes = Array(text.utf8)
        var output: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "$"), index + 1 < bytes.count {
                if bytes[index + 1] == UInt8(ascii: "$") {
                    output.append(bytes[index])
                    index += 2
                    continue
                }
                if bytes[index + 1] == UInt8(ascii: "("),
                    let close = bytes[index...].firstIndex(of: UInt8(ascii: ")"))
                {
                    let name = String(decoding: bytes[index + 2..<close], as: UTF8.self)
                    switch known[name] {
                    case .text(let value): output += value.utf8
                    case .unknown(let reason): return .unknown("\(name) is filled in, and \(reason)")
                    case nil: output += bytes[index...close]
                    }
                    index = close + 1
                    continue
                }
            }
            output.append(bytes[index])
            index += 1
        }
        return .text(String(decoding: output, as: UTF8.self))
    }
}
