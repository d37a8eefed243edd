import OAuthProtocol
import RuntimeConfig

/// The deployment's own public clients, one of which is the answer to every registration in mode `static-client`.
///
/// The advertised client of a resource comes first. The identifier that this server has at the upstream login is
/// nobody's here, whatever the clients of the config are called.
struct SharedClient: Sendable {
    private let candidates: [ClientRecord]

    init(_ config: RuntimeConfig) {
        let clients = config.clients
            .filter { $0.secret == nil && $0.id != config.login?.clientID }
            .compactMap { ClientRecord($0, secretDigest: nil, in: config) }
            .filter { $0.isPublic && $0.status == .active }
        let advertised = config.resources.compactMap(\.clientID)
        candidates = clients.filter { advertised.contains($0.id) } + clients.filter { !advertised.contains($0.id) }
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
