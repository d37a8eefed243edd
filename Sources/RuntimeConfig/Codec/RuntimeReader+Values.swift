import Diagnostics
import JSONSyntax
import WebSyntax

/// Single values.
extension RuntimeReader {
    /// A string that is not empty and holds no control characters.
    mutating func text(_ place: RuntimePlace) -> String? {
        guard case .string(let text) = place.node.content else {
            wrongType(place, expected: "a string")
            return nil
        }
        if text.isEmpty {
            note(
                .runtimeBadValue, "`\(place.path.text)` is empty", at: place, help: "nothing empty means anything here")
            return nil
        }
        if text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
            note(.runtimeBadValue, "`\(place.path.text)` holds a control character", at: place)
            return nil
        }
        return text
    }

    /// A value by the grammar that the spec has for it.
    mutating func value<Value: TextValue>(_ place: RuntimePlace, _: Value.Type) -> Value? {
        guard let text = text(place) else { return nil }
        do throws(InvalidValue) {
            return try Value(parsing: text)
        } catch {
            let shown = Value.mayBeShown ? "is `\(text)`, which " : ""
            note(
                .runtimeBadValue, "`\(place.path.text)` \(shown)\(error.problem)", at: place,
                help: "expected: \(error.expected)")
            return nil
        }
    }

    mutating func metadataURL(_ place: RuntimePlace) -> String? {
        guard let text = text(place) else { return nil }
        if let uri = try? AbsoluteURI(text), uri.query == nil, uri.fragment == nil, let authority = uri.authority,
            !authority.hasUserinfo, !authority.host.isEmpty,
            uri.scheme == "https" || uri.scheme == "http" && LoopbackHost.contains(authority.host)
        {
            return text
        }
        note(
            .runtimeBadValue, "`\(place.path.text)` is `\(text)`, expected an https URL without query or fragment",
            at: place)
        return nil
    }

    /// An object as compact text: the bytes that were written, also where `jq` or an editor has laid the file out anew.
    mutating func document(_ place: RuntimePlace) -> String? {
        guard case .object = place.node.content else {
            wrongType(place, expected: "an object")
            return nil
        }
        return String(decoding: place.node.json.encoded(.compact), as: UTF8.self)
    }

    /// A whole number, `lowest` or above.
    mutating func number(_ place: RuntimePlace, from lowest: Int, of unit: String) -> Int? {
        guard case .number(let number) = place.node.content else {
            wrongType(place, expected: "a number of \(unit)")
            return nil
        }
        if let value = number.int, value >= lowest { return value }
        note(
            .runtimeBadValue,
            "`\(place.path.text)` is \(number.literal), expected a whole number of \(unit) "
                + (lowest == 0 ? "from 0 on" : "above 0"), at: place)
        return nil
    }

    mutating func flag(_ place: RuntimePlace) -> Bool? {
        if case .bool(let value) = place.node.content { return value }
        wrongType(place, expected: "true or false")
        return nil
    }

    /// One word of a closed set.
    mutating func choice<Word: RawRepresentable<String> & CaseIterable>(_ place: RuntimePlace, _: Word.Type) -> Word? {
        guard let text = text(place) else { return nil }
        if let word = Word(rawValue: text) { return word }
        note(
            .runtimeBadValue, "`\(place.path.text)` is `\(text)`, which is not known", at: place,
            help: closedSet(Word.allCases.map(\.rawValue), near: text))
        return nil
    }

    /// The elements of a list; nil when there is no list or one of them is wrong.
    mutating func list<Element>(_ place: RuntimePlace, _ codec: ValueCodec<Element>) -> [Element]? {
        guard case .array(let elements) = place.node.content else {
            wrongType(place, expected: "an array")
            return nil
        }
        var values: [Element] = []
        values.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            let place = RuntimePlace(node: element, path: .element(place.path, index))
            if let value = codec.read(&self, place) { values.append(value) }
        }
        return values.count == elements.count ? values : nil
    }

    /// A choice that is none, or more than one.
    mutating func noteChoice(_ place: RuntimePlace, found: Int, of names: [String]) {
        // Members that are not known have been told already.
        guard found > 0 || place.isEmptyObject else { return }
        let list = names.map { "`\($0)`" }
        note(
            .runtimeBadValue,
            "`\(place.path.text)` has \(found) members, expected one of "
                + (list.count == 2 ? list.joined(separator: " and ") : list.joined(separator: ", ")), at: place)
    }
}
