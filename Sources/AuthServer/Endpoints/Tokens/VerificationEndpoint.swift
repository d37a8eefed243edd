import HTTPServer
import OAuthProtocol
import RuntimeConfig

/// What nginx asks before it lets a request through to a resource (`auth_request`).
struct VerificationEndpoint: Sendable {
    private let resources: ResourceTable
    private let standings: TokenStandings
    private let clock: Clock
    /// The answers to bad tokens, made once: floods consist of them.
    private let refusals: [BearerChallenge: HTTPResponse]
    /// By resource, what stands in for the challenge of an application that answers 401 behind a good token.
    private let challenges: [String: String]

    init(resources: [RuntimeConfig.Resource], standings: TokenStandings, clock: Clock) {
        self.resources = ResourceTable(resources)
        self.standings = standings
        self.clock = clock
        let errors: [OAuthError?] = [nil, .invalidToken, .insufficientScope]
        let challenges = resources.flatMap { resource in
            errors.map { BearerChallenge(resource: resource, error: $0) }
        }
        refusals = Dictionary(challenges.map { ($0, Self.refusal($0)) }, uniquingKeysWith: { first, _ in first })
        self.challenges = Dictionary(
            resources.map { ($0.resource, BearerChallenge(resource: $0).fieldValue) },
            uniquingKeysWith: { first, _ in first })
    }

    private static let uncached: HTTPHeaders = ["Cache-Control": "no-store"]

    func answer(_ request: HTTPRequest) async -> HTTPResponse {
        guard request.method == .get || request.method == .head else {
            return CommonAnswers.methodNotAllowed([.get, .head])
        }
        let asked = VerificationRequest(
            resources: request.headers.values(of: VerificationContract.resource),
            authorization: request.headers["Authorization"], origin: request.headers["Origin"],
            originalMethod: request.headers[VerificationContract.originalMethod],
            requestedMethod: request.headers["Access-Control-Request-Method"],
            originalTarget: request.headers[VerificationContract.originalTarget])
        switch asked.assess(resources) {
        case .decided(let verdict): return answer(verdict, at: nil, to: asked)
        case .token(let token, let resource, let others):
            do throws(Rejection) {
                let now = clock.now
                var (verdict, place) = (try await judge(token, at: resource, now: now, asked), resource)
                for other in others where verdict.isOfUnknownToken {
                    let next = try await judge(token, at: other, now: now, asked)
                    if !next.isOfUnknownToken { (verdict, place) = (next, other) }
                }
                return answer(verdict, at: place, to: asked)
            } catch {
                // nginx lets nothing through on a 5xx, and says 503 to the client.
                return HTTPResponse(error)
            }
        }
    }

    private func judge(
        _ token: String, at resource: RuntimeConfig.Resource, now: UnixTime, _ asked: VerificationRequest
    ) async throws(Rejection) -> VerificationRequest.Verdict {
        let standing = try await standings.standing(of: token, at: resource, now: now)
        return asked.verdict(standing, for: resource, now: Int(now.seconds))
    }

    private static let broken = HTTPResponse.json(500, OAuthError.serverError.body(), headers: uncached)

    /// `resource` is the one that the token was judged at.
    private func answer(
        _ verdict: VerificationRequest.Verdict, at resource: RuntimeConfig.Resource?, to asked: VerificationRequest
    ) -> HTTPResponse {
        switch verdict {
        case .pass(let facts): IdentityFields(facts).map { pass($0.headers, at: resource) } ?? Self.broken
        case .handOn(let authorization): handOn(authorization, at: resource)
        case .preflight:
            HTTPResponse(204, headers: ["Cache-Control": "no-store", VerificationContract.origin: asked.origin ?? ""])
        case .foreignOrigin, .ambiguousTarget, .notAdmitted:
            .json(403, OAuthError.accessDenied.body(), headers: Self.uncached)
        case .challenge(let challenge): refusals[challenge] ?? Self.refusal(challenge)
        case .unknownResource: Self.broken
        }
    }

    private func pass(_ fields: HTTPHeaders, at resource: RuntimeConfig.Resource?) -> HTTPResponse {
        var response = HTTPResponse(200, headers: fields)
        if let challenge = resource.flatMap({ challenges[$0.resource] }) {
            response.headers.add(VerificationContract.challenge, challenge)
        }
        return response
    }

    /// The head of the answer has room in nginx for what it holds beside this.
    private static let longestHandedOn = 8_192

    private func handOn(_ authorization: String, at resource: RuntimeConfig.Resource?) -> HTTPResponse {
        guard authorization.utf8.count <= Self.longestHandedOn else {
            return .json(403, OAuthError.accessDenied.body(), headers: Self.uncached)
        }
        var fields = Self.uncached
        fields.add(VerificationContract.authorization, authorization)
        return pass(fields, at: resource)
    }

    /// nginx relays `WWW-Authenticate` of a 401 by itself and of a 403 not at all, so that has a field of its own.
    private static func refusal(_ challenge: BearerChallenge) -> HTTPResponse {
        let error = challenge.error ?? .invalidToken
        let field = error.status == 403 ? VerificationContract.challenge : "WWW-Authenticate"
        return .json(
            error.status, error.body(), headers: [field: challenge.fieldValue, "Cache-Control": "no-store"])
    }
}
