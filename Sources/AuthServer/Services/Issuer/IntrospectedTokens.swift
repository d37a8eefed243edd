import Cryptography
import HTTPClient
import JSONSyntax
import OAuthProtocol
import RuntimeConfig
import WebSyntax

/// Tokens of any kind, about which their issuer is asked (RFC 7662). One question at a time for a token, and its answer
/// counts for a stated time, also that it means nothing.
actor IntrospectedTokens: IssuedTokens {
    private struct Answer: Sendable {
        /// Nil for a token that means nothing here.
        let token: ForeignToken?
        let until: UnixTime
    }

    private typealias Question = Task<Result<Answer, IssuerTrouble>, Never>

    private let url: String
    private let authorization: String
    private let cache: Int
    private let policy: ForeignToken.Policy
    private let client: any IssuerClient
    private let reports: IssuerReports
    private let clock: Clock
    /// By the digests of tokens; read without a step to the actor.
    private nonisolated let answers = RecentValues<SecretHash, Answer>(limit: IntrospectedTokens.mostAnswers)
    private var running: [SecretHash: Question] = [:]
    private var failures = 0
    private var pausedUntil: UnixTime?

    /// Answers in memory are at most twice as many.
    static let mostAnswers = 4_096
    /// Seconds for which a token that means nothing is not asked about again; a client may be quicker than its issuer.
    static let longestRefusal = 5
    /// After so many failures in a row the issuer is left alone for a moment.
    private static let mostFailures = 5
    private static let failurePause = Duration.seconds(1)
    private static let longestAnswer = 32_768

    init(
        _ introspection: RuntimeConfig.Introspection, issuer: String, secret: Secret, client: any IssuerClient,
        reports: IssuerReports, clock: Clock = .system
    ) {
        url = introspection.url
        cache = introspection.cache
        policy = ForeignToken.Policy(issuer: issuer, leeway: introspection.leeway)
        // RFC 6749 §2.3.1: id and secret are encoded as a form's values before they are joined.
        let pair =
            FormText.encoded(introspection.clientID) + ":"
            + FormText.encoded(String(decoding: secret.bytes, as: UTF8.self))
        authorization = "Basic " + Base64.encode(Array(pair.utf8))
        self.client = client
        self.reports = reports
        self.clock = clock
    }

    nonisolated func facts(
        of token: String, at resource: RuntimeConfig.Resource, now: UnixTime
    ) async throws(Rejection) -> AccessTokenFacts? {
        guard token.utf8.count <= SignedTokens.longest else { return nil }
        let digest: SecretHash
        do throws(CryptographyError) { digest = try SecretHash(of: token) } catch { throw Rejection(error) }
        let seconds = Int(now.seconds)
        if let answer = answers.value(digest), now < answer.until {
            return answer.token?.facts(for: resource, now: seconds)
        }
        do throws(IssuerTrouble) {
            return try await answer(about: token, digest, now).token?.facts(for: resource, now: seconds)
        } catch {
            throw error.rejection
        }
    }

    private func answer(
        about token: String, _ digest: SecretHash, _ now: UnixTime
    ) async throws(IssuerTrouble) -> Answer {
        // Somebody else may have asked on the way here.
        if let answer = answers.value(digest), now < answer.until { return answer }
        if let question = running[digest] { return try await question.value.get() }
        if let pausedUntil, now < pausedUntil { throw .paused }
        let question = Task {
            let result = await ask(about: token, now)
            running[digest] = nil
            settle(result, digest)
            return result
        }
        running[digest] = question
        return try await question.value.get()
    }

    private func ask(about token: String, _ now: UnixTime) async -> Result<Answer, IssuerTrouble> {
        let response: HTTPClientResponse
        do throws(HTTPClientError) {
            response = try await client.answer(
                to: "token=\(FormText.encoded(token))&token_type_hint=access_token", at: url,
                authorization: authorization, once: false)
        } catch {
            return .failure(.fetch(error))
        }
        switch response.status {
        case 200: return Result { () throws(IssuerTrouble) in try answer(response, now) }
        // An issuer of opaque tokens refuses what looks like a JWT. An unauthenticated caller must not make it look
        // away by that.
        case 400 where Self.isRefusedToken(response): return .success(refused(now))
        case 401, 403: return .failure(.credentials)
        default: return .failure(.status(response.status))
        }
    }

    private func answer(_ response: HTTPClientResponse, _ now: UnixTime) throws(IssuerTrouble) -> Answer {
        guard response.body.count <= Self.longestAnswer,
            let json = try? JSON.parse(
                response.body, limits: JSONLimits(depth: 16, bytes: Self.longestAnswer)),
            json["active"]?.bool != nil
        else { throw .malformed }
        let end = now + .seconds(cache)
        let token = try? ForeignToken(introspected: json, answeredUntil: Int(end.seconds), policy)
        return token.map { Answer(token: $0, until: end) } ?? refused(now)
    }

    private func refused(_ now: UnixTime) -> Answer {
        Answer(token: nil, until: now + .seconds(min(cache, Self.longestRefusal)))
    }

    /// True where the issuer says that it knows no tokens of this kind (RFC 7009 §2.2.1), and not that the question is
    /// wrong.
    private static func isRefusedToken(_ response: HTTPClientResponse) -> Bool {
        guard response.body.count <= longestAnswer,
            let json = try? JSON.parse(response.body, limits: JSONLimits(depth: 16, bytes: longestAnswer))
        else { return false }
        return json["error"]?.string == "unsupported_token_type"
    }

    private func settle(_ result: Result<Answer, IssuerTrouble>, _ digest: SecretHash) {
        switch result {
        case .success(let answer):
            answers.keep(answer, for: digest)
            (failures, pausedUntil) = (0, nil)
            reports.note(nil)
        case .failure(let trouble):
            failures += 1
            if failures >= Self.mostFailures { pausedUntil = clock.now + Self.failurePause }
            reports.note(trouble)
        }
    }
}
