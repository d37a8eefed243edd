import HTTPServer
import OAuthModel
import OAuthProtocol
import RuntimeConfig

/// What the world sees through nginx: the metadata documents, the OAuth endpoints, and whether the server is well.
struct PublicListener: Listener {
    let name = "public"
    private let documents: MetadataCatalogue
    private let proofs: [RuntimeConfig.DomainProof]
    private let endpoints: EndpointTable
    private let handlers: EndpointHandlers
    private let health: Health

    /// `flow` is nil where this server issues no tokens, and so has no endpoints.
    init(_ config: RuntimeConfig, flow: AuthorizationFlow? = nil, health: Health) {
        documents = MetadataCatalogue(config.documents)
        proofs = config.domainProofs
        endpoints = EndpointTable(config)
        handlers = EndpointHandlers(flow)
        self.health = health
    }

    func route(_ request: HTTPRequest) -> Route {
        if document(request) != nil { return .metadata }
        if let found = endpoints.endpoint(at: request.path) { return .endpoint(found.name.rawValue) }
        if proof(request) != nil { return .domainProof }
        return health.route(request.path) ?? .unknown
    }

    func answer(_ request: HTTPRequest, _ route: Route) async -> HTTPResponse {
        switch route {
        case .metadata:
            document(request).map { MetadataAnswer(document: $0).response(to: request) } ?? CommonAnswers.notFound
        case .domainProof: proof(request).map { answer(request, $0) } ?? CommonAnswers.notFound
        case .live, .ready: await health.answer(request, route)
        case .endpoint: await endpoint(request)
        case .verification, .preflight, .unknown: CommonAnswers.notFound
        }
    }

    private func endpoint(_ request: HTTPRequest) async -> HTTPResponse {
        guard let found = endpoints.endpoint(at: request.path) else { return CommonAnswers.notFound }
        return await handlers.answer(request, at: found)
    }

    private func document(_ request: HTTPRequest) -> MetadataCatalogue.Document? {
        documents.document(host: request.headers["Host"], path: request.path)
    }

    /// The text by which somebody else can see that the host is ours; nginx has it too.
    private func proof(_ request: HTTPRequest) -> RuntimeConfig.DomainProof? {
        proofs.first { proof in
            guard proof.path == request.path, let host = request.headers["Host"]?.lowercased() else { return false }
            return host == proof.host || host.hasPrefix(proof.host + ":")
        }
    }

    private func answer(_ request: HTTPRequest, _ proof: RuntimeConfig.DomainProof) -> HTTPResponse {
        guard request.method == .get || request.method == .head else {
            return CommonAnswers.methodNotAllowed([.get, .head])
        }
        return HTTPResponse(
            200, headers: ["Content-Type": "text/plain", "X-Content-Type-Options": "nosniff"], text: proof.text)
    }
}
