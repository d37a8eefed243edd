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
        let endpoints = try await LoginTrouble.mapError { () throws(IssuerTrouble) in
            try await identity.endpoints(now: now)
        }
        let proof: LoginProofs.Proof
        do throws(CryptographyError) { proof = try proofs.proof(for: state) } catch { throw .cryptography(error) }
        let tokens = try await tokens(for: code, verifier: proof.verifier, endpoints)
        let claims = try await identity.claims(
            of: tokens, nonce: proof.nonce, needed: policy.neededClaims, now: now)
        do throws(LoginPolicy.Fault) { return try policy.person(claims) } catch { throw .policy(error) }
    }

    /// Redeems a code, once.
    func tokens(
        for code: String, verifier: String, _ endpoints: ProviderEndpoints
    ) async throws(LoginTrouble) -> LoginTokens {
        var form = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", callback),
            ("code_verifier", verifier),
        ]
        var authorization: String?
        switch (secret, method(endpoints)) {
        case (let secret?, .basic):
            // RFC 6749 §2.3.1: id and secret are encoded as a form's values before they are joined.
            let pair = FormText.encoded(login.clientID) + ":" + FormText.encoded(Self.text(secret))
            authorization = "Basic " + Base64.encode(Array(pair.utf8))
        case (let secret?, _): form += [("client_id", login.clientID), ("client_secret", Self.text(secret))]
        case (nil, _): form.append(("client_id", login.clientID))
        }
        let answer = try await answer(to: form, at: endpoints.token, authorization)
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
        do throws(IssuerTrouble) { client = try self.client(for: url) } catch {
            throw .issuer(error)
        }
        do throws(HTTPClientError) {
            return try await client.answer(to: Self.encoded(form), at: url, authorization: authorization, once: true)
        } catch {
            throw .issuer(.fetch(error))
        }
    }

    private func method(_ endpoints: ProviderEndpoints) -> ClientSecretMethod {
        if let method = login.authMethod { return method }
        let offered = endpoints.authMethods ?? []
        return ClientSecretMethod.allCases.first { offered.contains($0.rawValue) } ?? .basic
    }

    private static func text(_ secret: Secret) -> String { String(decoding: secret.bytes, as: UTF8.self) }
}
