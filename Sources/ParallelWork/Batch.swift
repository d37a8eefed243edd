import Synchronization

/// Elements, each to be worked on once by whichever thread comes first.
final class Batch<Element: Sendable, Value: Sendable, Failure: Error>: Sendable {
    private let elements: [Element]
    private let work: @Sendable (Element) throws(Failure) -> Value
    /// The index of the next element that nobody has taken.
    private let next = Atomic(0)
    /// By index; nil until it is there.
    private let slots: Mutex<[Result<Value, Failure>?]>

    init(_ elements: [Element], _ work: @escaping @Sendable (Element) throws(Failure) -> Value) {
        self.elements = elements
        self.work = work
        slots = Mutex(Array(repeating: nil, count: elements.count))
    }

    /// Takes elements until none is left, and hands over what became of them. The order in which results arrive shows
    /// nowhere.
    func run() {
        var own: [(index: Int, result: Result<Value, Failure>)] = []
        while true {
            let index = next.add(1, ordering: .relaxed).oldValue
            guard index < elements.count else { break }
            do throws(Failure) {
                own.append((index, .success(try work(elements[index]))))
            } catch {
                own.append((index, .failure(error)))
            }
        }
        slots.withLock { slots in
            for (index, result) in own { slots[index] = result }
        }
    }

    /// Of all elements, when every thread that ran has ended.
    var results: [Result<Value, Failure>] { slots.withLock { $0.compactMap(\.self) } }
}
