import ParallelWork
import Synchronization
import Testing

@Suite("work on several threads")
struct MapInParallelTests {
    private struct Refusal: Error, Equatable {
        let element: Int
    }

    @Test("the results stand in the order of the elements, whoever was first", arguments: [false, true])
    func order(isLarge: Bool) {
        let elements = Array(0..<1_000)
        // The early ones take longest.
        let sums = elements.mapInParallel(when: isLarge) { element in
            (0..<(1_000 - element)).reduce(element) { $0 &+ $1 }
        }
        #expect(sums == elements.map { element in (0..<(1_000 - element)).reduce(element) { $0 &+ $1 } })
    }

    @Test("each element is worked on once", arguments: [false, true])
    func once(isLarge: Bool) {
        let calls = Atomic(0)
        let seen = Array(0..<500).mapInParallel(when: isLarge) { element in
            calls.add(1, ordering: .relaxed)
            return element
        }
        #expect(seen == Array(0..<500) && calls.load(ordering: .relaxed) == 500)
    }

    @Test("the failure of the first element is thrown, and the others were tried", arguments: [false, true])
    func failures(isLarge: Bool) {
        let tried = Atomic(0)
        #expect(throws: Refusal(element: 7)) {
            try Array(0..<100).mapInParallel(when: isLarge) { element throws(Refusal) in
                tried.add(1, ordering: .relaxed)
                if element >= 7 { throw Refusal(element: element) }
            }
        }
        #expect(tried.load(ordering: .relaxed) == 100)
    }

    @Test("nothing comes of nothing")
    func empty() {
        #expect([Int]().mapInParallel(when: true) { $0 } == [])
        #expect([Int]().mapPartsInParallel(when: true) { $0 }.isEmpty)
    }

    @Test(
        "parts are all elements in their order, and one part when there is little to do", arguments: [1, 7, 100, 999])
    func parts(count: Int) {
        let elements = Array(0..<count)
        let parts = elements.mapPartsInParallel(when: true) { Array($0) }
        #expect(parts.allSatisfy { !$0.isEmpty } && Array(parts.joined()) == elements)
        #expect(elements.mapPartsInParallel(when: false) { Array($0) } == [elements])
    }
}
