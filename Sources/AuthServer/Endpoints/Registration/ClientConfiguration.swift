import Cryptography
import HTTPServer
import OAuthProtocol
import OAuthStores

/// The configuration endpoint of a client (RFC 7592), `/register/{client_id}`: what it registered, read, replaced and
/// deleted by whoever has its registration access token.
struct ClientConfiguration: Endpoint {
    let readers = EndpointReaders.programs
    let access: EndpointAccess<ClientConfigurationRequest, RegisteredClient>
    private let clients: ClientService
    private let tokens: TokenService
    private let policy: RegistrationPolicy
    /// The public URL of the registration endpoint.
    private let url: String

    init(clients: ClientService, tokens: TokenService, policy: RegistrationPolicy, url: String) {
        self.clients = clients
        self.tokens = tokens
        self.policy = policy
        self.url = url
        access = .proven(by: .registrationToken, limit: .otherRequest) { (request, _) throws(Rejection) in
            try await Self.owner(of: request.token, id: request.clientID, clients, tokens)
        }
    }

    private static let gone = HTTPResponse(204, headers: ["Cache-Control": "no-store", "Pragma": "no-cache"])

    func checkHead(_ call: EndpointCall) throws(Rejection) {
        try RegistrationHead(
            method: call.request.method.rawValue, contentTypes: call.request.headers.values(of: "Content-Type")
        ).checkManagement()
    }

    func parse(_ call: EndpointCall) throws(Rejection) -> ClientConfigurationRequest {
        let fields = call.request.headers.values(of: "Authorization")
        guard let id = call.configuredClient, fields.count == 1,
            case .token(let text) = BearerCredentials(fields[0]),
            let token = OpaqueToken(.registrationToken, presented: text)
        else { throw .registrationToken }
        return ClientConfigurationRequest(clientID: id, token: token)
    }

    func act(
        _ request: ClientConfigurationRequest, by client: RegisteredClient, _ call: EndpointCall
    ) async throws(Rejection) -> HTTPResponse {
        switch call.request.method {
        case .put: return try await update(client, request.token, call.request.body, now: call.now)
        case .delete: return try await delete(client, now: call.now)
        default: return answer(response(client.stored, client.metadata, token: request.token))
        }
    }

    /// What the client is told of itself: all that it registered, and how it gets here.
    func response(
        _ client: StoredClient, _ metadata: ClientMetadata, secret: String? = nil, token: OpaqueToken
    ) -> RegistrationResponse {
        RegistrationResponse(
            clientID: client.id, issued: Int(client.createdAt.seconds), metadata: metadata, secret: secret,
            management: .init(uri: "\(url)/\(client.id)", accessToken: token.text))
    }

    // MARK: who asks

    /// The client, if the token is its own. A token that comes for another client, or for one that is gone, has fallen
    /// into wrong hands and is good for nothing from then on (RFC 7592 §2.1). Clients of the config have no token.
    private static func owner(
        of token: OpaqueToken, id: String, _ clients: ClientService, _ tokens: TokenService
    ) async throws(Rejection) -> RegisteredClient {
        let hash = try tokens.hash(of: token)
        if let client = try await clients.registered(id), let own = client.stored.registrationTokenHash,
            Digest.isEqual(own.bytes, hash.bytes)
        {
            return client
        }
        try await clients.invalidateRegistrationToken(hash)
        throw .registrationToken
    }

    // MARK: what is asked

    /// Replaces the metadata. Of two updates at once the later one counts, and neither is half written.
    private func update(
        _ found: RegisteredClient, _ token: OpaqueToken, _ body: [UInt8], now: UnixTime
    ) async throws(Rejection) -> HTTPResponse {
        let asked = try RegistrationUpdate(body: body, clientID: found.stored.id, policy: policy)
        var client = found
        for _ in 0..<Self.attempts {
            let (next, secret) = try updated(client.stored, asked, now: now)
            if try await clients.update(next) {
                return answer(response(next, asked.metadata, secret: secret, token: token))
            }
            client = try await Self.owner(of: token, id: found.stored.id, clients, tokens)
        }
        throw .unavailable(.store, retryAfter: 1)
    }

    /// So often somebody else may be faster.
    private static let attempts = 8

    /// The client with new metadata, and the secret to tell it: the one it has, if it said that, or a new one, if it
    /// had none and needs one now. A client that needs none any more loses it.
    private func updated(
        _ client: StoredClient, _ asked: RegistrationUpdate, now: UnixTime
    ) throws(Rejection) -> (StoredClient, secret: String?) {
        var next = client
        next.metadata = asked.metadata.storedText
        if let secret = asked.secret {
            guard let own = client.secretHash,
                Digest.isEqual(own.bytes, try tokens.digest(of: secret).bytes)
            else { throw .registration(.notTheClients(member: "client_secret")) }
        }
        guard asked.metadata.needsSecret else {
            next.secretHash = nil
            next.previousSecretHash = nil
            next.previousSecretExpiresAt = nil
            return (next, nil)
        }
        guard client.secretHash == nil else { return (next, asked.secret) }
        let secret = try tokens.newToken(.clientSecret, now: now)
        next.secretHash = try tokens.digest(of: secret.text)
        return (next, secret.text)
    }

    /// Ends the client and all its grants in one commit.
    private func delete(_ client: RegisteredClient, now: UnixTime) async throws(Rejection) -> HTTPResponse {
        guard try await clients.delete(client.stored.id, now: now) else { throw .registrationToken }
        return Self.gone
    }

    private func answer(_ response: RegistrationResponse) -> HTTPResponse {
        HTTPResponse(200, fields: response.fields, body: response.body)
    }
}

/// A request to the configuration of a client, with the registration access token that it brings.
struct ClientConfigurationRequest: Sendable {
    let clientID: String
    let token: OpaqueToken
}
