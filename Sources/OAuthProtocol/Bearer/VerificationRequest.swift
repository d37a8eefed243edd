import RuntimeConfig

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

    package init(
        resources: [String], authorization: String?, origin: String?, originalMethod: String?, requestedMethod: String?
    ) {
        self.resources = resources
        self.authorization = authorization
        self.origin = origin
        self.originalMethod = originalMethod
        self.requestedMethod = requestedMethod
    }

    package enum Verdict: Hashable, Sendable {
        /// A browser asks what it may send, which needs no token (Fetch §3.2.2); nobody is identified.
        case preflight
        /// A preflight from an origin that is not on the resource's list.
        case foreignOrigin
        case challenge(BearerChallenge)
        /// The field names no resource of this server: nginx and the server were built from different specs.
        case unknownResource
    }

    /// Judges a request while no token has been issued yet, so every token is unknown.
    package func verdict(_ resources: ResourceTable) -> Verdict {
        guard self.resources.count == 1, let resource = resources[self.resources[0]] else { return .unknownResource }
        if originalMethod == "OPTIONS", let origin, requestedMethod != nil {
            return resource.allowedOrigins.contains(origin) ? .preflight : .foreignOrigin
        }
        switch BearerCredentials(authorization) {
        case .none: return .challenge(BearerChallenge(resource: resource))
        case .token: return .challenge(BearerChallenge(resource: resource, error: .invalidToken))
        }
    }
}
