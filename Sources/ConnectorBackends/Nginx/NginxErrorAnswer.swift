import ConfigLanguages
import ConnectorPlan
import ConnectorSpec
import Diagnostics

/// What nginx answers by itself on OAuth paths and transports: JSON in each case, since clients parse nothing else, and
/// readable by the pages that may call there, whoever owns CORS for the answers of the server behind.
///
/// Each is a named location that returns one literal. That is why an `error_page` may lead to it even from a location
/// behind `auth_request`: there is nothing that could be reached without a token. 401 and 403 keep their status
/// whatever the named location says (no `=`), and the challenge of the verifier stays with its 401.
enum NginxErrorAnswer: Int, CaseIterable, Hashable {
    case unauthorized, forbidden, notAllowed, preflight, tooLarge, tooMany, unavailable

    static func ofTransport(isVerified: Bool) -> [NginxErrorAnswer] {
        isVerified ? ofVerifiedTransport : ofEndpoint
    }
    private static let ofVerifiedTransport: [NginxErrorAnswer] = [.unauthorized, .forbidden] + ofEndpoint
    static let ofEndpoint: [NginxErrorAnswer] = [.tooLarge, .tooMany, .unavailable]
    /// Of a document that a server has.
    static let ofServer: [NginxErrorAnswer] = [.unavailable]
    static let ofDocument: [NginxErrorAnswer] = [.notAllowed]
    /// Of a document that another authorization server has, beside those of a server.
    static let ofForeignDocument: [NginxErrorAnswer] = [.notAllowed, .preflight]

    /// `error_page 413 = @connectorgen_dexter_too_large_1;` where pages of the first list of origins may read it.
    func page(_ list: Int?, of deployment: String) throws(Unrepresentable) -> NginxDirective {
        NginxDirective("error_page", statuses + [try name(list, of: deployment)])
    }

    private var statuses: [NginxArgument] {
        switch self {
        case .unauthorized: ["401"]
        case .forbidden: ["403"]
        // Of a document that everybody may read, where nothing but its methods is refused.
        case .notAllowed, .preflight: ["403", "="]
        case .tooLarge: ["413", "="]
        case .tooMany: ["429", "="]
        case .unavailable: ["500", "502", "504", "="]
        }
    }

    /// Server blocks hold the locations of all deployments of a host.
    private func name(_ list: Int?, of deployment: String) throws(Unrepresentable) -> NginxArgument {
        let word =
            switch self {
            case .unauthorized: "unauthorized"
            case .forbidden: "forbidden"
            case .notAllowed: "not_allowed"
            case .preflight: "preflight"
            case .tooLarge: "too_large"
            case .tooMany: "too_many"
            case .unavailable: "unavailable"
            }
        return try .literal("@connectorgen_\(deployment)_\(word)" + (list.map { "_\($0)" } ?? ""))
    }

    private var comment: String {
        switch self {
        case .unauthorized: "a request without a good token"
        case .forbidden: "a token with too little scope, a page of a foreign origin, or a path with two meanings"
        case .notAllowed: "a method that a document does not have"
        case .preflight: "a preflight of a document that another authorization server has"
        case .tooLarge: "a request body over the limit"
        case .tooMany: "more requests than a limit allows"
        case .unavailable: "a server behind nginx is away"
        }
    }

