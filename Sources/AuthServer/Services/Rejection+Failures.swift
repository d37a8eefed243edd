import Cryptography
import OAuthProtocol
import OAuthStores

/// Failures of what the services stand on, as the reasons for a refusal that they are.
extension Rejection {
    /// Whatever ails the store, nothing was consumed and the client may try again.
    init(_ failure: StoreFailure) {
        self = .unavailable(.store, retryAfter: 5)
    }

    /// The library that hashes or gives random bytes failed, which another attempt may fix.
    init(_ failure: CryptographyError) {
        self = .unavailable(.cryptography, retryAfter: 5)
    }

    init(_ failure: KeyFailure) {
        switch failure {
        case .store(let failure): self.init(failure)
        case .cryptography(let failure): self.init(failure)
        case .sealed: self = .unavailable(.cryptography, retryAfter: 5)
        }
    }

    /// Asks a store; its failure is a refusal.
    static func mapError<Value>(
        _ ask: () async throws(StoreFailure) -> Value
    ) async throws(Rejection) -> Value {
        do throws(StoreFailure) { return try await ask() } catch { throw Rejection(error) }
    }

    /// Uses a key; its failure is a refusal.
    static func mapError<Value>(
        _ use: () async throws(KeyFailure) -> Value
    ) async throws(Rejection) -> Value {
        do throws(KeyFailure) { return try await use() } catch { throw Rejection(error) }
    }

    /// Does what the library may fail at; its failure is a refusal.
    static func mapError<Value>(
        _ make: () throws(CryptographyError) -> Value
    ) throws(Rejection) -> Value {
        do throws(CryptographyError) { return try make() } catch { throw Rejection(error) }
    }
}
