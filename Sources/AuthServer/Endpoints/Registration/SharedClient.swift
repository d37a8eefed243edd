import OAuthProtocol
import RuntimeConfig

/// The deployment's own public clients, one of which is the answer to every registration in mode `static-client`.
///
/// ``RuntimeConfig/sharedClients`` says which they are.
struct SharedClient: Sendable {
    private let candidates: [ClientRecord]

    init(_ config: RuntimeConfig, clients: ClientService) {
        candidates = clients.predefined(config.sharedClients)
    }

    /// Answers with the first client that may be redirected to all that was asked for.
    ///
    /// - Throws: ``Rejection/registrationRedirect(_:)`` when none may, ``Rejection/registrationClosed`` when there is
    ///   none.
    func response(to metadata: ClientMetadata, now: UnixTime) throws(Rejection) -> RegistrationResponse {
        var refusal = Rejection.registrationClosed
        for client in candidates {
            do throws(Rejection) {
                return try RegistrationResponse(static: client, metadata: metadata, issued: Int(now.seconds))
            } catch {
                if case .registrationClosed = refusal { refusal = error }
            }
        }
        throw refusal
    }
}
