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
        case .decided(let verdict): return answer(verdict, to: asked)
        case .token(let token, let resource):
            let now = clock.now
            do throws(Rejection) {
                let standing = try await standings.standing(of: token, at: resource, now: now)
                return answer(asked.verdict(standing, for: resource, now: Int(now.seconds)), to: asked)
            } catch {
                // nginx lets nothing through on a 5xx, and says 503 to the client.
                return HTTPResponse(error)
            }
        }
    }

    private static let broken = HTTPResponse.json(500, OAuthError.serverError.body(), headers: uncached)

    private func answer(_ verdict: VerificationRequest.Verdict, to asked: VerificationRequest) -> HTTPResponse {
        switch verdict {
        case .pass(let facts): IdentityFields(facts).map { pass($0.headers, to: asked) } ?? Self.broken
        case .handOn(let authorization): handOn(authorization, to: asked)
        case .preflight:
            HTTPResponse(204, headers: ["Cache-Control": "no-store", VerificationContract.origin: asked.origin ?? ""])
        case .foreignOrigin, .ambiguousTarget, .notAdmitted:
            .json(403, OAuthError.accessDenied.body(), headers: Self.uncached)
        case .challenge(let challenge): refusals[challenge] ?? Self.refusal(challenge)
        case .unknownResource: Self.broken
        }
    }

    private func pass(_ fields: HTTPHeaders, to asked: VerificationRequest) -> HTTPResponse {
        var response = HTTPResponse(200, headers: fields)
        if let challenge = asked.resources.first.flatMap({ challenges[$0] }) {
            response.headers.add(VerificationContract.challenge, challenge)
        }
        return response
    }

    /// The head of the answer has room in nginx for what it holds beside this.
    private static let longestHandedOn = 8_192

    private func handOn(_ authorization: String, to asked: VerificationRequest) -> HTTPResponse {
        guard authorization.utf8.count <= Self.longestHandedOn else {
            return .json(403, OAuthError.accessDenied.body(), headers: Self.uncached)
        }
        var fields = Self.uncached
        fields.add(VerificationContract.authorization, authorization)
        return pass(fields, to: asked)
    }

    /// nginx relays `WWW-Authenticate` of a 401 by itself and of a 403 not at all, so that has a field of its own.
    private static func refusal(_ challenge: BearerChallenge) -> HTTPResponse {
        let error = challenge.error ?? .invalidToken
        let field = error.status == 403 ? VerificationContract.challenge : "WWW-Authenticate"
        return .json(
            error.status, error.body(), headers: [field: challenge.fieldValue, "Cache-Control": "no-store"])
    }
}
