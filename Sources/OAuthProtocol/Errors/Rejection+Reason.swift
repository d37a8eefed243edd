extension Rejection {
    /// The names of the case and of the fault in it, `grant.expired`, for logs: nothing that came with the request but
    /// the host, or the application, that is refused: `registrationRedirect.foreignHost evil.example`.
    package var reason: String { refusedHost.map { "\(name) \(RefusedHost.text($0))" } ?? name }

    private var refusedHost: String? {
        switch self {
        case .excludedClient(let host), .client(.excluded(let host), _): host
        case .redirect(let fault), .registrationRedirect(let fault), .registration(.redirect(let fault)),
            .clientDocument(.redirect(let fault)):
            fault.host
        case .registration(.foreignURI(_, let host)), .clientDocument(.foreignURI(_, let host)): host
        default: nil
        }
    }

    private var name: String {
        switch self {
        case .wrongMethod: "wrongMethod"
        case .oversizedBody: "oversizedBody"
        case .parameterInQuery: "parameterInQuery"
        case .repeatedParameter: "repeatedParameter"
        case .oversizedParameter: "oversizedParameter"
        case .tooManyParameters: "tooManyParameters"
        case .missingParameter(let parameter): "missingParameter.\(parameter)"
        case .malformedParameter(let parameter): "malformedParameter.\(parameter)"
        case .rateLimited: "rateLimited"
        case .unavailable(let dependency, _): "unavailable.\(dependency)"
        case .unknownClient: "unknownClient"
        case .inactiveClient: "inactiveClient"
        case .excludedClient: "excludedClient"
        case .redirect(let fault): "redirect.\(fault.name)"
        case .codeChallenge(let fault): "codeChallenge.\(fault)"
        case .resource(let fault): "resource.\(fault)"
        case .scope(let fault): "scope.\(fault)"
        case .client(let fault, _): "client.\(fault.name)"
        case .grant(let fault): "grant.\(fault)"
        case .registrationRedirect(let fault): "registrationRedirect.\(fault.name)"
        case .registration(let fault): "registration.\(fault.name)"
        case .clientDocument(let fault): "clientDocument.\(fault.name)"
        case .bearer(let fault, _): "bearer.\(fault)"
        case .login(let fault): "login.\(fault)"
        // A case without a value is told by its name.
        case .wrongContentType, .malformedForm, .unsupportedResponseType, .unsupportedResponseMode, .requestObject,
            .requestURI, .loginRequired, .interactionRequired, .deniedByUser, .upstreamRefused, .notAdmitted,
            .expiredTransaction,
            .forgedForm, .otherBrowser, .missingCookie, .severalCredentials, .unsupportedGrantType,
            .unregisteredGrantType, .registrationClosed, .registrationToken:
            "\(self)"
        }
    }
}

extension Rejection.ClientFault {
    fileprivate var name: String {
        switch self {
        case .unknown: "unknown"
        case .inactive: "inactive"
        case .excluded: "excluded"
        case .otherMethod: "otherMethod"
        case .assertion: "assertion"
        case .anonymous, .malformedBasic, .unsupportedScheme, .wrongSecret, .missingSecret, .secretOfPublicClient:
            "\(self)"
        }
    }
}

extension Rejection.MetadataFault {
    fileprivate var name: String {
        switch self {
        case .missing: "missing"
        case .wrongType: "wrongType"
        case .unsupported: "unsupported"
        case .inconsistent: "inconsistent"
        case .foreignURI: "foreignURI"
        case .notTheClients: "notTheClients"
        case .redirect: "redirect"
        case .notJSON, .notAnObject, .reservedName, .oversized, .otherIdentifier, .secretInDocument, .unreachable:
            "\(self)"
        }
    }
}

extension RedirectFault {
    fileprivate var name: String {
        switch self {
        case .missing: "missing"
        case .malformed: "malformed"
        case .foreignHost: "foreignHost"
        case .withdrawn: "withdrawn"
        case .unlistedScheme: "unlistedScheme"
        case .tooMany: "tooMany"
        case .forbiddenScheme, .userinfo, .fragment, .dotSegments, .missingHost, .plainHTTP, .unregistered, .notNative,
            .otherApplicationType, .wildcard:
            "\(self)"
        }
    }
}
