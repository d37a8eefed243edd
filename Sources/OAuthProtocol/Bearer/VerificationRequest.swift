package import RuntimeConfig
import WebSyntax

/// What nginx asks before it lets a request through to a resource, and what it is told.
package struct VerificationRequest: Hashable, Sendable {
    /// The values of the field that names the resource.
    package var resources: [String]
    package var authorization: String?
    package var origin: String?
    /// The method of the client's request.
    package var originalMethod: String?
    /// `Access-Control-Request-Method` of a preflight.
    package var requestedMethod: String?
    /// The target of the client's request, as it came.
    package var originalTarget: String?

    package init(
        resources: [String], authorization: String?, origin: String?, originalMethod: String?, requestedMethod: String?,
        originalTarget: String? = nil
    ) {
        self.resources = resources
        self.authorization = authorization
        self.origin = origin
        self.originalMethod = originalMethod
        self.requestedMethod = requestedMethod
        self.originalTarget = originalTarget
    }

    /// What can be said before any token was looked up.
    package enum Assessment: Hashable, Sendable {
        case decided(Verdict)
        /// Whose token is this, and is it good here? Where clients of aliases come too, it may be good at one of
        /// `others`.
        case token(String, RuntimeConfig.Resource, others: [RuntimeConfig.Resource])
    }

    package enum Verdict: Hashable, Sendable {
        case pass(AccessTokenFacts)
        /// A token of the application's own: it gets this `Authorization`, and nobody is identified.
        case handOn(String)
        /// A browser asks what it may send, which needs no token (Fetch §3.2.2); nobody is identified.
        case preflight
        /// A page of an origin that is not on the resource's list (MCP, Streamable HTTP, security warning).
        case foreignOrigin
        /// nginx and the application could read the target as two different paths (``RequestTarget``).
        case ambiguousTarget
        /// A good token of somebody who is not let in here, which no other scope would change.
        case notAdmitted
        /// 401, or 403 where the token is good but has too little scope.
        case challenge(BearerChallenge)
        /// The field names no resource of this server: nginx and the server were built from different specs.
        case unknownResource

        /// True where the token means nothing at the resource, and may mean something at another one.
        package var isOfUnknownToken: Bool {
            if case .challenge(let challenge) = self { challenge.error == .invalidToken } else { false }
        }
    }

    /// What remains to be found out.
    package func assess(_ resources: ResourceTable) -> Assessment {
        guard self.resources.count == 1, let (resource, others) = named(in: resources) else {
            return .decided(.unknownResource)
        }
        if originalMethod == "OPTIONS", let origin, requestedMethod != nil {
            return .decided(resource.admits(origin: origin) ? .preflight : .foreignOrigin)
        }
        switch BearerCredentials(authorization) {
        case .none: return .decided(.challenge(BearerChallenge(resource: resource)))
        case .token(let token): return .token(token, resource, others: others)
        }
    }

    /// The resource that the field names, and further ones behind spaces; nil where one of them is unknown.
    private func named(in table: ResourceTable) -> (RuntimeConfig.Resource, others: [RuntimeConfig.Resource])? {
        // One URL holds no space.
        if let resource = table[resources[0]] { return (resource, []) }
        let names = resources[0].split(separator: " ", omittingEmptySubsequences: false)
        let found = names.compactMap { table[String($0)] }
        guard found.count == names.count, let first = found.first else { return nil }
        return (first, Array(found.dropFirst()))
    }

    /// Judges a token by what is known of it, at `now` in seconds since 1970.
    ///
    /// A token must be for this very resource, of somebody who is let in, and carry one of the resource's scopes at
    /// least: which of them a tool needs is the application's to say. More scope is asked for only where it would help
    /// (RFC 6750 §3.1).
    package func verdict(
        _ standing: TokenStanding, for resource: RuntimeConfig.Resource, now: Int
    ) -> Verdict {
        let pass: Verdict
        switch standing {
        case .applications:
            guard let authorization else { return .challenge(BearerChallenge(resource: resource)) }
            pass = .handOn(authorization)
        case .issued(let facts), .granted(let facts):
            guard now < facts.expires, facts.audience.hasSameBytes(as: resource.resource) else {
                return .challenge(BearerChallenge(resource: resource, error: .invalidToken))
            }
            var lacking: [String] = []
            if case .issued = standing, !resource.admissions.isEmpty {
                switch resource.admission(of: facts) {
                case .admitted: break
                case .lacksScopes(let scopes): lacking = scopes
                case .refused: return .notAdmitted
                }
            }
            guard lacking.isEmpty, resource.scopes.isEmpty || resource.scopes.contains(where: facts.scopes.contains)
            else {
                return .challenge(BearerChallenge(resource: resource, error: .insufficientScope, further: lacking))
            }
            pass = .pass(facts)
        case .unknown: return .challenge(BearerChallenge(resource: resource, error: .invalidToken))
        }
        if let origin, !resource.admits(origin: origin) { return .foreignOrigin }
        if let originalTarget, RequestTarget.isAmbiguous(originalTarget) { return .ambiguousTarget }
        return pass
    }
}

extension RuntimeConfig.Resource {
    /// True for an origin of the list and for the resource's own, whose pages are its neighbours anyway.
    func admits(origin: String) -> Bool {
        if allowedOrigins.contains(where: { $0.hasSameBytes(as: origin) }) { return true }
        return resource.schemeAndAuthority?.hasSameBytes(as: origin) ?? false
    }
}
