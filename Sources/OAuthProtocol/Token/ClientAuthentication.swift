package import OAuthModel

/// Decides whether presented credentials are those of a client.
package struct ClientAuthentication: Sendable {
    package enum Outcome: Hashable, Sendable {
        case authenticated
        /// The claims and the signature hold; the use has to be written down before the client counts as authenticated.
        case authenticatedBy(AssertionPolicy.Use)
    }

    /// Methods that this server advertises.
    package let methods: Set<AuthenticationMethod>
    package let assertions: AssertionPolicy

    package init(methods: Set<AuthenticationMethod>, assertions: AssertionPolicy) {
        self.methods = methods
        self.assertions = assertions
    }

    /// Judges what was presented against the record of its id, which is nil when there is none; `now` is in seconds
    /// since 1970.
    ///
    /// `matches` compares a presented secret with a stored digest in constant time. It is also asked for a client that
    /// does not exist, so that unknown and wrong take the same time. `verifies` judges the signature of an assertion
    /// with keys that were fetched before, and throws when it could not find out.
    package func outcome(
        _ presented: PresentedCredentials, client: ClientRecord?, now: Int,
        matches: (_ secret: String, _ digest: [UInt8]) -> Bool, verifies: (ClientAssertion) throws(Rejection) -> Bool
    ) throws(Rejection) -> Outcome {
        let basic = presented.usesBasic
        guard let client else {
            if let secret = presented.secret { _ = matches(secret, Self.decoy) }
            throw .client(.unknown(id: presented.clientID), basic: basic)
        }
        guard client.status != .ignored else { throw .client(.inactive(id: client.id), basic: basic) }
        if let host = client.excludedFor { throw .client(.excluded(host: host), basic: basic) }
        if client.isPublic {
            return try outcomeOfPublicClient(presented, client, now: now, matches: matches, verifies: verifies)
        }
        switch presented.proof {
        case .none:
            throw .client(.missingSecret, basic: false)
        case .basic(let secret):
            try check(secret, .clientSecretBasic, client, now: now, basic: true, matches)
            return .authenticated
        case .post(let secret):
            try check(secret, .clientSecretPost, client, now: now, basic: false, matches)
            return .authenticated
        case .assertion(let assertion):
            guard client.authMethods.contains(.privateKeyJWT), methods.contains(.privateKeyJWT) else {
                throw .client(.otherMethod(registered: client.methodNames), basic: false)
            }
            return .authenticatedBy(
                try assertions.use(of: assertion, by: client.id, now: now, verifies: verifies))
        }
    }

    /// Some clients send Basic with an empty secret where they have none to send; that says nothing more than
    /// `client_id` does. A secret is refused: a client is never more than it registered as. An assertion is judged when
    /// the client's document has keys, since such a document may offer `none` and signatures both.
    private func outcomeOfPublicClient(
        _ presented: PresentedCredentials, _ client: ClientRecord, now: Int,
        matches: (String, [UInt8]) -> Bool, verifies: (ClientAssertion) throws(Rejection) -> Bool
    ) throws(Rejection) -> Outcome {
        switch presented.proof {
        case .none: return .authenticated
        case .basic(let secret) where secret.isEmpty: return .authenticated
        case .basic(let secret), .post(let secret):
            _ = matches(secret, Self.decoy)
            throw .client(.secretOfPublicClient, basic: presented.usesBasic)
        case .assertion(let assertion):
            guard client.keysURI != nil, methods.contains(.privateKeyJWT) else {
                throw .client(.otherMethod(registered: client.methodNames), basic: false)
            }
            return .authenticatedBy(
                try assertions.use(of: assertion, by: client.id, now: now, verifies: verifies))
        }
    }

    /// All digests are compared whatever the first says.
    private func check(
        _ secret: String, _ method: AuthenticationMethod, _ client: ClientRecord, now: Int, basic: Bool,
        _ matches: (String, [UInt8]) -> Bool
    ) throws(Rejection) {
        let current = client.secrets.filter { $0.notAfter.map { now < $0 } ?? true }
        var isRight = false
        for digest in current.isEmpty ? [Self.decoy] : current.map(\.digest) {
            let matched = matches(secret, digest)
            isRight = isRight || matched
        }
        guard client.authMethods.contains(method) else {
            throw .client(.otherMethod(registered: client.methodNames), basic: basic)
        }
        guard isRight, !current.isEmpty, !secret.isEmpty else { throw .client(.wrongSecret, basic: basic) }
    }

    /// A digest that no secret has.
    private static let decoy = [UInt8](repeating: 0, count: 32)
}

extension PresentedCredentials {
    fileprivate var secret: String? {
        switch proof {
        case .basic(let secret), .post(let secret): secret
        case .none, .assertion: nil
        }
    }
}
