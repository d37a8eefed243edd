import ConnectorSpec
import Diagnostics
import OAuthModel
import RuntimeConfig
import WebSyntax

extension PlanKey {
    /// What strangers may do, and how long what they get lasts: as the server has it.
    static let policies: [PlanKey] = [
        PlanKey("client_uri_hosts", "further hosts for the pages that clients name at registration, comma between") {
            scope in
            .list(
                scope.plan.clientURIHosts.map(\.pattern), separator: ",",
                rule: "derived from client_uri_hosts and the profiles of clients",
                from: scope.plan.spec.clientURIHosts.map(\.span) + scope.plan.spec.clients.map(\.span))
        },
        PlanKey("issuer.enforce_client_uri_hosts", "true when such pages must be on one of those hosts") { scope in
            .optional(
                scope.plan.runtime.enforceClientURIHosts ? "true" : "false",
                writtenAt: scope.issuer.enforceClientURIHosts?.span, otherwise: "true", from: scope.issuer.span)
        },
        PlanKey("issuer.client_documents.hosts", "hosts that client documents may come from, comma between") { scope in
            let written = scope.issuer.clientDocuments?.hosts ?? []
            return .list(
                written.map(\.value.text), separator: ",", source: written.isEmpty ? .default : .written,
                rule: written.isEmpty ? "default: every public host" : "written",
                from: written.isEmpty ? [scope.issuer.span] : written.map(\.span))
        },
        PlanKey("issuer.client_documents.assertions", "whether clients may sign who they are (private_key_jwt)") {
            scope in
            .optional(
                scope.plan.issuer.assertions.rawValue, writtenAt: scope.issuer.clientDocuments?.assertions?.span,
                otherwise: "accepted where the lane cimd is offered", from: scope.issuer.span)
        },
        PlanKey("issuer.client_documents.assertion_audience", "what the aud of such a signature may be") { scope in
            .optional(
                scope.plan.runtime.clientDocuments.audience.rawValue,
                writtenAt: scope.issuer.clientDocuments?.audience?.span, otherwise: "issuer_or_token_endpoint",
                from: scope.issuer.span)
        },
        PlanKey("issuer.key", "the server's master key, by reference") { scope in
            scope.issuer.key.map {
                PlanValue(content: .secret($0.value), source: .written, rule: "written", origins: [$0.span])
            }
        },
        token("format", "opaque or jwt", \.format?.span) { $0.format.rawValue },
        token("access_lifetime", "seconds that an access token lasts", \.accessLifetime?.span) {
            String($0.accessLifetime)
        },
        token("refresh_lifetime", "seconds that a refresh token lasts unused", \.refreshLifetime?.span) {
            String($0.refreshLifetime)
        },
        token("grant_lifetime", "seconds that a consent lasts", \.grantLifetime?.span) { String($0.grantLifetime) },
        limit("registrations", "registrations of one address", \.registrations?.span) { $0.registrations.text },
        limit("authorizations", "authorization requests of one address", \.authorizations?.span) {
            $0.authorizations.text
        },
        limit("token_requests", "token requests of one address", \.tokenRequests?.span) { $0.tokenRequests.text },
        limit("unused_clients", "clients that never had a token, at one time", \.unusedClients?.span) {
            String($0.unusedClients)
        },
        limit("pending_authorizations", "authorizations under way, at one time", \.pendingAuthorizations?.span) {
            String($0.pendingAuthorizations)
        },
    ]

    private static func token(
        _ name: String, _ summary: String, _ span: @escaping @Sendable (TokensSection) -> Span?,
        _ text: @escaping @Sendable (RuntimeConfig.Tokens) -> String
    ) -> PlanKey {
        PlanKey("issuer.tokens.\(name)", summary) { scope in
            .optional(
                text(scope.plan.runtime.tokens), writtenAt: scope.issuer.tokens.flatMap(span),
                otherwise: text(scope.plan.runtime.tokens), from: scope.issuer.span)
        }
    }

    private static func limit(
        _ name: String, _ summary: String, _ span: @escaping @Sendable (LimitsSection) -> Span?,
        _ text: @escaping @Sendable (RuntimeConfig.Limits) -> String
    ) -> PlanKey {
        PlanKey("issuer.limits.\(name)", "\(summary); 0 for no limit") { scope in
            .optional(
                text(scope.plan.runtime.limits), writtenAt: scope.issuer.limits.flatMap(span),
                otherwise: text(scope.plan.runtime.limits), from: scope.issuer.span)
        }
    }
}

extension Rate {
    /// `60 in 600s`
    fileprivate var text: String { requests == 0 ? "0" : "\(requests) in \(seconds)s" }
}
