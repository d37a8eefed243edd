/// The steps of a client on its way in, in their order (MCP specification of 2026-07-28, authorization).
package enum JourneyStage: String, Hashable, Sendable, CaseIterable {
    case challenge
    case resourceMetadata = "resource metadata"
    case serverMetadata = "authorization server metadata"
    case registration, authorization, token
    case transport
}

/// How far a client comes, and what it asked and got on the way.
package struct Journey: Hashable, Sendable {
    package struct Step: Hashable, Sendable {
        package let stage: JourneyStage
        /// `GET https://mcp.example.com/.well-known/oauth-protected-resource/mcp`
        package let request: String
        /// `404`, `200 application/json`, or why there is no answer.
        package let answer: String
        /// What the client makes of it; nil where that is plain.
        package var remark: String?
    }

    package enum Outcome: Hashable, Sendable {
        case connected
        case failed(JourneyFailure, at: JourneyStage)
        /// All went well up to a step that was not taken, and why.
        case stopped(before: JourneyStage, why: String)
    }

    package var steps: [Step] = []
    package var outcome: Outcome = .connected
    /// What made the client leave the way that the documents show; each a sentence without its full stop.
    package var detours: [String] = []

    /// True for a journey of the same steps to the same end, whatever the client says of it.
    package func isLike(_ other: Journey) -> Bool {
        wordless == other.wordless
    }

    private var wordless: Journey {
        guard case .failed(var failure, let stage) = outcome else { return self }
        var journey = self
        failure.words = nil
        journey.outcome = .failed(failure, at: stage)
        return journey
    }

    package var failure: (failure: JourneyFailure, stage: JourneyStage)? {
        if case .failed(let failure, let stage) = outcome { (failure, stage) } else { nil }
    }
}

/// Why a client gives up.
package struct JourneyFailure: Error, Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The server could not be asked.
        case unreachable
        /// The transport answers something else than 401 to a request without a token.
        case notChallenged = "not_challenged"
        /// A 401 without `WWW-Authenticate`.
        case challengeMissing = "challenge_missing"
        case resourceMetadataFailed = "resource_metadata_failed"
        case resourceMetadataUnreadable = "resource_metadata_unreadable"
        case resourceMismatch = "resource_mismatch"
        case serverMetadataMissing = "server_metadata_missing"
        case serverMetadataFailed = "server_metadata_failed"
        case serverMetadataUnreadable = "server_metadata_unreadable"
        case issuerMismatch = "issuer_mismatch"
        case codeChallengeMissing = "code_challenge_missing"
        case responseTypeMissing = "response_type_missing"
        case registrationMissing = "registration_missing"
        case registrationFailed = "registration_failed"
        case registrationUnusable = "registration_unusable"
        case authorizationFailed = "authorization_failed"
        case issuerParameterMismatch = "issuer_parameter_mismatch"
        case issuerParameterMissing = "issuer_parameter_missing"
        case issuerParameterUnadvertised = "issuer_parameter_unadvertised"
        case tokenFailed = "token_failed"
        /// 401 to a request with a fresh token.
        case stillUnauthorized = "still_unauthorized"
    }

    package let kind: Kind
    /// What was asked last.
    package let url: String
    package let found: String
    package let expected: String
    /// What the client says, where its words are known.
    package internal(set) var words: String?
}
