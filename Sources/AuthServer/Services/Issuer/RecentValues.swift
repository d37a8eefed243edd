import HTTPServer

/// The values that were asked for lately, of one generation of whatever they depend on, at most twice a limit of them.
///
/// Two halves: the younger one becomes the older when it is full, and what is found in the older goes on in the
/// younger.
final class RecentValues<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Halves {
        var generation = 0
        var young: [Key: Value] = [:]
        var old: [Key: Value] = [:]
    }

    private let limit: Int
    private let halves = Locked(Halves())

    init(limit: Int) {
        self.limit = limit
    }

    func value(_ key: Key, of generation: Int = 0) -> Value? {
        halves.withLock { halves in
            guard halves.generation == generation else { return nil }
            if let value = halves.young[key] { return value }
            guard let value = halves.old[key] else { return nil }
            Self.add(value, key, to: &halves, limit)
            return value
        }
    }

    func keep(_ value: Value, for key: Key, of generation: Int = 0) {
        halves.withLock { halves in
            if halves.generation < generation { halves = Halves(generation: generation) }
            guard halves.generation == generation else { return }
            Self.add(value, key, to: &halves, limit)
        }
    }

    private static func add(_ value: Value, _ key: Key, to halves: inout Halves, _ limit: Int) {
        if halves.young.count >= limit {
            halves.old = halves.young
            halves.young.removeAll(keepingCapacity: true)
        }
        halves.young[key] = value
    }
}
