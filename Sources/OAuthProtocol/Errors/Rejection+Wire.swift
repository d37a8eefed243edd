extension Rejection {
    /// The one place where reasons become words on the wire.
    package var wire: WireError {
        switch self {
        case .wrongMethod(let allowed):
            WireError(
                .invalidRequest, "the method is not allowed here", status: 405,
                fields: [ResponseField("Allow", allowed.joined(separator: ", "))])
        case .wrongContentType:
            WireError(.invalidRequest, "the content type is not the one this endpoint reads", status: 415)
        case .malformedForm:
            WireError(.invalidRequest, "the form is malformed")
        case .oversizedBody:
            WireError(.invalidRequest, "the body is too large", status: 413)
        case .parameterInQuery:
            WireError(.invalidRequest, "parameters belong into the body")
        case .repeatedParameter:
            WireError(.invalidRequest, "a parameter is repeated")
        case .oversizedParameter, .tooManyParameters:
            WireError(.invalidRequest, "a parameter is too long or there are too many")
        case .missingParameter(let name):
            WireError(.invalidRequest, "\(name.rawValue) is missing")
        case .malformedParameter(let name):
            WireError(.invalidRequest, "\(name.rawValue) is malformed")
        case .rateLimited(let seconds):
            WireError(
                .temporarilyUnavailable, "too many requests", status: 429,
                fields: [ResponseField("Retry-After", String(seconds))])
        case .unavailable(_, let seconds):
            WireError(
                .temporarilyUnavailable, "try again later", fields: [ResponseField("Retry-After", String(seconds))])

        case .unknownClient, .inactiveClient, .clientDocument:
            WireError(.invalidClient, "the client is not known here")
        case .excludedClient(let host):
            WireError(.invalidClient, "the client is not admitted any more, for \(RefusedHost.text(host))")
        case .redirect(.withdrawn(let host)):
            WireError(.invalidRequest, "redirect_uri is not admitted any more, for \(RefusedHost.text(host))")
        case .redirect:
            WireError(.invalidRequest, "redirect_uri is missing, malformed or not registered")
        case .unsupportedResponseType:
            WireError(.unsupportedResponseType, "response_type must be code")
        case .codeChallenge:
            WireError(.invalidRequest, "PKCE with an S256 code_challenge is required")
        case .unsupportedResponseMode:
            WireError(.invalidRequest, "response_mode is not supported")
        case .requestObject:
            WireError(.requestNotSupported, "request is not supported")
        case .requestURI:
            WireError(.requestURINotSupported, "request_uri is not supported")
        case .resource(.ambiguous):
            WireError(.invalidTarget, "this server has several resources: send resource to say which one is meant")
        case .resource:
            WireError(.invalidTarget, "resource is not one this server issues tokens for")
        case .scope:
            WireError(.invalidScope, "scope is malformed or nothing of it can be granted")
        case .loginRequired:
            WireError(.loginRequired, "the user is not signed in")
        case .interactionRequired:
            WireError(.interactionRequired, "the user has to agree first")
        case .deniedByUser:
            WireError(.accessDenied, "the user did not agree")
        case .login(.foreign):
            WireError(.invalidRequest, "the answer is not of the login provider")
        case .login(.stale):
            WireError(.loginRequired, "the user did not sign in anew")
        case .notAdmitted:
            WireError(.accessDenied, "the user is not admitted")
        case .upstreamRefused, .login:
            WireError(.serverError, "the login did not succeed")

        case .expiredTransaction:
            WireError(.invalidRequest, "the request has expired; start again from the application")
        case .forgedForm, .otherBrowser:
            WireError(.accessDenied, "the form does not belong to this browser")
        case .missingCookie:
            WireError(.accessDenied, "the browser sent no cookie with the form")

        case .client(_, let basic):
            WireError(
                .invalidClient, "client authentication failed",
                fields: basic ? [ResponseField("WWW-Authenticate", "Basic realm=\"oauth\", charset=\"UTF-8\"")] : [])
        case .severalCredentials:
            WireError(.invalidRequest, "a client authenticates by one method at a time")
        case .unsupportedGrantType:
            WireError(.unsupportedGrantType, "grant_type is not supported")
        case .unregisteredGrantType:
            WireError(.unauthorizedClient, "the client did not register for this grant_type")
        case .grant(.redirectMismatch):
            WireError(.invalidGrant, "redirect_uri is not the one of the authorization request")
        case .grant:
            WireError(.invalidGrant, "the grant is unknown, expired, used or of another client")

        case .registrationClosed:
            WireError(.accessDenied, "registration is closed")
        case .registrationRedirect(let fault):
            Self.wire(fault)
        case .registration(let fault):
            Self.wire(fault)
        case .registrationToken:
            WireError(
                .invalidToken, "the registration access token is missing or wrong",
                fields: [ResponseField("WWW-Authenticate", "Bearer error=\"invalid_token\"")])
        case .bearer(let fault, let challenge):
            Self.wire(fault, challenge)
        }
    }

    private static func wire(_ fault: MetadataFault) -> WireError {
        switch fault {
        case .notJSON, .notAnObject: WireError(.invalidClientMetadata, "the body must be one JSON object")
        case .oversized: WireError(.invalidClientMetadata, "the body is too large", status: 413)
        case .missing(let member): WireError(.invalidClientMetadata, "\(member) is missing")
        case .wrongType(let member): WireError(.invalidClientMetadata, "\(member) has the wrong type")
        case .unsupported(let member): WireError(.invalidClientMetadata, "\(member) has a value that is not supported")
        case .inconsistent(let member): WireError(.invalidClientMetadata, "\(member) contradicts another member")
        case .foreignURI(let member, let host?):
            WireError(
                .invalidClientMetadata,
                "\(member) is on \(RefusedHost.text(host)), which trusted_hosts"
                    + (member == "jwks_uri" ? " does not list" : " and client_uri_hosts do not list"))
        case .foreignURI(let member, nil):
            WireError(.invalidClientMetadata, "\(member) is not an https URL of a trusted host")
        case .notTheClients(let member): WireError(.invalidClientMetadata, "\(member) is not the client's to set")
        case .reservedName: WireError(.invalidClientMetadata, "client_name is reserved")
        case .redirect(let fault): wire(fault)
        case .otherIdentifier: WireError(.invalidClientMetadata, "client_id is another one")
        case .unreachable: WireError(.invalidClientMetadata, "the document cannot be had")
        case .secretInDocument: WireError(.invalidClientMetadata, "secrets do not belong here")
        }
    }

    private static func wire(_ fault: RedirectFault) -> WireError {
        let text =
            switch fault {
            case .foreignHost(let host):
                "a redirect URI is on \(RefusedHost.text(host)), which trusted_hosts does not list"
            case .unlistedScheme(let application):
                "a redirect URI is of \(RefusedHost.text(application)), which trusted_redirects does not list"
            case .otherApplicationType: "an application of type web has https redirect URIs only"
            case .tooMany(let limit): "there are more than \(limit) redirect URIs"
            default: "a redirect URI is missing, malformed or not allowed here"
            }
        return WireError(.invalidRedirectURI, text)
    }

    private static func wire(_ fault: BearerFault, _ challenge: BearerChallenge) -> WireError {
        let field = ResponseField("WWW-Authenticate", challenge.fieldValue)
        return switch fault {
        case .missing: WireError(.invalidToken, "an access token is required", fields: [field])
        case .invalid, .otherAudience: WireError(.invalidToken, "the access token is not valid here", fields: [field])
        case .insufficientScope: WireError(.insufficientScope, "the access token has too little scope", fields: [field])
        }
    }
}
