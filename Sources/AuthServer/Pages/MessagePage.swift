import ConfigLanguages
import OAuthProtocol
import Templates

/// Says what went wrong and what to do. Nothing of the request is repeated on it.
struct MessagePage: Page {
    enum Kind: Hashable, Sendable {
        case expired, unknownClient, redirect, request, otherBrowser, missingCookie, denied, notFound, failure,
            notAdmitted
        /// Seconds.
        case tooMany(retryAfter: Int)
        /// Seconds.
        case unavailable(retryAfter: Int)
    }

    var kind: Kind
    var status: Int
    var fields: [ResponseField] = []
    /// The code and the sentence of the protocol, for whoever looks after the application.
    var detail: String?

    init(_ kind: Kind, status: Int) {
        self.kind = kind
        self.status = status
    }

    /// The page for a refused request.
    init(_ rejection: Rejection) {
        let wire = rejection.wire
        kind = Kind(rejection)
        status = wire.pageStatus
        // A page is nothing that a program could authenticate to.
        fields = wire.fields.filter { $0.name != "WWW-Authenticate" }
        detail = "\(wire.code.rawValue): \(wire.description)"
    }

    func title(_ templates: PageTemplates) -> Fragment<HTMLLanguage> { templates.text(kind.texts.heading) }

    func main(_ templates: PageTemplates) throws -> Fragment<HTMLLanguage> {
        let detail = detail.map { text in
            HTMLNode.element(.p, [.text(.class, "detail")], [.element(.code, [], [.text(text)])])
        }
        return try templates.render(
            .message,
            [
                "heading": templates.text(kind.texts.heading),
                "explanation": templates.text(kind.texts.explanation, kind.values),
                "detail": .lines(detail.map { [$0] } ?? []),
            ])
    }
}

extension MessagePage.Kind {
    fileprivate var texts: (heading: PageText, explanation: PageText) {
        switch self {
        case .expired: (.expiredTitle, .expiredText)
        case .unknownClient: (.unknownClientTitle, .unknownClientText)
        case .redirect: (.redirectTitle, .redirectText)
        case .request: (.requestTitle, .requestText)
        case .otherBrowser: (.otherBrowserTitle, .otherBrowserText)
        case .missingCookie: (.missingCookieTitle, .missingCookieText)
        case .denied: (.deniedTitle, .deniedText)
        case .notFound: (.notFoundTitle, .notFoundText)
        case .failure: (.failureTitle, .failureText)
        case .notAdmitted: (.notAdmittedTitle, .notAdmittedText)
        case .tooMany: (.tooManyTitle, .tooManyText)
        case .unavailable: (.unavailableTitle, .unavailableText)
        }
    }

    fileprivate var values: [String: String] {
        switch self {
        case .tooMany(let seconds), .unavailable(let seconds): ["seconds": String(seconds)]
        default: [:]
        }
    }

    /// What a person is told of a refusal: what they can do about it, which is less than a log wants to know.
    init(_ rejection: Rejection) {
        self =
            switch rejection {
            case .expiredTransaction: .expired
            case .unknownClient, .inactiveClient, .excludedClient, .clientDocument, .client: .unknownClient
            case .redirect, .registrationRedirect: .redirect
            case .forgedForm, .otherBrowser: .otherBrowser
            case .missingCookie: .missingCookie
            case .deniedByUser: .denied
            case .rateLimited(let seconds): .tooMany(retryAfter: seconds)
            case .unavailable(_, let seconds): .unavailable(retryAfter: seconds)
            case .login(.foreign): .request
            case .upstreamRefused, .login: .failure
            case .notAdmitted: .notAdmitted
            case .wrongMethod, .wrongContentType, .malformedForm, .oversizedBody, .parameterInQuery, .repeatedParameter,
                .oversizedParameter, .tooManyParameters, .missingParameter, .malformedParameter,
                .unsupportedResponseType, .codeChallenge, .unsupportedResponseMode, .requestObject, .requestURI,
                .resource, .scope, .loginRequired, .interactionRequired, .severalCredentials, .unsupportedGrantType,
                .unregisteredGrantType, .grant, .registrationClosed, .registration, .registrationToken, .bearer:
                .request
            }
    }
}