    private var answer: NginxDirective {
        switch self {
        case .unauthorized: NginxDirective("return", ["401", #"{"error":"invalid_token"}"#])
        case .forbidden: NginxDirective("return", ["403", #"{"error":"access_denied"}"#])
        case .notAllowed: NginxDirective("return", ["405", #"{"error":"method_not_allowed"}"#])
        case .preflight: NginxDirective("return", ["204"])
        case .tooLarge:
            NginxDirective(
                "return",
                ["413", #"{"error":"invalid_request","error_description":"the request body is too large"}"#])
        case .tooMany: NginxDirective("return", ["429", #"{"error":"temporarily_unavailable"}"#])
        case .unavailable: NginxDirective("return", ["503", #"{"error":"temporarily_unavailable"}"#])
        }
    }

    /// What all of them say.
    static let common = [
        NginxDirective("default_type", ["application/json"]), NginxDirective("types", block: NginxBlock()),
        NginxDirective("charset", ["off"]), NginxDirective("add_header", ["Cache-Control", "no-store", "always"]),
    ]

    private func location(
        _ list: Int?, of deployment: String, _ origins: NginxOriginMaps, _ folder: NginxSnippetFolder
    ) throws(Unrepresentable) -> NginxDirective {
        let shared = self == .preflight ? NginxSnippets.Shared.preflight : .answer
        var directives = [try folder.include(shared.rawValue)]
        switch self {
        case .tooMany, .unavailable: directives.append(NginxDirective("add_header", ["Retry-After", "5", "always"]))
        case .forbidden:
            directives.append(
                NginxDirective("add_header", ["WWW-Authenticate", .variable(IdentityHeaders.challenge), "always"]))
        case .notAllowed:
            directives += [
                NginxDirective("add_header", ["Allow", Self.readingMethods, "always"]),
                NginxDirective("add_header", ["Access-Control-Allow-Origin", "*", "always"]),
            ]
        case .preflight, .unauthorized, .tooLarge: break
        }
        if let list {
            let origin = try origins.variable(list)
            directives += [
                NginxDirective("add_header", ["Access-Control-Allow-Origin", .variable(origin), "always"]),
                NginxDirective("add_header", ["Access-Control-Expose-Headers", Self.exposedHeaders, "always"]),
                NginxDirective("add_header", ["Vary", "Origin", "always"]),
            ]
        }
        return NginxDirective("location", [try name(list, of: deployment)], block: NginxBlock(directives + [answer]))
    }

    /// Of what nginx answers from a literal.
    static let readingMethods: NginxArgument = "GET, HEAD, OPTIONS"

    /// What a document says that has these methods alone. `return` answers whatever the method is, and comes before
    /// rules of access; but the methods that `limit_except` does not name leave the location, its `return` with it, for
    /// a configuration of their own, and that refuses them. There is no `if`, and no other answer to be reached.
    static let readOnly = reading("GET", "OPTIONS")

    private static func reading(_ methods: NginxArgument...) -> [NginxDirective] {
        [
            NginxDirective("satisfy", ["all"]),
            NginxDirective("limit_except", methods, block: NginxBlock([NginxDirective("deny", ["all"])])),
        ]
    }

    /// What a document says that another server has: it is asked for nothing but the document. A preflight would be told
    /// there of the headers that the server itself knows, and `MCP-Protocol-Version` is none of Keycloak's; so whatever
    /// is no GET leaves the location, first for the answer to a preflight, and from there, where it is none, for a 405.
    static func readOnlyAtServer(of deployment: String) throws(Unrepresentable) -> [NginxDirective] {
        reading("GET") + [
            NginxDirective("recursive_error_pages", ["on"]), try preflight.page(nil, of: deployment),
        ]
    }

    /// What the answer to a preflight says besides; whatever asks for anything else is refused.
    static func preflighted(of deployment: String) throws(Unrepresentable) -> [NginxDirective] {
        reading("OPTIONS") + [try notAllowed.page(nil, of: deployment)] + pagesOfAll
    }

    /// Public documents may be read by every page, whatever it asks for beforehand.
    static let pagesOfAll = [
        NginxDirective("add_header", ["Access-Control-Allow-Origin", "*", "always"]),
        NginxDirective("add_header", ["Access-Control-Allow-Methods", readingMethods, "always"]),
        NginxDirective(
            "add_header",
            ["Access-Control-Allow-Headers", "Authorization, Content-Type, MCP-Protocol-Version", "always"]),
    ]

    /// What pages may read of an answer besides what they always may (Fetch §3.2.3).
    static let exposedHeaders: NginxArgument = "Mcp-Session-Id, Retry-After, WWW-Authenticate"
}

extension NginxErrorAnswer {
    /// `answers`, and `answers-1` for those that pages of the first list of origins may read.
    static func snippetName(_ list: Int?) -> String { "answers" + (list.map { "-\($0)" } ?? "") }

    /// The named locations of some answers, which server blocks include.
    static func snippet(
        _ answers: Set<NginxErrorAnswer>, _ list: Int?, of deployment: String, _ origins: NginxOriginMaps,
        _ folder: NginxSnippetFolder, from spans: [Span]
    ) throws(Unrepresentable) -> NginxSnippet {
        let readers = list == nil ? "no page of another origin" : "pages of allowed origins"
        let parts = try allCases.filter(answers.contains).map { answer throws(Unrepresentable) in
            NginxSnippet.Part(answer.comment, from: spans, [try answer.location(list, of: deployment, origins, folder)])
        }
        return NginxSnippet(
            snippetName(list), "Included by the server blocks: what nginx says itself, which \(readers) may read.",
            parts)
    }
}

extension Route {
    /// The answers that its location leads to, by the list of origins whose pages may read them; none without answers.
    func errorAnswers(
        _ plan: DeploymentPlan, _ nginx: NginxPlan, _ origins: NginxOriginMaps
    ) -> [(answers: [NginxErrorAnswer], list: Int?)] {
        switch action {
        case .transport(let index), .messages(let index):
            let resource = plan.resources[index]
            return [
                (NginxErrorAnswer.ofTransport(isVerified: resource.verification == .edge), origins.list(of: resource))
            ]
        case .endpoint, .legacyAlias, .issuer: return [(NginxErrorAnswer.ofEndpoint, origins.endpointList)]
        case .external:
            return [
                (NginxErrorAnswer.ofServer, origins.endpointList), (NginxErrorAnswer.ofForeignDocument, nil),
            ]
        case .document where nginx.metadata == .proxied: return [(NginxErrorAnswer.ofServer, origins.endpointList)]
        case .document, .domainProof: return [(NginxErrorAnswer.ofDocument, nil)]
        case .acmeChallenge, .notFound: return []
        }
    }
}
