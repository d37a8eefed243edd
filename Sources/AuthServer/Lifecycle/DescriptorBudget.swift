import Glibc
import HTTPServer

/// How the file descriptors of the process are shared out: a flood of one listener must leave the other its own, and
/// both must leave some to the store and to fetches.
struct DescriptorBudget {
    /// For files that are opened for a moment, and for fetches of documents.
    private static let reserve = 24
    /// More than this no listener needs.
    private static let most = HTTPServerOptions().connectionLimit
    /// Fewer make no listener; the system then decides who waits.
    private static let least = 4

    /// Connections of each of the two listeners.
    let connections: Int

    /// `limit` descriptors, of which `used` are open when both listeners are still to come.
    init(limit: Int, used: Int) {
        connections = min(Self.most, max(Self.least, (limit - used - Self.reserve) / 2))
    }

    /// What this process has. Takes as many as the system grants without being asked for rights.
    static func process() -> DescriptorBudget {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return DescriptorBudget(limit: 256, used: 0)
        }
        let wanted = rlim_t(4 * most)
        if limit.rlim_cur < wanted, limit.rlim_cur < limit.rlim_max {
            var raised = limit
            raised.rlim_cur = min(wanted, limit.rlim_max)
            if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &raised) == 0 { limit = raised }
        }
        // Descriptors are given out from below, so the next one says how many there are.
        let next = open("/dev/null", O_RDONLY | O_CLOEXEC)
        if next >= 0 { close(next) }
        return DescriptorBudget(limit: Int(clamping: limit.rlim_cur), used: Int(max(0, next)) + listening)
    }

    /// What two listeners have open beside their connections.
    private static let listening = 12
}
