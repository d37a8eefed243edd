import ConfigLanguages
import ConnectorPlan
import RuntimeConfig
import WebSyntax

/// The request headers by which an application could take somebody's word for who is calling.
///
/// nginx passes on what a client sends unless a location says otherwise, and a location that sets one header
/// inherits none. So every proxied location sets or blanks all that its upstream may read (auth-server.md §9).
enum IdentityHeaders {
    /// What the verifier says of the token, and the variable that keeps it for the request.
    static let verified: [(header: NginxArgument, variable: NginxVariable, answer: NginxVariable)] = [
        (VerificationContract.subject, subjectVariable),
        (VerificationContract.issuer, NginxVariable("cg_issuer")),
        (VerificationContract.client, NginxVariable("cg_client")),
        (VerificationContract.scopes, NginxVariable("cg_scopes")),
    ].map { (NginxArgument(headerName: $0), $1, NginxVariable(answerHeader: $0)) }

    /// Whose token it is.
    static let subjectVariable = NginxVariable("cg_subject")

    /// The whole `WWW-Authenticate` of a 403, which nginx does not relay by itself, and that for a 401 of the
    /// application.
    static let challenge = NginxVariable("cg_challenge")
    static let challengeAnswer = NginxVariable(answerHeader: VerificationContract.challenge)

    /// The `Authorization` of a token of the application's own; empty for every other, which stays at the edge.
    static let authorization = NginxVariable("cg_authorization")
    static let authorizationAnswer = NginxVariable(answerHeader: VerificationContract.authorization)

    /// The origin that may read the answer to its preflight. Only a preflight has one, and no preflight reaches an
    /// application.
    static let origin = NginxArgument(headerName: VerificationContract.origin)
    static let originVariable = NginxVariable("cg_origin")
    static let originAnswer = NginxVariable(answerHeader: VerificationContract.origin)

    /// Which resource the verifier is asked about, and for which method.
    static let subrequest = [resource, originalMethod]
    static let resource = NginxArgument(headerName: VerificationContract.resource)
    static let originalMethod = NginxArgument(headerName: VerificationContract.originalMethod)

    /// Where a request was for, in words that nginx does not set itself.
    static let forwarding: [NginxArgument] = ["Forwarded", "X-Forwarded-Uri", "X-Forwarded-Prefix"]

    /// Headers by which other gateways say who is calling, or what for. An application may believe any of them; our own
    /// server reads none. nginx takes no wildcards, so these are the names in use.
    static let foreign: [NginxArgument] = [
        "X-Auth-Subject", "X-Auth-Client", "X-Auth-Scope", "X-Auth-Resource", "X-Auth-User", "X-Auth-Request-User",
        "X-Auth-Request-Email", "X-Auth-Request-Groups", "X-Auth-Request-Access-Token", "X-User", "X-User-Id",
        "X-User-Email", "X-User-Name", "X-User-Roles", "X-User-Token", "X-Forwarded-User", "X-Forwarded-Email",
        "X-Forwarded-Groups", "X-Forwarded-Access-Token", "X-Original-URI", "X-Original-URL", "X-Rewrite-URL",
        "X-Remote-User", "Remote-User", "X-Authorization",
    ]

    /// By which some frameworks take one method for another, behind the back of whoever judged the first.
    static let methods: [NginxArgument] = ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"]

    /// For an application whose caller has been verified, by the names that it reads: the token stays at the edge, but
    /// for one of its own where it has such. What clients send by one of the other names does not reach it either.
    static func set(_ names: IdentityNames, passesTokens: Bool) -> [NginxDirective] {
        let told = [names.subject, names.issuer, names.client, names.scopes].map { NginxArgument(headerName: $0) }
        let others = (verified.map(\.header) + foreign).filter { name in
            !told.contains { $0.text.matchesIgnoringCase(name.text) }
        }
        var directives = zip(told, verified).map { NginxDirective("proxy_set_header", [$0, .variable($1.variable)]) }
        directives.append(NginxDirective("proxy_set_header", [origin, .variable(originVariable)]))
        directives.append(
            passesTokens
                ? NginxDirective("proxy_set_header", ["Authorization", .variable(authorization)])
                : blank("Authorization"))
        directives.append(oneOrigin)
        return directives + (subrequest + forwarding + others + methods).map(blank)
    }

    /// For an application that nginx verifies nobody for.
    static let blanked: [NginxDirective] =
        [oneOrigin] + (verified.map(\.header) + [origin] + subrequest + forwarding + foreign + methods).map(blank)

    /// For our own server.
    static let blankedForServer: [NginxDirective] =
        (verified.map(\.header) + [origin] + subrequest + forwarding).map(blank)

    /// The application reads the `Origin` that was judged, and no second one behind it.
    private static let oneOrigin = NginxDirective("proxy_set_header", ["Origin", .variable(.origin)])

    /// For an application on the origin where people sign in: the cookies of the sign-in are not for it, nor is it to
    /// plant one. nginx cannot take some cookies out of the field in a way that holds for every spelling of it.
    static let noCookies = [
        blank("Cookie"), NginxDirective("proxy_hide_header", ["Set-Cookie"]),
    ]

    private static func blank(_ header: NginxArgument) -> NginxDirective {
        NginxDirective("proxy_set_header", [header, ""])
    }
}
