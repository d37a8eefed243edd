import Diagnostics
import JSONSyntax

/// A value in the file and the way to it.
struct RuntimePlace {
    /// The way, put into words only when there is something to say.
    indirect enum Path {
        case root
        case member(Path, String)
        case element(Path, Int)

        var text: String {
            switch self {
            case .root: ""
            case .member(.root, let name): name
            case .member(let path, let name): path.text + "." + name
            case .element(let path, let index): path.text + "[\(index)]"
            }
        }
    }

    let node: JSONNode
    let path: Path

    var isEmptyObject: Bool {
        if case .object(let members) = node.content { members.isEmpty } else { false }
    }

    /// `a string`, `null`, `an object`.
    var noun: String {
        switch node.content {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

/// An object whose members are all known.
struct RuntimeObject {
    let place: RuntimePlace

    subscript(_ name: String) -> RuntimePlace? {
        place.node[name].map { RuntimePlace(node: $0, path: .member(place.path, name)) }
    }

    subscript(_ key: some RuntimeKey) -> RuntimePlace? { self[key.rawValue] }
}
