import HTTPClient
import HTTPServer
import OAuthModel
import OAuthProtocol
import OAuthStoreMemory
import OAuthStores
import RuntimeConfig

@testable import AuthServer

/// A fetcher with answers of its own, which counts what it is asked.
final class ScriptedFetcher: DocumentFetcher {
    struct Question: Hashable, Sendable {
        let url: String
        let entityTag: String?
    }

    typealias Answer = @Sendable (Question) throws(HTTPClientError) -> HTTPClientResponse

    private struct State {
        var answer: Answer
        var questions: [Question] = []
        var isHeld = false
        var held: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Locked<State>

    init(_ answer: @escaping Answer) {
        state = Locked(State(answer: answer))
    }

    var questions: [Question] { state.withLock { $0.questions } }
    var count: Int { questions.count }

    func answer(by answer: @escaping Answer) {
        state.withLock { $0.answer = answer }
    }

    /// Answers nobody until ``release()``.
    func hold() {
        state.withLock { $0.isHeld = true }
    }

    func release() {
        let held = state.withLock { state in
            state.isHeld = false
            defer { state.held = [] }
            return state.held
        }
        for continuation in held { continuation.resume() }
    }

    func document(
        at url: String, entityTag: String?, longestBody: Int
    ) async throws(HTTPClientError) -> HTTPClientResponse {
        let question = Question(url: url, entityTag: entityTag)
        state.withLock { $0.questions.append(question) }
        await withCheckedContinuation { continuation in
            let isHeld = state.withLock { state in
                if state.isHeld { state.held.append(continuation) }
                return state.isHeld
            }
            if !isHeld { continuation.resume() }
        }
        return try state.withLock { $0.answer }(question)
    }
}

/// ``ClientDocuments`` over a scripted fetcher and a clock that stands still.
struct DocumentsFixture: Sendable {
    static let id = "https://client.example/oauth/client.json"
    static let keysID = "https://client.example/jwks.json"

    let fetcher: ScriptedFetcher
    let clock = ManualClock()
    let store = MemoryOAuthStore()
    let failures = Locked<[DocumentFailure]>([])
    let documents: ClientDocuments

    init(
        _ fields: [String: String] = ["cache-control": "max-age=60"], limits: DocumentLimits = DocumentLimits(),
        hosts: Set<String>? = nil
    ) {
        fetcher = ScriptedFetcher { (question) throws(HTTPClientError) in Self.good(question.url, fields) }
        documents = Self.documents(fetcher, store, clock, failures, limits: limits, hosts: hosts)
    }

    private static func documents(
        _ fetcher: ScriptedFetcher, _ store: MemoryOAuthStore, _ clock: ManualClock,
        _ failures: Locked<[DocumentFailure]>, limits: DocumentLimits = DocumentLimits(), hosts: Set<String>? = nil,
        trustedHosts: [String] = []
    ) -> ClientDocuments {
        var config = Sample.config()
        config.trustedHosts += trustedHosts
        config.documents = [
            RuntimeConfig.Document(
                kind: .authorizationServer,
                body: #"{"token_endpoint_auth_methods_supported":["none","private_key_jwt"]}"#, etag: "\"1\"",
                locations: [])
        ]
        let policy = ClientDocumentPolicy(
            registration: RegistrationPolicy(config, policy: AuthorizationPolicy(config)), documentHosts: hosts)
        return ClientDocuments(
            policy: policy, fetcher: fetcher, store: store, limits: limits, clock: clock.clock
        ) { _, failure in failures.withLock { $0.append(failure) } }
    }

    /// The same store after a restart.
    func restarted(
        limits: DocumentLimits = DocumentLimits(), hosts: Set<String>? = nil, trustedHosts: [String] = []
    ) -> ClientDocuments {
        Self.documents(fetcher, store, clock, failures, limits: limits, hosts: hosts, trustedHosts: trustedHosts)
    }

    static func body(_ url: String, _ members: String = "") -> [UInt8] {
        Array(#"{"client_id":"\#(url)","client_name":"Client","redirect_uris":["\#(url)/cb"]\#(members)}"#.utf8)
    }

    static func answer(_ body: [UInt8], _ fields: [String: String] = [:], status: Int = 200) -> HTTPClientResponse {
        HTTPClientResponse(
            status: status, fields: fields.map { HTTPClientResponse.Field(name: $0.key, value: $0.value) }, body: body)
    }

    static func good(_ url: String, _ fields: [String: String] = [:]) -> HTTPClientResponse {
        answer(body(url), fields)
    }

    func resolve(
        _ url: String = id, for purpose: ClientDocuments.Purpose = .authorization, from address: String = "192.0.2.1",
        lacksSomething: Bool = false, in documents: ClientDocuments? = nil
    ) async throws(Rejection) -> ClientRecord {
        guard let url = ClientDocumentURL(url) else { throw .unknownClient(id: url) }
        return try await (documents ?? self.documents).client(
            url, for: purpose, asker: ClientAddress(address), lacksSomething: lacksSomething)
    }

    func rejection(
        _ url: String = id, for purpose: ClientDocuments.Purpose = .authorization, from address: String = "192.0.2.1",
        in documents: ClientDocuments? = nil
    ) async -> Rejection? {
        do throws(Rejection) {
            _ = try await resolve(url, for: purpose, from: address, in: documents)
            return nil
        } catch {
            return error
        }
    }

    func goDown(_ error: HTTPClientError = .unreachable) {
        fetcher.answer { (_) throws(HTTPClientError) in throw error }
    }
}
