package import Diagnostics

/// The variables of one process, from all files that set some.
package struct ObservedEnvironment: Sendable {
    package enum Origin: Hashable, Sendable {
        /// Env files that no other file names.
        case envFiles
        case composeService
        case container
        case unit
        case pm2
        case image

        /// What a message calls it.
        package var noun: String {
            switch self {
            case .envFiles: "the env files"
            case .composeService: "the service"
            case .container: "the container"
            case .unit: "the unit"
            case .pm2: "the app"
            case .image: "the image"
            }
        }
    }

    package let origin: Origin
    /// Of the service, the container, the unit or the app; of env files the name of the first.
    package let name: String
    /// Where it is declared; nil for env files alone.
    package let span: Span?
    /// The weakest first.
    package internal(set) var layers: [ObservedLayer]
    /// Sources that are named and were not given: nothing can be said to be missing then.
    package internal(set) var unseen: [Label] = []
    /// Ports that are open beyond the machine or the cluster.
    package internal(set) var published: [PublishedPort] = []
    /// How many of it run, where that is written.
    package internal(set) var replicas: (count: Int, span: Span)?
    /// What it runs: image, command, arguments.
    package internal(set) var program: String = ""

    init(_ origin: Origin, _ name: String, at span: Span?, layers: [ObservedLayer] = []) {
        self.origin = origin
        self.name = name
        self.span = span
        self.layers = layers
    }

    /// Env files that nothing but the service itself loads.
    package init(envFiles layers: [ObservedLayer]) {
        self.init(.envFiles, layers.map(\.title).joined(separator: ", "), at: nil, layers: layers)
    }

    /// The same with other layers.
    package func with(layers: [ObservedLayer]) -> ObservedEnvironment {
        var copy = self
        copy.layers = layers
        return copy
    }

    /// `the service mcp`
    package var title: String { origin == .envFiles ? name : "\(origin.noun) \(name)" }

    /// What the process gets, by name.
    package var effective: [String: EffectiveVariable] {
        var result: [String: EffectiveVariable] = [:]
        for layer in layers where layer.kind != .process {
            for (name, assignment) in layer.last {
                result[name] = EffectiveVariable(
                    layer: layer, assignment: assignment, overridden: result[name].map { [$0] + $0.overridden } ?? [])
            }
        }
        return result
    }

    /// What the running process was seen to have; nil where nobody looked.
    package var running: ObservedLayer? { layers.last { $0.kind == .process } }

    /// The files that its variables come from.
    package var files: Set<FileID> { Set(layers.flatMap(\.assignments).map(\.nameSpan.file)) }
}

/// The value that wins, and those that it wins over, the strongest first.
package struct EffectiveVariable: Sendable {
    package let layer: ObservedLayer
    package let assignment: ObservedAssignment
    package let overridden: [EffectiveVariable]

    package init(layer: ObservedLayer, assignment: ObservedAssignment, overridden: [EffectiveVariable] = []) {
        self.layer = layer
        self.assignment = assignment
        self.overridden = overridden
    }
}

/// A port of the machine that leads to a port of a container.
package struct PublishedPort: Sendable {
    package let container: Int
    /// The port of the machine; nil where it is chosen by itself.
    package let host: Int?
    /// The address it is open on; nil for all.
    package let address: String?
    /// How it was opened: "`ports`", "a NodePort service".
    package let way: String
    package let span: Span

    /// True where only the machine itself reaches it.
    package var isOfMachine: Bool {
        guard let address else { return false }
        return address.hasPrefix("127.") || address == "::1" || address == "[::1]" || address == "localhost"
    }
}
