import JSONSyntax

/// One member of an object: its name, and how its value is read out of the object and written into it.
struct Member<Owner, Value>: Sendable {
    let reference: MemberReference
    /// Nil when the value is missing or wrong, and then the reader has noted why.
    let read: @Sendable (inout RuntimeReader, RuntimeObject) -> Value?
    /// Nil where the member is left out.
    let write: @Sendable (Owner) -> JSON?

    /// A member that has to be there.
    init(
        _ key: some RuntimeKey, _ codec: ValueCodec<Value>, _ summary: String,
        _ value: @escaping @Sendable (Owner) -> Value
    ) {
        let name = key.rawValue
        reference = MemberReference(
            name: name, noun: codec.noun, isOptional: false, summary: summary, members: codec.members)
        read = { reader, object in reader.required(object, name).flatMap { codec.read(&reader, $0) } }
        write = { codec.write(value($0)) }
    }

    /// A member that stands only where there is something to say.
    init<Wrapped>(
        optional key: some RuntimeKey, _ codec: ValueCodec<Wrapped>, _ summary: String,
        _ value: @escaping @Sendable (Owner) -> Wrapped?
    ) where Value == Wrapped? {
        let name = key.rawValue
        reference = MemberReference(
            name: name, noun: codec.noun, isOptional: true, summary: summary, members: codec.members)
        read = { reader, object in
            guard let place = object[name] else { return .some(nil) }
            return codec.read(&reader, place).map { .some($0) }
        }
        write = { value($0).map(codec.write) }
    }

    /// A member that is left out where it has the value that it has mostly.
    init(
        _ key: some RuntimeKey, _ codec: ValueCodec<Value>, otherwise standard: Value, _ summary: String,
        _ value: @escaping @Sendable (Owner) -> Value
    ) where Value: Equatable & Sendable {
        let name = key.rawValue
        reference = MemberReference(
            name: name, noun: codec.noun, isOptional: true, summary: summary, members: codec.members)
        read = { reader, object in object[name].map { codec.read(&reader, $0) } ?? standard }
        write = { owner in
            let value = value(owner)
            return value == standard ? nil : codec.write(value)
        }
    }
}

extension ValueCodec {
    /// An object of exactly these members, which are written in this order; `make` takes their values in it.
    static func object<each Part>(
        _ members: repeat Member<Value, each Part>, make: @escaping @Sendable (repeat each Part) -> Value
    ) -> ValueCodec {
        let table = MemberTable<Value, repeat each Part>(members: (repeat each members), make: make)
        return ValueCodec(
            noun: "an object", members: table.references, read: { table.read(&$0, $1) }, write: { table.write($0) })
    }
}

/// A member of an object is missing or wrong.
private struct IncompleteObject: Error {}

/// The members of an object with their types, and the value that they make.
private struct MemberTable<Value, each Part>: Sendable {
    let members: (repeat Member<Value, each Part>)
    let make: @Sendable (repeat each Part) -> Value

    var references: [MemberReference] {
        var references: [MemberReference] = []
        for member in repeat each members { references.append(member.reference) }
        return references
    }

    /// Reads every member, so that all mistakes are told at once.
    func read(_ reader: inout RuntimeReader, _ place: RuntimePlace) -> Value? {
        guard let object = reader.object(place, references.map(\.name)) else { return nil }
        let values = (repeat (each members).read(&reader, object))
        do throws(IncompleteObject) {
            return make(repeat try Self.present(each values))
        } catch {
            return nil
        }
    }

    func write(_ value: Value) -> JSON {
        var written: [JSONMember] = []
        for member in repeat each members {
            if let json = member.write(value) { written.append(JSONMember(member.reference.name, json)) }
        }
        return .object(written)
    }

    private static func present<T>(_ value: T?) throws(IncompleteObject) -> T {
        guard let value else { throw IncompleteObject() }
        return value
    }
}

extension ValueCodec {
    /// An object of exactly one member, by whose name the case is known.
    ///
    /// What stands where it belongs may be a secret, and is not repeated.
    static func choice(_ cases: [Case], help: String? = nil) -> ValueCodec {
        let names = cases.map(\.name)
        let noun = "an object with one of " + names.map { "`\($0)`" }.joined(separator: ", ")
        return ValueCodec(
            noun: noun,
            members: cases.map {
                MemberReference(name: $0.name, noun: $0.noun, isOptional: true, summary: $0.summary, members: [])
            },
            read: { reader, place in
                guard case .object = place.node.content else {
                    reader.wrongType(place, expected: noun, help: help)
                    return nil
                }
                guard let object = reader.object(place, names) else { return nil }
                let found = cases.filter { object[$0.name] != nil }
                guard found.count == 1, let only = found.first, let value = object[only.name] else {
                    reader.noteChoice(place, found: found.count, of: names)
                    return nil
                }
                return only.read(&reader, value)
            },
            write: { value in
                for one in cases { if let json = one.write(value) { return .object([JSONMember(one.name, json)]) } }
                return .object([])
            })
    }

    /// One case of a choice.
    struct Case: Sendable {
        let name: String
        let noun: String
        let summary: String
        let read: @Sendable (inout RuntimeReader, RuntimePlace) -> Value?
        /// Nil for a value of another case.
        let write: @Sendable (Value) -> JSON?

        init<Payload>(
            _ key: some RuntimeKey, _ codec: ValueCodec<Payload>, _ summary: String,
            make: @escaping @Sendable (Payload) -> Value, payload: @escaping @Sendable (Value) -> Payload?
        ) {
            name = key.rawValue
            noun = codec.noun
            self.summary = summary
            read = { codec.read(&$0, $1).map(make) }
            write = { payload($0).map(codec.write) }
        }
    }
}
