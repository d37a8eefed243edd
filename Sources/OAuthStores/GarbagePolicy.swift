/// How long what is over is still kept.
package struct GarbagePolicy: Hashable, Sendable {
    /// A used code, after its expiry, to recognise a replay.
    package var usedCodes = Duration.seconds(3600)
    /// A grant after its end, for the audit of a replayed token.
    package var endedGrants = Duration.seconds(86_400)
    /// A client that never redeemed a code, after its registration. One that did is never collected by age.
    package var unusedClients = Duration.seconds(86_400)
    /// A document of a client without a live grant, after it was fetched.
    package var unusedDocuments = Duration.seconds(86_400)
    /// What an operator did, after it was done.
    package var operatorActs = Duration.seconds(90 * 86_400)
    /// Rows of one kind that one transaction takes, so that others hardly wait.
    package var batch = 500

    package init() {}
}

/// What a collection took away.
package struct GarbageReport: Hashable, Sendable {
    package var pendingAuthorizations = 0
    package var codes = 0
    package var accessTokens = 0
    package var refreshTokens = 0
    package var grants = 0
    package var clients = 0
    package var assertions = 0
    package var signingKeys = 0
    package var documents = 0
    package var operatorActs = 0

    package init() {}
}
