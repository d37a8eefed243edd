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

    /// Takes elements until none is left. The order in which results arrive shows nowhere.
    func run() {
        while true {
            let index = next.add(1, ordering: .relaxed).oldValue
            guard index < elements.count else { return }
            let result: Result<Value, Failure>
            do throws(Failure) {
                result = .success(try work(elements[index]))
            } catch {
                result = .failure(error)
            }
            slots.withLock { $0[index] = result }
        }
    }

    /// Of all elements, when every thread that ran has ended.
    var results: [Result<Value, Failure>] { slots.withLock { $0.compactMap(\.self) } }
}
