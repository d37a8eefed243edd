import JSONSyntax

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

    mutating func text<Key>(_ object: RuntimeObject<Key>, _ key: Key) -> String? {
        required(object, key).flatMap { text($0) }
    }

    mutating func optionalText<Key>(_ object: RuntimeObject<Key>, _ key: Key) -> String? {
        object[key].flatMap { text($0) }
    }

    /// A string that passes a test; otherwise the message says what was expected.
    mutating func text<Key>(
        _ object: RuntimeObject<Key>, _ key: Key, expected: String, where isRight: (String) -> Bool
    ) -> String? {
        guard let place = required(object, key), let text = text(place) else { return nil }
        if isRight(text) { return text }
        note(.runtimeBadValue, "`\(place.path.text)` is `\(text)`, expected \(expected)", at: place)
        return nil
    }

    /// `https://…`, or `http://…` on loopback; no blanks, query or fragment.
    mutating func url<Key>(_ object: RuntimeObject<Key>, _ key: Key) -> String? {
        text(object, key, expected: "an https URL without query or fragment", where: Self.isURL)
    }

    mutating func path<Key>(_ object: RuntimeObject<Key>, _ key: Key) -> String? {
        text(object, key, expected: "a path that begins with `/`") { text in
            text.utf8.first == UInt8(ascii: "/") && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        }
    }

    mutating func absoluteFile(_ place: RuntimePlace) -> String? {
        guard let path = text(place) else { return nil }
        if path.utf8.first == UInt8(ascii: "/") { return path }
        note(.runtimeBadValue, "`\(place.path.text)` is `\(path)`, expected an absolute path", at: place)
        return nil
    }

    /// `2027-03-31`
    mutating func date<Key>(_ object: RuntimeObject<Key>, _ key: Key) -> String? {
        text(object, key, expected: "a date like 2027-03-31") { text in
            let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
            guard parts.map(\.count) == [4, 2, 2], parts.joined().allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }),
                let month = Int(Substring(parts[1])), let day = Int(Substring(parts[2]))
            else { return false }
            return (1...12).contains(month) && (1...31).contains(day)
        }
    }

    /// A whole number of seconds above zero.
    mutating func seconds<Key>(_ object: RuntimeObject<Key>, _ key: Key) -> Int? {
        guard let place = required(object, key) else { return nil }
        guard case .number(let number) = place.node.content else {
            wrongType(place, expected: "a number of seconds")
            return nil
        }
        if let seconds = number.int, seconds > 0 { return seconds }
        note(
            .runtimeBadValue, "`\(place.path.text)` is \(number.literal), expected a whole number of seconds above 0",
            at: place)
        return nil
    }

    /// A whole number from zero on.
    mutating func count<Key>(_ object: RuntimeObject<Key>, _ key: Key) -> Int? {
        guard let place = required(object, key) else { return nil }
        guard case .number(let number) = place.node.content else {
            wrongType(place, expected: "a number")
            return nil
        }
        if let count = number.int, count >= 0 { return count }
        note(
            .runtimeBadValue, "`\(place.path.text)` is \(number.literal), expected a whole number from 0 on", at: place)
        return nil
    }

    mutating func flag<Key>(_ object: RuntimeObject<Key>, _ key: Key) -> Bool? {
        required(object, key) == nil ? nil : optionalFlag(object, key)
    }

    mutating func optionalFlag<Key>(_ object: RuntimeObject<Key>, _ key: Key) -> Bool? {
        guard let place = object[key] else { return nil }
        if case .bool(let value) = place.node.content { return value }
        wrongType(place, expected: "true or false")
        return nil
    }

    /// One word of a closed set.
    mutating func choice<Word: RawRepresentable<String> & CaseIterable>(_ place: RuntimePlace, _: Word.Type) -> Word? {
        guard let text = text(place) else { return nil }
        if let word = Word(rawValue: text) { return word }
        let allowed = Word.allCases.map(\.rawValue)
        note(
            .runtimeBadValue, "`\(place.path.text)` is `\(text)`, which is not known", at: place,
            help: closedSet(allowed, near: text))
        return nil
    }

    mutating func choice<Key, Word: RawRepresentable<String> & CaseIterable>(
        _ object: RuntimeObject<Key>, _ key: Key, _ words: Word.Type
    ) -> Word? {
        required(object, key).flatMap { choice($0, words) }
    }

    static func isURL(_ text: String) -> Bool {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") })
        else { return false }
        if text.utf8.starts(with: "https://".utf8) {
            let rest = text.utf8.dropFirst(8)
            return !rest.isEmpty && rest.first != UInt8(ascii: "/")
        }
        guard text.utf8.starts(with: "http://".utf8) else { return false }
        let authority = text.utf8.dropFirst(7).prefix { $0 != UInt8(ascii: "/") }
        return ["127.0.0.1", "localhost", "[::1]"].contains { host in
            authority.starts(with: host.utf8)
                && [nil, UInt8(ascii: ":")].contains(authority.dropFirst(host.utf8.count).first)
        }
    }
}
