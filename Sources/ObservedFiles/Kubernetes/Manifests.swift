import Diagnostics
import WebSyntax
import YAMLSyntax

/// Objects of Kubernetes, from all manifests that were given.
struct Manifests {
    struct Object {
        let kind: String
        let name: String
        let node: YAMLNode
        let file: DeployedFile
    }

    let objects: [Object]

    init(_ files: [DeployedFile]) {
        objects = files.flatMap { file -> [Object] in
            guard case .kubernetes(let roots) = file.content else { return [] }
            let nodes = roots.flatMap { root -> [YAMLNode] in
                root.value(forKey: "kind")?.scalar?.text == "List" ? root.value(forKey: "items")?.items ?? [] : [root]
            }
            return nodes.compactMap { node in
                guard let kind = node.value(forKey: "kind")?.scalar?.text,
                    let name = node.value(forKey: "metadata")?.value(forKey: "name")?.scalar?.text
                else { return nil }
                return Object(kind: kind, name: name, node: node, file: file)
            }
        }
    }

    func object(_ kind: String, _ name: String) -> Object? { objects.last { $0.kind == kind && $0.name == name } }

    /// What a ConfigMap or a Secret holds, by key.
    static func data(of object: Object) -> [ObservedAssignment] {
        let isSecret = object.kind == "Secret"
        let plain = object.node.value(forKey: isSecret ? "stringData" : "data")?.entries ?? []
        let encoded = isSecret ? object.node.value(forKey: "data")?.entries ?? [] : []
        let place = "\(object.kind) \(object.name)"
        let decoded = encoded.map { entry in
            let bytes = entry.value.scalar.flatMap { Base64.decode($0.text.filter { !$0.isWhitespace }) }
            let text = bytes.flatMap { String(validating: $0, as: UTF8.self) }
            return ObservedAssignment(
                entry.key, text.map { .text($0) } ?? .unknown("it is no text in base64"), nameSpan: entry.keySpan,
                valueSpan: entry.value.span)
        }
        return decoded
            + plain.map { entry in
                ObservedAssignment(
                    entry.key, entry.value.scalar.map { .text($0.text) } ?? .unknown("\(place) has no text there"),
                    nameSpan: entry.keySpan, valueSpan: entry.value.span)
            }
    }

    /// The pod template of a workload; nil for other objects.
    static func podSpec(of object: Object) -> YAMLNode? {
        let spec = object.node.value(forKey: "spec")
        switch object.kind {
        case "Pod": return spec
        case "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job":
            return spec?.value(forKey: "template")?.value(forKey: "spec")
        case "CronJob":
            return spec?.value(forKey: "jobTemplate")?.value(forKey: "spec")?.value(forKey: "template")?.value(
                forKey: "spec")
        default: return nil
        }
    }

    /// Labels of the pods of a workload.
    private static func labels(of object: Object) -> [String: String] {
        let metadata =
            object.kind == "Pod"
            ? object.node.value(forKey: "metadata")
            : object.node.value(forKey: "spec")?.value(forKey: "template")?.value(forKey: "metadata")
        let entries = metadata?.value(forKey: "labels")?.entries ?? []
        return Dictionary(entries.map { ($0.key, $0.value.scalar?.text ?? "") }) { _, last in last }
    }

    /// Ports that Services open on the nodes or to the world.
    func published(_ object: Object, container: YAMLNode) -> [PublishedPort] {
        let labels = Self.labels(of: object)
        let names = Dictionary(
            (container.value(forKey: "ports")?.items ?? []).compactMap { port -> (String, Int)? in
                guard let name = port.value(forKey: "name")?.scalar?.text,
                    let number = port.value(forKey: "containerPort")?.scalar.flatMap({ Int($0.text) })
                else { return nil }
                return (name, number)
            }
        ) { first, _ in first }
        var ports = (container.value(forKey: "ports")?.items ?? []).compactMap { port -> PublishedPort? in
            guard let host = port.value(forKey: "hostPort"),
                let text = port.value(forKey: "containerPort")?.scalar?.text,
                let number = Int(text)
            else { return nil }
            return PublishedPort(
                container: number, host: host.scalar.flatMap { Int($0.text) },
                address: port.value(forKey: "hostIP")?.scalar?.text, way: "`hostPort`", span: host.span)
        }
        for service in objects where service.kind == "Service" {
            let spec = service.node.value(forKey: "spec")
            guard let type = spec?.value(forKey: "type")?.scalar,
                type.text == "NodePort" || type.text == "LoadBalancer",
                let selector = spec?.value(forKey: "selector")?.entries, !selector.isEmpty,
                selector.allSatisfy({ labels[$0.key] == $0.value.scalar?.text })
            else { continue }
            for port in spec?.value(forKey: "ports")?.items ?? [] {
                guard let target = (port.value(forKey: "targetPort") ?? port.value(forKey: "port"))?.scalar?.text,
                    let number = Int(target) ?? names[target]
                else { continue }
                ports.append(
                    PublishedPort(
                        container: number, host: nil, address: nil, way: "the \(type.text) service \(service.name)",
                        span: port.span))
            }
        }
        return ports
    }
}
