import HTTPServer
import OAuthProtocol
import RuntimeConfig

/// A request to an OAuth endpoint, with what is known of the way it came.
struct EndpointCall: Sendable {
    let request: HTTPRequest
    /// The legacy alias it came by; nil on the canonical path.
    let alias: RuntimeConfig.Alias?
    /// The client whose configuration is asked for, as the path names it; nil at every other endpoint.
    let configuredClient: String?
    let now: UnixTime

    init(
        _ request: HTTPRequest, alias: RuntimeConfig.Alias? = nil, configuredClient: String? = nil, now: UnixTime
    ) {
        self.request = request
        self.alias = alias
        self.configuredClient = configuredClient
        self.now = now
    }

    /// The address of the client as nginx tells it (`X-Real-IP`). It is believed, because nobody else reaches this
    /// listener, and nginx replaces whatever a client sends.
    var clientAddress: String { request.headers["X-Real-IP"] ?? request.remoteAddress }

    var query: ParameterList { ParameterList(request.query) }

    /// The form of the body, once the head of the request was found to be that of a form.
    func form() throws(Rejection) -> ParameterList {
        try FormHead(
            method: request.method.rawValue, contentTypes: request.headers.values(of: "Content-Type"), query: query
        ).check()
        return try bodyParameters()
    }

    /// A form of one of our pages, in which no field is repeated.
    func ownForm() throws(Rejection) -> ParameterList {
        let form = try form()
        try form.checkRepetition()
        return form
    }

    /// The body read as a form, whatever its head says.
    func bodyParameters() throws(Rejection) -> ParameterList {
        do throws(FormParameters.Failure) {
            return ParameterList(try FormParameters(decoding: request.body, limit: ParameterList.longest))
        } catch {
            throw switch error {
            case .tooMany: .tooManyParameters(limit: ParameterList.longest)
            case .malformed: .malformedForm
            case .repeated(let name): .repeatedParameter(name)
            }
        }
    }
}

extension ParameterList {
    init(_ form: FormParameters) {
        self.init(form.pairs.map { Parameter($0.name, $0.value) })
    }
}
