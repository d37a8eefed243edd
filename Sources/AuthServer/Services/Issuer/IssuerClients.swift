import HTTPClient
import HTTPServer
import OAuthProtocol
import RuntimeConfig
import WebSyntax

/// What an issuer is asked by; tests bring one that needs no network.
protocol IssuerClient: Sendable {
    func document(
        at url: String, authorization: String?, longestBody: Int
    ) async throws(HTTPClientError) -> HTTPClientResponse
    /// Sends a form, with an `Authorization` where the form itself does not say who asks; `once` where it uses up what it
    /// sends.
    func answer(
        to form: String, at url: String, authorization: String?, once: Bool
    ) async throws(HTTPClientError) -> HTTPClientResponse
}

extension HTTPClient: IssuerClient {
    func document(
        at url: String, authorization: String?, longestBody: Int
    ) async throws(HTTPClientError) -> HTTPClientResponse {
        try await get(url, headers: Self.fields(authorization), longestBody: longestBody)
    }

    func answer(
        to form: String, at url: String, authorization: String?, once: Bool
    ) async throws(HTTPClientError) -> HTTPClientResponse {
        try await post(url, form: form, headers: Self.fields(authorization), once: once)
    }

    private static func fields(_ authorization: String?) -> [(name: String, value: String)] {
        let credentials = authorization.map { [(name: "Authorization", value: $0)] } ?? []
        return [(name: "Accept", value: "application/json")] + credentials
    }
}

extension IssuerClient {
    func document(at url: String, longestBody: Int) async throws(HTTPClientError) -> HTTPClientResponse {
        try await document(at: url, authorization: nil, longestBody: longestBody)
    }
}

struct IssuerClients: Sendable {
    /// For URLs that the operator named, wherever they are.
    let configured: any IssuerClient
    /// For what a document of the issuer names on another host, which is on the public internet or nowhere.
    let elsewhere: any IssuerClient

    /// What asks a URL that a document names: `target` in the document at `url`.
    func client(for target: String, namedAt url: String) throws(IssuerTrouble) -> any IssuerClient {
        guard let target = try? AbsoluteURI(target), let here = try? AbsoluteURI(url), let host = target.authority,
            let own = here.authority, !host.hasUserinfo, target.fragment == nil
        else { throw .unsafeURL }
        let isSameHost = host.host.matchesIgnoringCase(own.host)
        switch (target.scheme, here.scheme) {
        case ("https", _): return isSameHost ? configured : elsewhere
        case ("http", "http") where isSameHost: return configured
        default: throw .unsafeURL
        }
    }

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

    /// For a login provider, whose tokens are long.
    static func openForLogin() throws(StartFailure) -> IssuerClients {
        var configured = HTTPClientPolicy.configuredIssuer
        var elsewhere = HTTPClientPolicy.publicDocuments
        (configured.longestBody, elsewhere.longestBody) = (LoginTokens.longest, LoginTokens.longest)
        do throws(HTTPClientError) {
            return IssuerClients(
                configured: try HTTPClient(policy: configured), elsewhere: try HTTPClient(policy: elsewhere))
        } catch {
            throw .environment("cannot start the client for the login provider: \(error)")
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
    /// A URL in its document that is neither https nor on the machine of a document that is on it too.
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
        case .unsafeURL: "its document names a URL that is not on https"
        case .invalidKeys: "its key set is not valid"
        case .credentials: "it does not accept our client_id and client_secret"
        case .paused: "it failed a moment ago"
        }
    }

    /// Nobody gets in, and nobody throws a token away that may be good.
    var rejection: Rejection { .unavailable(.upstream, retryAfter: 5) }

    static func rejecting<Value>(
        _ ask: () async throws(IssuerTrouble) -> Value
    ) async throws(Rejection) -> Value {
        do throws(IssuerTrouble) { return try await ask() } catch { throw error.rejection }
    }
}

typealias IssuerReport = @Sendable (String) -> Void

/// Tells the operator when the issuer stops answering as it should, and when it does again; once each.
final class IssuerReports: Sendable {
    private let trouble: String
    private let relief: String
    private let report: IssuerReport
    private let last = Locked<IssuerTrouble?>(nil)

    init(trouble: String, relief: String, _ report: @escaping IssuerReport) {
        self.trouble = trouble
        self.relief = relief
        self.report = report
    }

    static func verification(of issuer: String, _ report: @escaping IssuerReport) -> IssuerReports {
        IssuerReports(
            trouble: "tokens of \(issuer) cannot be verified", relief: "tokens of \(issuer) can be verified again",
            report)
    }

    static func login(at issuer: String, _ report: @escaping IssuerReport) -> IssuerReports {
        IssuerReports(
            trouble: "nobody can sign in at \(issuer)", relief: "people can sign in at \(issuer) again", report)
    }

    func note(_ found: IssuerTrouble?) {
        let isNews = last.withLock { last in
            defer { last = found }
            return last != found
        }
        guard isNews else { return }
        report(found.map { "\(trouble): \($0)" } ?? relief)
    }
}
