import Diagnostics
import JSONSyntax

/// Reads values out of the file and notes what is wrong with them; it never stops at the first.
///
/// Each function gives nil when the value is missing or wrong, and then there is an error in `diagnostics`.
struct RuntimeReader {
    let file: FileID
    private(set) var diagnostics: [Diagnostic] = []

    init(file: FileID) {
        self.file = file
    }

    mutating func note(
        _ code: DiagnosticCode, _ message: String, at place: RuntimePlace, secondary: [Label] = [], help: String? = nil
    ) {
        let label = Label(span(of: place))
        diagnostics.append(Diagnostic(code, message, at: label, secondary: secondary, help: help))
    }

    func span(of place: RuntimePlace) -> Span {
        Span(file, place.node.range.lowerBound, place.node.range.upperBound)
    }

    mutating func wrongType(_ place: RuntimePlace, expected: String, help: String? = nil) {
        let subject = place.path.text.isEmpty ? "the file" : "`\(place.path.text)`"
        note(
            .runtimeWrongType, "\(subject) is \(place.noun), expected \(expected)", at: place,
            help: help ?? (place.node.content == .null ? "leave the member out where it is optional" : nil))
    }

    // MARK: objects

    /// The object at a place; every member that is none of `allowed` is an error.
    mutating func object(_ place: RuntimePlace, _ allowed: [String]) -> RuntimeObject? {
        guard case .object(let members) = place.node.content else {
            wrongType(place, expected: "an object")
            return nil
        }
        for member in members where !allowed.contains(member.name) {
            let path = RuntimePlace.Path.member(place.path, member.name).text
            let label = Label(Span(file, member.nameRange.lowerBound, member.nameRange.upperBound))
            diagnostics.append(
                Diagnostic(
                    .runtimeUnknownMember, "`\(path)` is not known", at: label,
                    help: closedSet(allowed, near: member.name)))
        }
        return RuntimeObject(place: place)
    }

    mutating func required(_ object: RuntimeObject, _ name: String) -> RuntimePlace? {
        if let place = object[name] { return place }
        let path = RuntimePlace.Path.member(object.place.path, name).text
        // The opening brace stands for the object, which may be the whole file.
        let start = object.place.node.range.lowerBound
        diagnostics.append(
            Diagnostic(
                .runtimeMissingMember, "`\(path)` is missing",
                at: Label(Span(file, start, start + 1), "in this object"),
                help: "generate the file again with `connectorgen build`"))
        return nil
    }
}

extension RuntimeReader {
    /// The words that are allowed, and the one that was likely meant.
    func closedSet(_ allowed: [String], near text: String) -> String {
        let list = allowed.map { "`\($0)`" }.joined(separator: ", ")
        let suggestion = Suggestion.nearest(to: text, in: allowed).map { "did you mean `\($0)`? " }
        return "\(suggestion ?? "")allowed here: \(list)"
    }
}
