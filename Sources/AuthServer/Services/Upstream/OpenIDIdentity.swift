import Cryptography
import JSONSyntax
import OAuthProtocol
import RuntimeConfig
import WebSyntax

/// A provider that speaks OpenID Connect: its ID token says who somebody is.
struct OpenIDIdentity: ProviderIdentity {
    private let login: RuntimeConfig.Login
    private let documents: ProviderDocuments
    private let metadata: IssuerCopy<ProviderMetadata>
    private let keys: IssuerCopy<JWKSet>

    let takesNonce = true

    /// Seconds for which what the provider published counts while it is away.
    private static let usableFor = 86_400

    init(_ login: RuntimeConfig.Login, clients: IssuerClients, clock: Clock) {
        self.login = login
        let documents = ProviderDocuments(issuer: login.issuer, clients: clients)
        self.documents = documents
        let metadata = IssuerCopy<ProviderMetadata>(usableFor: Self.usableFor, reports: nil, clock: clock) {
            _ throws(IssuerTrouble) in try await documents.metadata()
        }
        self.metadata = metadata
        keys = IssuerCopy<JWKSet>(usableFor: Self.usableFor, reports: nil, clock: clock) {
            now throws(IssuerTrouble) in try await documents.keys(at: try await metadata.current(at: now).value.keysURL)
        }
    }

    func prepare(now: UnixTime) async throws(IssuerTrouble) {
        _ = try await metadata.current(at: now)
        _ = try await keys.current(at: now)
    }

    func endpoints(now: UnixTime) async throws(IssuerTrouble) -> ProviderEndpoints {
        let found = try await metadata.current(at: now).value
        return ProviderEndpoints(
            authorization: found.authorizationEndpoint, token: found.tokenEndpoint, authMethods: found.authMethods)
    }

    /// What the ID token says, and where something that decides is missing, what the provider says of the person when
    /// it is asked (OpenID Connect Core §5.3.2).
    func claims(
        of tokens: LoginTokens, nonce: String, needed: Set<String>, now: UnixTime
    ) async throws(LoginTrouble) -> JSON {
        guard let idToken = tokens.idToken else { throw .answer(.malformed) }
        let judge = IDTokenJudge(
            issuers: login.spellings, clientID: login.clientID, nonce: nonce, accessToken: tokens.accessToken,
            leeway: UpstreamProvider.leeway)
        let claims = try await claims(idToken, judge, now)
        guard !needed.allSatisfy({ claims[$0] != nil }) else { return claims }
        let url = try await LoginTrouble.mapError { () throws(IssuerTrouble) in
            try await metadata.current(at: now).value.userInfoEndpoint
        }
        guard let url else { return claims }
        let told = try await LoginTrouble.mapError { () throws(IssuerTrouble) in
            try await documents.claims(at: url, token: tokens.accessToken)
        }
        guard told["sub"]?.string == claims["sub"]?.string else { throw .otherPerson }
        return Self.merged(claims, told)
    }

    private func claims(
        _ token: String, _ judge: IDTokenJudge, _ now: UnixTime
    ) async throws(LoginTrouble) -> JSON {
        let copy = try await LoginTrouble.mapError { () throws(IssuerTrouble) in try await keys.current(at: now) }
        do throws(IDTokenFault) {
            return try judge.claims(token, keys: copy.value, now: Int(now.seconds))
        } catch {
            guard error == .signature(.unknownKey) else { throw .idToken(error) }
            let newer = try await LoginTrouble.mapError { () throws(IssuerTrouble) in
                try await keys.newer(than: copy, at: now)
            }
            guard let newer else { throw .idToken(error) }
            do throws(IDTokenFault) {
                return try judge.claims(token, keys: newer.value, now: Int(now.seconds))
            } catch {
                throw .idToken(error)
            }
        }
    }

    /// What was signed comes first.
    private static func merged(_ claims: JSON, _ told: JSON) -> JSON {
        let own = claims.members ?? []
        let names = Set(own.map(\.name))
        return .object(own + (told.members ?? []).filter { !names.contains($0.name) })
    }
}
