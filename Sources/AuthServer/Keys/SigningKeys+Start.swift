import OAuthProtocol

extension SigningKeys {
    /// Reads the signing keys, makes the first one, and looks whether one can sign.
    func prepare(now: UnixTime) async throws(StartFailure) {
        do throws(KeyFailure) {
            guard try await tend(now: now).signer(at: now) != nil else { throw KeyFailure.sealed }
        } catch {
            let text = "\(ConnectorgenAuth.name): \(error)\n"
            throw StartFailure(text, error == .sealed ? .invalid : .environment)
        }
    }
}
