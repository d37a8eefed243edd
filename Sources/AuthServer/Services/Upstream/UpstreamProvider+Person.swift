import Cryptography
import HTTPClient
import JSONSyntax
import OAuthModel
import OAuthProtocol
import RuntimeConfig
import WebSyntax

/// What becomes of a code that somebody brought back.
extension UpstreamProvider {
    /// Who somebody is, by the code that they brought. The code goes out once, whatever comes back.
    func person(
        code: String, state: OpaqueToken, now: UnixTime
    ) async throws(LoginTrouble) -> Person {
        let metadata = try await LoginTrouble.mapError { () throws(IssuerTrouble) in
            try await self.metadata.current(at: now).value
        }
        let proof: LoginProofs.Proof
        do throws(CryptographyError) { proof = try proofs.proof(for: state) } catch { throw .cryptography(error) }
        let tokens = try await tokens(for: code, verifier: proof.verifier, metadata)
        let claims = try await claims(of: tokens, nonce: proof.nonce, metadata, now)
        do throws(LoginPolicy.Fault) { return try policy.person(claims) } catch { throw .policy(error) }
    }

    private func tokens(
        for code: String, verifier: String, _ metadata: ProviderMetadata
    ) async throws(LoginTrouble) -> LoginTokens {
        var form = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", callback),
            ("code_verifier", verifier),
        ]
        var authorization: String?
        switch (secret, method(metadata)) {
        case (let secret?, .basic):
            // RFC 6749 §2.3.1: id and secret are encoded as a form's values before they are joined.
            let pair = FormText.encoded(login.clientID) + ":" + FormText.encoded(Self.text(secret))
            authorization = "Basic " + Base64.encode(Array(pair.utf8))
        case (let secret?, _): form += [("client_id", login.clientID), ("client_secret", Self.text(secret))]
        case (nil, _): form.append(("client_id", login.clientID))
        }
        let answer = try await answer(to: form, at: metadata.tokenEndpoint, authorization)
        do throws(LoginTokens.Fault) {
            return try LoginTokens(status: answer.status, body: answer.body)
        } catch {
            throw .answer(error)
        }
    }

    private func answer(
        to form: [(String, String)], at url: String, _ authorization: String?
    ) async throws(LoginTrouble) -> HTTPClientResponse {
        let client: any IssuerClient
        do throws(IssuerTrouble) { client = try clients.client(for: url, namedAt: login.issuer) } catch {
            throw .issuer(error)
        }
        do throws(HTTPClientError) {
            return try await client.answer(to: Self.encoded(form), at: url, authorization: authorization, once: true)
        } catch {
            throw .issuer(.fetch(error))
        }
    }

    private func method(_ metadata: ProviderMetadata) -> ClientSecretMethod {
        if let method = login.authMethod { return method }
        let offered = metadata.authMethods ?? []
        return ClientSecretMethod.allCases.first { offered.contains($0.rawValue) } ?? .basic
    }

    /// What the ID token says, and where something that decides is missing, what the provider says of the person when
    /// it is asked (OpenID Connect Core §5.3.2).
    private func claims(
        of tokens: LoginTokens, nonce: String, _ metadata: ProviderMetadata, _ now: UnixTime
    ) async throws(LoginTrouble) -> JSON {
        let judge = IDTokenJudge(
            issuers: login.provider.spellings(of: login.issuer), clientID: login.clientID, nonce: nonce,
            accessToken: tokens.accessToken, leeway: Self.leeway)
        let copy = try await LoginTrouble.mapError { () throws(IssuerTrouble) in try await keys.current(at: now) }
        let claims: JSON
        do throws(IDTokenFault) {
            claims = try judge.claims(tokens.idToken, keys: copy.value, now: Int(now.seconds))
        } catch {
            guard error == .signature(.unknownKey) else { throw .idToken(error) }
            let newer = try await LoginTrouble.mapError { () throws(IssuerTrouble) in
                try await keys.newer(than: copy, at: now)
            }
            guard let newer else { throw .idToken(error) }
            do throws(IDTokenFault) {
                claims = try judge.claims(tokens.idToken, keys: newer.value, now: Int(now.seconds))
            } catch {
                throw .idToken(error)
            }
        }
        guard let url = metadata.userInfoEndpoint, !policy.neededClaims.allSatisfy({ claims[$0] != nil }) else {
            return claims
        }
        let told = try await LoginTrouble.mapError { () throws(IssuerTrouble) in
            try await ProviderDocuments(issuer: login.issuer, clients: clients).claims(
                at: url, token: tokens.accessToken)
        }
        guard told["sub"]?.string == claims["sub"]?.string else { throw .otherPerson }
        return Self.merged(claims, told)
    }

    /// What was signed comes first.
    private static func merged(_ claims: JSON, _ told: JSON) -> JSON {
        let own = claims.members ?? []
        let names = Set(own.map(\.name))
        return .object(own + (told.members ?? []).filter { !names.contains($0.name) })
    }

    private static func text(_ secret: Secret) -> String { String(decoding: secret.bytes, as: UTF8.self) }
}
