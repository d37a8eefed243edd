/// So many requests in so many seconds.
package struct Rate: Hashable, Sendable {
    /// 0 for no limit.
    package var requests: Int
    /// Above 0, also where there is no limit.
    package var seconds: Int

    package init(requests: Int, seconds: Int) {
        self.requests = requests
        self.seconds = seconds
    }

    package static let off = Rate(requests: 0, seconds: 1)
}
