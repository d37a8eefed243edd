/// The names of one object so far and where they stand: a short list for the usual few members, a hash
/// table for many, so that no input makes the search quadratic.
struct MemberNames {
    private struct Entry {
        let name: String
        let offset: Int
    }

    private var few: [Entry] = []
    private var many: [String: Int] = [:]
    private static var limit: Int { 12 }

    /// Notes a name; says where it stood before.
    mutating func insert(_ name: String, at offset: Int) -> Int? {
        if many.isEmpty {
            if let earlier = few.first(where: { $0.name == name }) { return earlier.offset }
            few.append(Entry(name: name, offset: offset))
            if few.count > Self.limit {
                many = Dictionary(few.map { ($0.name, $0.offset) }) { first, _ in first }
            }
            return nil
        }
        if let earlier = many.updateValue(offset, forKey: name) { return earlier }
        return nil
    }
}
