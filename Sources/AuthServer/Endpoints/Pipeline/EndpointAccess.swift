import HTTPServer
import OAuthProtocol
import RuntimeConfig

/// By what the caller of an endpoint proves who it is.
enum CallerProof: Hashable, Sendable {
    /// The credentials of a client (RFC 6749 §2.3).
    case client
    /// An access token (RFC 6750).
    case accessToken
    /// A registration access token (RFC 7592 §3).
    case registrationToken
    /// A form of ours, posted by the browser that got it.
    case browserForm
}

/// Who may call an endpoint, and how often.
///
/// A proof is never without a limit: where somebody proves something, somebody else can guess.
struct EndpointAccess<Request: Sendable, Caller: Sendable>: Sendable {
    typealias Authenticate = @Sendable (Request, EndpointCall) async throws(Rejection) -> Caller

    /// Nil where anybody may call.
    let proof: CallerProof?
    /// What each request counts for, before anything of its body is looked at: what is beyond the limits must cost next
    /// to nothing. Nil where there is nothing to protect.
    let limit: RateLimits.Purpose?
    /// What a request counts for beside that once it was found to be good; nil for nothing.
    let quota: RateLimits.Purpose?
    let authenticate: Authenticate

    private init(
        _ proof: CallerProof?, limit: RateLimits.Purpose?, quota: RateLimits.Purpose?,
        _ authenticate: @escaping Authenticate
    ) {
        self.proof = proof
        self.limit = limit
        self.quota = quota
        self.authenticate = authenticate
    }

    /// For whoever proves to be a caller.
    static func proven(
        by proof: CallerProof, limit: RateLimits.Purpose, _ authenticate: @escaping Authenticate
    ) -> EndpointAccess {
        EndpointAccess(proof, limit: limit, quota: nil, authenticate)
    }
}

extension EndpointAccess where Caller == Anyone {
    static func open(limit: RateLimits.Purpose?, quota: RateLimits.Purpose? = nil) -> EndpointAccess {
        EndpointAccess(nil, limit: limit, quota: quota) { (_, _) throws(Rejection) in Anyone() }
    }
}

/// The form of a request, and what the endpoint read from it.
struct FormRequest<Content: Sendable>: Sendable {
    let form: ParameterList
    let content: Content
}

extension EndpointAccess where Caller == ClientRecord {
    /// For clients, which present their credentials in the head or in the form.
    static func clients<Content>(
        _ clients: ClientService, limit: RateLimits.Purpose
    ) -> EndpointAccess where Request == FormRequest<Content> {
        .proven(by: .client, limit: limit) { (request, call) throws(Rejection) in
            try await clients.authenticate(from: call.clientAddress, now: call.now) { () throws(Rejection) in
                try PresentedCredentials(
                    authorization: call.request.headers.values(of: "Authorization"), form: request.form,
                    defaultClient: call.alias?.defaultClient)
            }
        }
    }
}
