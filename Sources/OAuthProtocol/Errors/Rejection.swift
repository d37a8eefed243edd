/// Why a request is refused, with what the log and the audit record want to know of it.
///
/// The list is closed. No case carries a secret, a token, a code or a verifier; texts that come from the request are
/// for the log alone, but for hosts that are refused. What the client reads is in ``wire``.
package enum Rejection: Error, Hashable, Sendable {
    // MARK: the request as a whole

    case wrongMethod(allowed: [String])
    case wrongContentType
    /// A body that says to be a form and is none.
    case malformedForm
    case oversizedBody(limit: Int)
    /// A parameter of a form endpoint that stands in the query (RFC 6749 §3.2).
    case parameterInQuery(String)
    case repeatedParameter(String)
    case oversizedParameter(String, limit: Int)
    case tooManyParameters(limit: Int)
    case missingParameter(ParameterName)
    case malformedParameter(ParameterName)
    case rateLimited(retryAfter: Int)
    /// The store, the upstream, a document host or the cryptographic library does not do its part; nothing was
    /// consumed.
    case unavailable(Dependency, retryAfter: Int)

    // MARK: the authorization request

    case unknownClient(id: String)
    case inactiveClient(id: String)
    /// A client that registered itself and could not do so today, for this host or application.
    case excludedClient(host: String)
    case redirect(RedirectFault)
    case unsupportedResponseType
    case codeChallenge(CodeChallenge.Fault)
    case unsupportedResponseMode
    case requestObject
    case requestURI
    case resource(ResourceFault)
    case scope(ScopeFault)
    case loginRequired
    case interactionRequired
    case deniedByUser
    /// The upstream refused or failed in a way that another attempt will not fix.
    case upstreamRefused
    /// Nobody is signed in by what the provider answered.
    case login(LoginFault)
    /// Who signed in at the provider may not come here.
    case notAdmitted

    // MARK: the pages

    /// The pending request is unknown, used or older than its lifetime.
    case expiredTransaction
    /// The form token is missing, wrong or of another request.
    case forgedForm
    /// The cookie that binds the browser is of another browser.
    case otherBrowser
    /// A form came without any cookie of ours.
    case missingCookie

    // MARK: the token endpoint

    /// `basic` when the client used HTTP Basic, which the challenge of the answer depends on.
    case client(ClientFault, basic: Bool)
    case severalCredentials
    case unsupportedGrantType
    /// A grant type that the client did not register.
    case unregisteredGrantType
    case grant(GrantFault)

    // MARK: registration

    case registrationClosed
    case registrationRedirect(RedirectFault)
    case registration(MetadataFault)
    case registrationToken
    case clientDocument(MetadataFault)

    // MARK: bearer tokens

    case bearer(BearerFault, challenge: BearerChallenge)
}

extension Rejection {
    package enum Dependency: Hashable, Sendable { case store, upstream, clientDocument, cryptography }

    /// What is wrong with a login at a provider; nothing of it is the client's doing, so the client is told one word.
    package enum LoginFault: Hashable, Sendable {
        /// What the provider publishes.
        case provider
        /// Our client id and secret.
        case credentials
        /// The code, the answer to it, the ID token, or what the provider says of the person.
        case code, answer, idToken, otherPerson, subject
        /// What the provider told the browser.
        case error
        /// It comes from another provider, or is none.
        case foreign
        /// The person did not prove anew who they are, as the client wants.
        case stale
    }

    package enum ResourceFault: Hashable, Sendable { case malformed, foreign, several, ambiguous, otherThanGranted }

    package enum ScopeFault: Hashable, Sendable { case malformed, nothingGrantable, widened }

    /// Why a client did not authenticate; all of them look alike on the wire.
    package enum ClientFault: Hashable, Sendable {
        case unknown(id: String)
        case inactive(id: String)
        /// The client registered itself and could not do so today, for this host or application.
        case excluded(host: String)
        /// Neither `client_id` nor any other credential.
        case anonymous
        case malformedBasic
        case unsupportedScheme
        case wrongSecret
        case missingSecret
        /// A secret from a client that has none.
        case secretOfPublicClient
        case otherMethod(registered: String)
        case assertion(AssertionFault)
    }

    /// Why a client assertion is refused (RFC 7523 §3).
    package enum AssertionFault: Hashable, Sendable {
        case wrongType, malformed, unsupportedAlgorithm, badSignature, issuerIsNotClient, audience, expired
        case tooLongLived
        case notYetValid, missingID, replayed, otherClient
    }

    /// Why a code or a refresh token is refused; all of them are `invalid_grant`.
    package enum GrantFault: Hashable, Sendable {
        case unknown, expired, replayed, revoked, otherClient, redirectMismatch, wrongVerifier, malformedVerifier
        /// Too many wrong verifiers.
        case burned
    }

    /// What is wrong with client metadata (RFC 7591 §2); `member` names are ours, never the client's.
    package enum MetadataFault: Error, Hashable, Sendable {
        case notJSON, notAnObject
        case missing(member: String)
        case wrongType(member: String)
        case unsupported(member: String)
        case inconsistent(member: String)
        /// A page or keys elsewhere than on a trusted host; nil for what is no https URL.
        case foreignURI(member: String, host: String?)
        case reservedName
        /// A member that the client must not send (RFC 7592 §2.2).
        case notTheClients(member: String)
        case oversized
        case redirect(RedirectFault)
        /// A document whose `client_id` is not the URL it came from.
        case otherIdentifier
        case secretInDocument
        /// A document that could not be had; why is known where it was asked for.
        case unreachable
    }

    package enum BearerFault: Hashable, Sendable { case missing, invalid, otherAudience, insufficientScope }
}
