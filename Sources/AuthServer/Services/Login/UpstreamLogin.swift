import Cryptography
import JSONSyntax
import OAuthModel
import OAuthProtocol
import RuntimeConfig

/// Identities that people prove at another provider.
struct UpstreamLogin: IdentityProvider {
    let provider: UpstreamProvider
    /// In place of a password's: of who may sign in, so that another list has everybody sign in anew.
    private let proof: SecretHash
    private let reports: IssuerReports

    init(
        _ provider: UpstreamProvider, login: RuntimeConfig.Login, key: Secret, reports: IssuerReports
    ) throws(CryptographyError) {
        self.provider = provider
        self.reports = reports
        let admitted = login.allow.map { way in
            [way.email ?? "", way.domain ?? ""] + way.claims.flatMap { [$0.name, $0.value] }
        }
        let parts =
            [login.issuer, login.clientID, login.subject] + (login.userAPI.map { [$0.user] } ?? [])
            + admitted.joined(separator: ["\u{1}"])
        let digest = try Digest.hmacSHA256(Array(parts.joined(separator: "\0").utf8), key: key)
        guard let proof = SecretHash(digest) else { throw .library("hash") }
        self.proof = proof
    }

    var way: SignInWay { .provider(self) }

    func checkAvailability() {}

    /// There is no form.
    func signIn(_ attempt: SignInAttempt) throws(Rejection) -> SignInOutcome { throw .upstreamRefused }

    func recognizes(_ session: Session) -> Bool { session.password == proof }

    /// Nothing is kept of what the provider says of people.
    func claims(ofSubject subject: String) -> [JSONMember] { [] }

    /// Signs somebody in by the code that they brought back. With `received` they had to prove after that moment who
    /// they are: a provider that let them through by an old session has not asked them.
    func signIn(
        code: String, state: OpaqueToken, after received: UnixTime?, now: UnixTime
    ) async throws(Rejection) -> Session {
        let person = try await person(code: code, state: state, now: now)
        if let received, let then = person.authenticatedAt, then + UpstreamProvider.leeway < Int(received.seconds) {
            throw .login(.stale)
        }
        return Session(subject: person.subject, name: person.name, authenticatedAt: now, password: proof)
    }

    /// Where the browser is to go, as ``UpstreamProvider/location(state:isRenewal:now:)`` says.
    func location(state: OpaqueToken, isRenewal: Bool, now: UnixTime) async throws(Rejection) -> String {
        try await told { () throws(LoginTrouble) in
            try await provider.location(state: state, isRenewal: isRenewal, now: now)
        }
    }

    private func person(code: String, state: OpaqueToken, now: UnixTime) async throws(Rejection) -> Person {
        let person = try await told { () throws(LoginTrouble) in
            try await provider.person(code: code, state: state, now: now)
        }
        // Nothing less shows that all of it works.
        reports.note(nil)
        return person
    }

    /// Asks the provider. What only the operator can mend is told there, once.
    private func told<Value>(_ ask: () async throws(LoginTrouble) -> Value) async throws(Rejection) -> Value {
        do throws(LoginTrouble) {
            return try await ask()
        } catch {
            if let trouble = error.report { reports.note(trouble) }
            throw error.rejection
        }
    }
}
