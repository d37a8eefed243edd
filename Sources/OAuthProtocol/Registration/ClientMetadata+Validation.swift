import OAuthModel
import RuntimeConfig
import WebSyntax

extension ClientMetadata {
    /// Judges the body of a registration (RFC 7591 §3.1). Members that are not the client's to choose (`client_id`,
    /// `client_secret`, `registration_access_token`) and unknown ones are ignored.
    package init(registration body: [UInt8], policy: RegistrationPolicy) throws(Rejection) {
        do throws(Rejection.MetadataFault) {
            let reader = try MetadataReader(body, longest: RegistrationPolicy.longestBody)
            self = try Self.judged(reader, policy)
        } catch {
            switch error {
            case .redirect(let fault): throw .registrationRedirect(fault)
            default: throw .registration(error)
            }
        }
    }

    static func judged(
        _ reader: MetadataReader, _ policy: RegistrationPolicy
    ) throws(Rejection.MetadataFault) -> ClientMetadata {
        let named = try applicationType(reader)
        let redirects = try redirects(reader, policy, of: named)
        let keysURI = try keysURI(reader, policy)
        let method = try authMethod(reader, policy, keysURI: keysURI)
        return ClientMetadata(
            redirectURIs: redirects.map(\.text), authMethod: method,
            namesAuthMethod: reader.contains("token_endpoint_auth_method"), grantTypes: try grantTypes(reader),
            applicationType: named ?? (redirects.contains { $0.kind != .https } ? .native : .web),
            scopes: try scopes(reader, policy), name: try name(reader, policy),
            clientURI: try page(reader, "client_uri", policy), logoURI: try page(reader, "logo_uri", policy),
            termsURI: try page(reader, "tos_uri", policy), policyURI: try page(reader, "policy_uri", policy),
            keysURI: method == .privateKeyJWT ? keysURI : nil, softwareID: try reader.text("software_id", longest: 256),
            softwareVersion: try reader.text("software_version", longest: 256))
    }

    private static func redirects(
        _ reader: MetadataReader, _ policy: RegistrationPolicy, of type: ClientRecord.ApplicationType?
    ) throws(Rejection.MetadataFault) -> [RedirectURI] {
        let texts = try reader.texts("redirect_uris") ?? []
        do throws(RedirectFault) { return try policy.redirects(texts, of: type) } catch { throw .redirect(error) }
    }

    /// What the client says that it is. Where it says nothing its redirects do: loopback and private-use ones make a
    /// native application, which may have `https` ones as well (OpenID Connect Registration §2).
    private static func applicationType(
        _ reader: MetadataReader
    ) throws(Rejection.MetadataFault) -> ClientRecord.ApplicationType? {
        guard let name = try reader.text("application_type", longest: 64) else { return nil }
        guard let type = ClientRecord.ApplicationType(rawValue: name) else {
            throw .unsupported(member: "application_type")
        }
        return type
    }

    private static func authMethod(
        _ reader: MetadataReader, _ policy: RegistrationPolicy, keysURI: String?
    ) throws(Rejection.MetadataFault) -> AuthenticationMethod {
        let member = "token_endpoint_auth_method"
        guard let name = try reader.text(member, longest: 64) else { return .clientSecretBasic }
        guard let method = AuthenticationMethod(rawValue: name), policy.authMethods.contains(method) else {
            throw .unsupported(member: member)
        }
        if method == .privateKeyJWT, keysURI == nil { throw .missing(member: "jwks_uri") }
        return method
    }

    /// Flows that bring tokens through the browser, and `password`, are refused; other grants and response types that
    /// this server does not have are left out, as RFC 7591 §2 lets a server do.
    private static func grantTypes(_ reader: MetadataReader) throws(Rejection.MetadataFault) -> [GrantType] {
        let responseTypes = try reader.texts("response_types") ?? ["code"]
        guard responseTypes.contains("code"),
            !responseTypes.contains(where: { $0.utf8.suffix(5).elementsEqual("token".utf8) })
        else { throw .unsupported(member: "response_types") }
        guard let names = try reader.texts("grant_types") else { return [.authorizationCode, .refreshToken] }
        guard !names.contains("implicit"), !names.contains("password") else {
            throw .unsupported(member: "grant_types")
        }
        let types = names.compactMap(GrantType.init)
        guard types.contains(.authorizationCode) else { throw .inconsistent(member: "grant_types") }
        return GrantType.allCases.filter(types.contains)
    }

    private static func scopes(
        _ reader: MetadataReader, _ policy: RegistrationPolicy
    ) throws(Rejection.MetadataFault) -> [String]? {
        guard let text = try reader.text("scope", longest: 4_096) else { return nil }
        let parsed: [String]
        do throws(Rejection) { parsed = try Scopes.parsed(text) } catch { throw .unsupported(member: "scope") }
        let allowed = Set(policy.grantableScopes)
        let narrowed = parsed.filter { allowed.contains($0) }
        return narrowed.isEmpty ? nil : narrowed
    }

    private static func name(
        _ reader: MetadataReader, _ policy: RegistrationPolicy
    ) throws(Rejection.MetadataFault) -> String? {
        guard let name = try reader.text("client_name", longest: .max).flatMap(DisplayName.cleaned) else { return nil }
        guard !policy.reservedNames.contains(where: { $0.matchesIgnoringCase(name) }) else { throw .reservedName }
        return name
    }

    private static func page(
        _ reader: MetadataReader, _ member: String, _ policy: RegistrationPolicy
    ) throws(Rejection.MetadataFault) -> String? {
        guard let text = try reader.text(member) else { return nil }
        guard policy.admits(page: text) else {
            throw .foreignURI(member: member, host: RegistrationPolicy.host(ofHTTPS: text))
        }
        return text
    }

    /// The server itself asks there, so that it has to be a trusted host.
    private static func keysURI(
        _ reader: MetadataReader, _ policy: RegistrationPolicy
    ) throws(Rejection.MetadataFault) -> String? {
        guard let text = try reader.text("jwks_uri") else { return nil }
        guard policy.admits(uri: text, mustBeTrusted: true) else {
            throw .foreignURI(member: "jwks_uri", host: RegistrationPolicy.host(ofHTTPS: text))
        }
        return text
    }
}
