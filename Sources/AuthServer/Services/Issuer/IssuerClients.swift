import HTTPClient
import HTTPServer
import OAuthProtocol
import RuntimeConfig

/// What an issuer is asked by; tests bring one that needs no network.
protocol IssuerClient: Sendable {
    func document(at url: String, longestBody: Int) async throws(HTTPClientError) -> HTTPClientResponse
    /// Sends a form with an `Authorization`.
    func answer(
        to form: String, at url: String, authorization: String
    ) async throws(HTTPClientError) -> HTTPClientResponse
}

extension HTTPClient: IssuerClient {
    func document(at url: String, longestBody: Int) async throws(HTTPClientError) -> HTTPClientResponse {
        try await get(url, headers: [(name: "Accept", value: "application/json")], longestBody: longestBody)
    }

    func answer(
        to form: String, at url: String, authorization: String
    ) async throws(HTTPClientError) -> HTTPClientResponse {
        try await post(
            url, form: form,
            headers: [
                (name: "Accept", value: "application/json"), (name: "Authorization", value: authorization),
            ])
    }
}

struct IssuerClients: Sendable {
    /// For URLs that the operator named, wherever they are.
    let configured: any IssuerClient
    /// For what a document of the issuer names on another host, which is on the public internet or nowhere.
    let elsewhere: any IssuerClient

    static func open(_ verification: RuntimeConfig.Verification) throws(StartFailure) -> IssuerClients {
        do throws(HTTPClientError) {
            let configured = try HTTPClient(policy: .configuredIssuer)
            guard case .signed(let signed) = verification, case .documents = signed.keys else {
                return IssuerClients(configured: configured, elsewhere: configured)
            }
            return IssuerClients(configured: configured, elsewhere: try HTTPClient(policy: .publicDocuments))
        } catch {
            throw .environment("cannot start the client for the issuer: \(error)")
        }
    }
}

/// Why an issuer did not say what was asked. For the log; nothing of it is the other side's text.
enum IssuerTrouble: Error, Hashable, Sendable, CustomStringConvertible {
    case fetch(HTTPClientError)
    case status(Int)
    /// A document that is no JSON object, or lacks what it is for.
    case malformed
    /// A document of another issuer (RFC 8414 §3.3).
    case otherIssuer
    /// A `jwks_uri` that is neither https nor on the machine of a document that is on it too.
    case unsafeURL
    case invalidKeys
    /// The issuer does not know this server by its client id and secret.
    case credentials
    /// It failed a moment ago, and is not asked yet.
    case paused

    var description: String {
        switch self {
        case .fetch(let error): error.description
        case .status(let status): "it answered with status \(status)"
        case .malformed: "its answer is malformed"
        case .otherIssuer: "its document names another issuer"
        case .unsafeURL: "its document names a key set that is not on https"
        case .invalidKeys: "its key set is not valid"
        case .credentials: "it does not accept client_id and client_secret of issuer.verification"
        case .paused: "it failed a moment ago"
        }
    }

    /// Nobody gets in, and nobody throws a token away that may be good.
    var rejection: Rejection { .unavailable(.upstream, retryAfter: 5) }
}

typealias IssuerReport = @Sendable (String) -> Void

/// Tells the operator when the issuer stops answering as it should, and when it does again; once each.
final class IssuerReports: Sendable {
    private let issuer: String
    private let report: IssuerReport
    private let last = Locked<IssuerTrouble?>(nil)

    init(_ issuer: String, _ report: @escaping IssuerReport) {
        self.issuer = issuer
        self.report = report
    }

    func note(_ trouble: IssuerTrouble?) {
        let isNews = last.withLock { last in
            defer { last = trouble }
            return last != trouble
        }
        guard isNews else { return }
        report(
            trouble.map { "tokens of \(issuer) cannot be verified: \($0)" }
                ?? "tokens of \(issuer) can be verified again")
    }
}
