import CSystemCalls

/// Whether this process may have the threads that the server lives on. The concurrency pool waits for ever for one that
/// it cannot have, so this is asked before it is used.
enum ThreadSupply {
    /// Listeners, store, documents, password checks and the concurrency pool, with some room.
    private static let needed: Int32 = 24

    static func check() throws(StartFailure) {
        let found = connectorgen_startable_threads(needed)
        guard found < needed else { return }
        throw .environment(
            "can start \(found) threads and needs \(needed): raise the limit (TasksMax= of the unit, pids of the "
                + "container, or ulimit -u)")
    }
}
