import OAuthProtocol

extension SigningKeys {
    /// Reads the signing keys, makes the first ones, and looks whether one can sign for each algorithm in use.
    func prepare(now: UnixTime) async throws(StartFailure) {
        do throws(KeyFailure) {
            let ring = try await rotateIfDue(now: now)
            for algorithm in algorithms where ring.signer(at: now, algorithm) == nil { throw KeyFailure.sealed }
        } catch {
            let text = "\(ConnectorgenAuth.name): \(error)\n"
            throw StartFailure(text, error == .sealed ? .invalid : .environment)
        }
    }
}
