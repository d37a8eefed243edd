extension Authority {
    /// Reads the signing keys, and makes the first one.
    func prepareKeys() async throws(StartFailure) {
        do throws(KeyFailure) {
            let now = clock.now
            let ring = try await signing.tend(now: now)
            for algorithm in signing.algorithms where ring.signer(at: now, algorithm) == nil { throw KeyFailure.sealed }
        } catch {
            let text = "\(ConnectorgenAuth.name): \(error)\n"
            throw StartFailure(text, error == .sealed ? .invalid : .environment)
        }
    }
}
