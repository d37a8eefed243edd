import OAuthModel
import RuntimeConfig
import WebSyntax

extension AuthorizationRequest {
    /// Whose request it is, which has to be known before anything else can be judged.
    /// `defaultClient` is that of the legacy alias the request came by, and nil on the canonical path.
    package static func clientID(
        in parameters: ParameterList, defaultClient: String? = nil
    ) throws(AuthorizationRefusal) -> String {
        do throws(Rejection) {
            guard let id = try parameters.value(.clientID) ?? defaultClient else { throw .missingParameter(.clientID) }
            guard id.utf8.allSatisfy(\.isPrintable) else { throw .malformedParameter(.clientID) }
            return id
        } catch {
            throw AuthorizationRefusal(error, at: .page)
        }
    }

    /// Judges a request in the order in which its faults matter: who asks and where the answer goes first, then the
    /// rest, whose faults are answered by redirect. `client` is the record of ``clientID(in:defaultClient:)``, nil when
    /// there is none.
    package init(
        _ parameters: ParameterList, clientID: String, client: ClientRecord?, policy: AuthorizationPolicy
    ) throws(AuthorizationRefusal) {
        let client = try Self.active(client, id: clientID)
        let redirect: RedirectURI
        do throws(Rejection) {
            redirect = try Self.redirect(try parameters.value(.redirectURI), of: client)
        } catch {
            throw AuthorizationRefusal(error, at: .page)
        }
        // A state that came twice or is too long cannot be given back.
        let state = (try? parameters.value(.state)) ?? nil
        do throws(Rejection) {
            try parameters.checkRepetition()
            try Self.checkProtocol(parameters)
            let challenge = try Self.challenge(parameters)
            try Self.checkExtensions(parameters, policy)
            let requested = try Self.requestedScopes(parameters)
            let resource = try Self.resource(parameters, requested, client, policy)
            self.init(
                clientID: client.id, redirectURI: redirect.text, state: try parameters.value(.state),
                challenge: challenge, resource: resource.resource,
                scopes: try Self.scopes(requested, resource, client, policy), nonce: try parameters.value(.nonce),
                prompt: try Prompt(parameters.value(.prompt) ?? ""), maxAge: try Self.maxAge(parameters))
        } catch {
            throw AuthorizationRefusal(
                error, at: .redirect(RedirectTarget(redirectURI: redirect.text, state: state)))
        }
    }

    private static func active(_ client: ClientRecord?, id: String) throws(AuthorizationRefusal) -> ClientRecord {
        guard let client else { throw AuthorizationRefusal(.unknownClient(id: id), at: .page) }
        if let host = client.excludedFor { throw AuthorizationRefusal(.excludedClient(host: host), at: .page) }
        guard client.status != .ignored, client.grantTypes.contains(.authorizationCode) else {
            throw AuthorizationRefusal(.inactiveClient(id: id), at: .page)
        }
        return client
    }

    private static func redirect(_ sent: String?, of client: ClientRecord) throws(Rejection) -> RedirectURI {
        do throws(RedirectFault) { return try client.redirect(sent) } catch { throw .redirect(error) }
    }

    private static func checkProtocol(_ parameters: ParameterList) throws(Rejection) {
        let type = try parameters.required(.responseType)
        guard type.hasSameBytes(as: "code") else { throw .unsupportedResponseType }
    }

    private static func challenge(_ parameters: ParameterList) throws(Rejection) -> CodeChallenge {
        let challenge = try parameters.value(.codeChallenge)
        let method = try parameters.value(.codeChallengeMethod)
        do throws(CodeChallenge.Fault) {
            return try CodeChallenge(challenge, method: method)
        } catch {
            throw .codeChallenge(error)
        }
    }

    private static func checkExtensions(_ parameters: ParameterList, _ policy: AuthorizationPolicy) throws(Rejection) {
        if let mode = try parameters.value(.responseMode), ResponseMode(rawValue: mode) == nil {
            throw .unsupportedResponseMode
        }
        if !parameters.values(.request).isEmpty { throw .requestObject }
        if !parameters.values(.requestURI).isEmpty { throw .requestURI }
    }

    private static func resource(
        _ parameters: ParameterList, _ scopes: [String], _ client: ClientRecord, _ policy: AuthorizationPolicy
    ) throws(Rejection) -> RuntimeConfig.Resource {
        if let named = try policy.resources.resource(parameters.values(.resource)) { return named }
        return try policy.resources.implied(by: scopes, of: client)
    }

    private static func requestedScopes(_ parameters: ParameterList) throws(Rejection) -> [String] {
        guard parameters.values(.scope).allSatisfy({ $0.utf8.count <= ParameterName.scope.limit }) else {
            throw .scope(.malformed)
        }
        return try Scopes.parsed(parameters.value(.scope) ?? "")
    }

    /// Seconds, in decimal digits alone.
    private static func maxAge(_ parameters: ParameterList) throws(Rejection) -> Int? {
        guard let text = try parameters.value(.maxAge) else { return nil }
        guard text.utf8.count <= 10, text.utf8.allSatisfy(\.isDigit), let seconds = Int(text) else {
            throw .malformedParameter(.maxAge)
        }
        return seconds
    }

    private static func scopes(
        _ requested: [String], _ resource: RuntimeConfig.Resource, _ client: ClientRecord,
        _ policy: AuthorizationPolicy
    ) throws(Rejection) -> [String] {
        // Whoever gets no refresh token cannot have `offline_access`, and is not refused for asking (OpenID Connect
        // Core §11).
        let requested = requested.filter { client.refreshes || $0 != Scopes.offlineAccess }
        // A request that names no scope means all that the resource asks for, as its challenge says.
        return requested.isEmpty
            ? client.allowed(of: resource.scopes)
            : try Scopes.narrowed(requested, to: policy.grantableScopes(resource, for: client))
    }
}
