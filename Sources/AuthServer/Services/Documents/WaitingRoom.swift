/// Counts the requests that wait for documents, all together and by who asks.
struct WaitingRoom {
    private let limits: DocumentLimits
    private var all = 0
    private var byAsker: [ClientAddress: Int] = [:]

    init(_ limits: DocumentLimits) {
        self.limits = limits
    }

    /// Takes a place, which ``leave(_:)`` gives back; false when there is none.
    mutating func enter(_ asker: ClientAddress, isKnown: Bool) -> Bool {
        let ofAsker = byAsker[asker, default: 0]
        guard all < (isKnown ? limits.waitingWithKnown : limits.waiting), ofAsker < limits.waitingPerAsker else {
            return false
        }
        all += 1
        byAsker[asker] = ofAsker + 1
        return true
    }

    mutating func leave(_ asker: ClientAddress) {
        all -= 1
        let left = byAsker[asker, default: 1] - 1
        byAsker[asker] = left > 0 ? left : nil
    }
}
