import Cryptography
import HTTPServer
import OAuthProtocol
import OAuthStores

/// The configuration endpoint of a client (RFC 7592), `/register/{client_id}`: what it registered, read, replaced and
/// deleted by whoever has its registration access token.
struct ClientConfiguration: Sendable {
    private let authority: Authority
    private let policy: RegistrationPolicy
    /// The public URL of the registration endpoint.
    private let url: String

    init(authority: Authority, policy: RegistrationPolicy, url: String) {
        self.authority = authority
        self.policy = policy
        self.url = url
    }

    private static let gone = HTTPResponse(204, headers: ["Cache-Control": "no-store", "Pragma": "no-cache"])

    func answer(_ call: EndpointCall) async throws(Rejection) -> HTTPResponse {
        let request = call.request
        try RegistrationHead(
            method: request.method.rawValue, contentTypes: request.headers.values(of: "Content-Type")
        ).checkManagement()
        let token = try presentedToken(request)
        let client = try await owner(of: token, id: call.subpath)
        switch request.method {
        case .put: return try await update(client, token, request.body, now: call.now)
        case .delete: return try await delete(client, now: call.now)
        default: return answer(response(client.stored, client.metadata, token: token))
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

    private func presentedToken(_ request: HTTPRequest) throws(Rejection) -> OpaqueToken {
        let fields = request.headers.values(of: "Authorization")
        guard fields.count == 1, case .token(let text) = BearerCredentials(fields[0]),
            let token = OpaqueToken(.registrationToken, presented: text)
        else { throw .registrationToken }
        return token
    }

    /// The client, if the token is its own. A token that comes for another client, or for one that is gone, has fallen
    /// into wrong hands and is good for nothing from then on (RFC 7592 §2.1). Clients of the config have no token.
    private func owner(of token: OpaqueToken, id: String) async throws(Rejection) -> RegisteredClient {
        let hash = try authority.hash(of: token)
        if let client = try await authority.clients.registered(id), let own = client.stored.registrationTokenHash,
            Digest.isEqual(own.bytes, hash.bytes)
        {
            return client
        }
        try await authority.asking { (store) throws(StoreFailure) in try await store.invalidateRegistrationToken(hash) }
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
            let isWritten = try await authority.asking { (store) throws(StoreFailure) in try await store.update(next) }
            if isWritten { return answer(response(next, asked.metadata, secret: secret, token: token)) }
            client = try await owner(of: token, id: found.stored.id)
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
                Digest.isEqual(own.bytes, try authority.digest(of: secret).bytes)
            else { throw .registration(.notTheClients(member: "client_secret")) }
        }
        guard asked.metadata.needsSecret else {
            next.secretHash = nil
            next.previousSecretHash = nil
            next.previousSecretExpiresAt = nil
            return (next, nil)
        }
        guard client.secretHash == nil else { return (next, asked.secret) }
        let secret = try authority.newToken(.clientSecret, now: now)
        next.secretHash = try authority.digest(of: secret)
        return (next, secret.text)
    }

    /// Ends the client and all its grants in one commit.
    private func delete(_ client: RegisteredClient, now: UnixTime) async throws(Rejection) -> HTTPResponse {
        let isDeleted = try await authority.asking { (store) throws(StoreFailure) in
            try await store.deleteClient(client.stored.id, now: now)
        }
        guard isDeleted else { throw .registrationToken }
        return Self.gone
    }

    private func answer(_ response: RegistrationResponse) -> HTTPResponse {
        HTTPResponse(200, fields: response.fields, body: response.body)
    }
}
