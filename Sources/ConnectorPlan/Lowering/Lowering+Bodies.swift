import ConnectorSpec
import Diagnostics
import JSONSyntax
import OAuthModel
import RuntimeConfig
import WebSyntax

extension Lowering {
    /// Protected resource metadata (RFC 9728 §2), members in the order of the RFC.
    func protectedResource(_ identifier: String, of resource: ResourcePlan, issuer: IssuerPlan) -> JSON {
        var members = [
            JSONMember("resource", .string(identifier)),
            JSONMember("authorization_servers", .array([.string(issuer.url)])),
        ]
        // An empty list makes clients ask for nothing, or for a scope without a name; no list is better.
        if !resource.scopes.isEmpty { members.append(JSONMember("scopes_supported", .strings(resource.scopes))) }
        members.append(JSONMember("bearer_methods_supported", .strings(["header"])))
        return .object(members)
    }

    /// Authorization server metadata (RFC 8414 §2): the same body at every URL it is served from.
    func authorizationServer(_ issuer: IssuerPlan, client: String?) -> JSON {
        var members = [JSONMember("issuer", .string(issuer.url))]
        members += endpointMembers(issuer)
        members += capabilityMembers(issuer)
        if let client {
            members.append(JSONMember("mcp", .object([JSONMember("client_id", .string(client))])))
            members.append(JSONMember("mcp.client_id", .string(client)))
        }
        return .object(members)
    }

    /// OpenID provider metadata (OpenID Connect Discovery 1.0 §3), complete or not at all.
    func openIDConfiguration(_ issuer: IssuerPlan) -> JSON {
        var members = [JSONMember("issuer", .string(issuer.url))]
        members += endpointMembers(issuer)
        if let url = issuer.endpoints[.userinfo] { members.append(JSONMember("userinfo_endpoint", .string(url))) }
        members += capabilityMembers(issuer)
        members.append(JSONMember("subject_types_supported", .strings(["public"])))
        members.append(
            JSONMember("id_token_signing_alg_values_supported", .strings([TokenFormat.idTokenAlgorithm])))
        let claims = ["iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "at_hash"]
        let address = issuer.scopesSupported.contains("email") ? ["email", "email_verified"] : []
        members.append(JSONMember("claims_supported", .strings(claims + address)))
        // Left out, it would mean true.
        members.append(JSONMember("request_uri_parameter_supported", .bool(false)))
        return .object(members)
    }

    private func endpointMembers(_ issuer: IssuerPlan) -> [JSONMember] {
        let names: [(String, EndpointName)] = [
            ("authorization_endpoint", .authorize), ("token_endpoint", .token), ("registration_endpoint", .register),
            ("revocation_endpoint", .revoke), ("introspection_endpoint", .introspect), ("jwks_uri", .jwks),
        ]
        return names.compactMap { member, name in issuer.endpoints[name].map { JSONMember(member, .string($0)) } }
    }

    private func capabilityMembers(_ issuer: IssuerPlan) -> [JSONMember] {
        var members = [
            JSONMember("response_types_supported", .strings(["code"])),
            JSONMember("response_modes_supported", .strings(ResponseMode.allCases.map(\.rawValue))),
            JSONMember("grant_types_supported", .strings(GrantType.allCases.map(\.rawValue))),
            JSONMember("code_challenge_methods_supported", .strings(["S256"])),
        ]
        members += authenticationMembers("token", issuer.authMethods)
        members += authenticationMembers("revocation", issuer.authMethods)
        // Whoever asks about tokens has to prove who that is.
        members += authenticationMembers("introspection", issuer.authMethods.filter { $0 != .none })
        members.append(JSONMember("scopes_supported", .strings(issuer.scopesSupported)))
        if issuer.registrationMethods.contains(.cimd) {
            members.append(JSONMember("client_id_metadata_document_supported", .bool(true)))
        }
        // RFC 9207 §3: every authorization response of ours carries `iss`.
        members.append(JSONMember("authorization_response_iss_parameter_supported", .bool(true)))
        return members
    }

    /// Where signatures are a method, their algorithms have to be said too (RFC 8414 §2).
    private func authenticationMembers(_ endpoint: String, _ methods: [AuthenticationMethod]) -> [JSONMember] {
        var members = [
            JSONMember("\(endpoint)_endpoint_auth_methods_supported", .strings(methods.map(\.rawValue)))
        ]
        if methods.contains(.privateKeyJWT) {
            members.append(
                JSONMember(
                    "\(endpoint)_endpoint_auth_signing_alg_values_supported",
                    .strings(ClientAssertions.algorithms)))
        }
        return members
    }

    /// The one client id that the server's document advertises: of the connector at the issuer's own URL, else the
    /// only one there is.
    func advertisedClient(_ issuer: IssuerPlan) -> Located<ClientID>? {
        let candidates = spec.advertisableClients
        return candidates.count == 1 ? candidates.first : nil
    }
}

extension Lowering {
    /// What the authorization server's document says comes from here: the issuer, the advertised client, the
    /// registration methods, other endpoint paths, and the first mention of each scope.
    func serverOrigins(_ plan: IssuerPlan, client: Located<ClientID>?) -> [Span] {
        let issuer = spec.issuer
        var spans = plan.$url.origins
        if let client { spans.append(client.span) }
        spans += plan.$registrationMethods.writtenOrigins + plan.$dcr.writtenOrigins
        if let assertions = issuer.clientDocuments?.assertions { spans.append(assertions.span) }
        spans += EndpointName.allCases.compactMap { issuer.endpoints[$0]?.span }
        return spans + plan.$scopesSupported.origins
    }
}

extension JSON {
    static func strings(_ items: [String]) -> JSON { .array(items.map { .string($0) }) }
}
