extension Authority {
    /// Reads the signing keys, and makes the first one.
    func prepareKeys() async throws(StartFailure) {
        do throws(KeyFailure) {
            let now = clock.now
            guard try await signing.tend(now: now).signer(at: now) != nil else { throw KeyFailure.sealed }
        } catch {
            let text = "\(ConnectorgenAuth.name): \(error)\n"
            throw StartFailure(text, error == .sealed ? .invalid : .environment)
        }
    }
}
