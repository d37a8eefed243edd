import HTTPServer
import OAuthProtocol
import RuntimeConfig

/// What the world sees through nginx: the metadata documents, the OAuth endpoints, and whether the server is well.
struct PublicListener: Listener {
    let name = "public"
    private let documents: MetadataCatalogue
    private let proofs: [RuntimeConfig.DomainProof]
    private let endpoints: EndpointTable
    /// Nil where this server issues no tokens, and so has no endpoints.
    private let dispatcher: EndpointDispatcher?
    private let health: Health

    init(_ config: RuntimeConfig, dispatcher: EndpointDispatcher? = nil, health: Health) {
        documents = MetadataCatalogue(config.documents)
        proofs = config.domainProofs
        endpoints = EndpointTable(config)
        self.dispatcher = dispatcher
        self.health = health
    }

    func route(_ request: HTTPRequest) -> PublicRoute {
        if let document = document(request) { return .metadata(document) }
        if let target = endpoints.target(at: request.path) { return .endpoint(target) }
        if let proof = proof(request) { return .domainProof(proof) }
        return health.check(at: request.path).map(PublicRoute.health) ?? .unknown
    }

    func answer(_ request: HTTPRequest, _ route: PublicRoute) async -> HTTPResponse {
        switch route {
        case .metadata(let document): MetadataAnswer(document: document).response(to: request)
        case .endpoint(let target): await dispatcher?.answer(request, at: target) ?? CommonAnswers.notFound
        case .domainProof(let proof): answer(request, proof)
        case .health(let check): await health.answer(request, check)
        case .unknown: CommonAnswers.notFound
        }
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
