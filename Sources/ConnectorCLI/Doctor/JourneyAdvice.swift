import ClientModel

/// What usually lies behind a failure, what to do about it, and where that is written.
struct JourneyAdvice {
    let cause: String
    let fix: String
    let reference: String

    init(_ kind: JourneyFailure.Kind) {
        (cause, fix, reference) =
            switch kind {
            case .unreachable:
                (
                    "the name, the address, the port or the certificate is not what a client can use",
                    "make the URL answer from outside by https", "MCP transports"
                )
            case .notChallenged:
                (
                    "no route leads this path to the MCP server, or something in front of it answers first",
                    "let `POST` without a token reach what answers 401", "RFC 6750, section 3"
                )
            case .challengeMissing:
                (
                    "the proxy or the server drops the field (`auth_request`, `error_page`, a CDN)",
                    "send `WWW-Authenticate: Bearer resource_metadata=\"…\"` with every 401", "RFC 9728, section 5.1"
                )
            case .resourceMetadataFailed:
                (
                    "an error of a server says nothing about whether there is a document",
                    "answer 200 with the document, or 404", "RFC 9728, section 3.2"
                )
            case .resourceMetadataUnreadable:
                (
                    "a front page answers every path, or the document lacks a member",
                    "serve JSON with `resource` and `authorization_servers`", "RFC 9728, section 2"
                )
            case .resourceMismatch:
                (
                    "`resource` is not the URL that people type in",
                    "name the URL of the MCP server byte for byte, with its path and without a slash at its end",
                    "RFC 9728, section 3.3"
                )
            case .serverMetadataMissing:
                (
                    "the document is not where the issuer's path puts it, or `authorization_servers` holds the URL of a "
                        + "document instead of an issuer",
                    "serve it at `/.well-known/oauth-authorization-server` with the issuer's path behind, and name the issuer",
                    "RFC 8414, section 3.1"
                )
            case .serverMetadataFailed:
                (
                    "what serves the document is down or not reached", "answer 200, or 404 where it is not",
                    "RFC 8414, section 3.2"
                )
            case .serverMetadataUnreadable:
                (
                    "a front page answers every path, or the document lacks a member",
                    "serve JSON with `issuer`, `authorization_endpoint` and `token_endpoint`", "RFC 8414, section 2"
                )
            case .issuerMismatch:
                (
                    "one issuer is written in two ways: a slash at the end, another host, a copied document",
                    "use one issuer, byte for byte, in the resource metadata and in the document",
                    "RFC 8414, section 3.3"
                )
            case .codeChallengeMissing:
                (
                    "the provider does not say that it takes PKCE",
                    "list `code_challenge_methods_supported: [\"S256\"]`",
                    "MCP authorization; RFC 7636"
                )
            case .responseTypeMissing:
                ("the document is not complete", "list `response_types_supported: [\"code\"]`", "RFC 8414, section 2")
            case .registrationMissing:
                (
                    "the provider registers nobody, or a redirect leads to a document without the endpoint",
                    "serve `registration_endpoint`, or give people a client id to type in", "RFC 7591"
                )
            case .registrationFailed, .registrationUnusable:
                (
                    "a policy refuses this client's redirect URI, scope or authentication method",
                    "allow what it registers with", "RFC 7591, section 3.2"
                )
            case .authorizationFailed:
                (
                    "the sign-in ended without a code", "look into the log of the authorization server",
                    "RFC 6749, section 4.1.2"
                )
            case .issuerParameterMismatch, .issuerParameterMissing, .issuerParameterUnadvertised:
                (
                    "what is sent as `iss` and what is advertised are two things",
                    "send the issuer byte for byte, and advertise that it is sent", "RFC 9207, section 2"
                )
            case .tokenFailed:
                ("the code is not taken", "look into the log of the authorization server", "RFC 6749, section 5.2")
            case .stillUnauthorized:
                (
                    "the token is not for this resource: its audience, issuer or signature is another",
                    "compare `aud` with `resource` and `iss` with the issuer", "RFC 8707"
                )
            }
    }
}
