import HTTPServer
import OAuthProtocol
import RuntimeConfig

/// What the world sees through nginx: the metadata documents, and whether the server is well.
struct PublicListener: Listener {
    let name = "public"
    private let documents: MetadataCatalogue
    private let endpoints: EndpointTable
    private let health: Health

    init(_ config: RuntimeConfig, health: Health) {
        documents = MetadataCatalogue(config.documents)
        endpoints = EndpointTable(config)
        self.health = health
    }

    func route(_ request: HTTPRequest) -> Route {
        if document(request) != nil { return .metadata }
        if let endpoint = endpoints[request.path] { return .endpoint(endpoint.name) }
        return health.route(request.path) ?? .unknown
    }

    func answer(_ request: HTTPRequest, _ route: Route) async -> HTTPResponse {
        switch route {
        case .metadata:
            document(request).map { MetadataAnswer(document: $0).response(to: request) } ?? CommonAnswers.notFound
        case .live, .ready: health.answer(request, route)
        case .endpoint, .verification, .preflight, .unknown: CommonAnswers.notFound
        }
    }

    private func document(_ request: HTTPRequest) -> MetadataCatalogue.Document? {
        documents.document(host: request.headers["Host"], path: request.path)
    }
}
