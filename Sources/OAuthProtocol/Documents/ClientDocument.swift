import JSONSyntax
import OAuthModel
import RuntimeConfig
import WebSyntax

/// Reads client metadata documents.
package enum ClientDocument {
    /// The client that a document describes, which has at most ``ClientDocumentPolicy/longest`` bytes and names the
    /// URL it came from as its `client_id`, byte for byte.
    package static func record(
        _ body: [UInt8], from url: ClientDocumentURL, policy: ClientDocumentPolicy
    ) throws(Rejection) -> ClientRecord {
        do throws(Rejection.MetadataFault) {
            return try judged(MetadataReader(body, longest: ClientDocumentPolicy.longest), url, policy)
        } catch {
            throw .clientDocument(error)
        }
    }

    private static func judged(
        _ reader: MetadataReader, _ url: ClientDocumentURL, _ policy: ClientDocumentPolicy
    ) throws(Rejection.MetadataFault) -> ClientRecord {
        guard let id = try reader.text("client_id") else { throw .missing(member: "client_id") }
        guard id.hasSameBytes(as: url.text) else { throw .otherIdentifier }
        guard !reader.contains("client_secret"), !holdsPrivateKey(reader.object("jwks")) else {
            throw .secretInDocument
        }
        let redirects = try redirects(reader, url, policy)
        let method = try authMethod(reader, policy)
        let keysURI = try keysURI(reader, url, policy, isNeeded: method == .privateKeyJWT)
        let name = try reader.text("client_name", longest: .max).flatMap(DisplayName.cleaned)
        return ClientRecord(
            id: id, origin: .document, name: name ?? "",
            redirects: redirects.map(RegisteredRedirect.init(registering:)),
            authMethods: [method], grantTypes: try grantTypes(reader),
            applicationType: redirects.contains { $0.kind != .https } ? .native : .web, keysURI: keysURI)
    }

    /// On the document's own origin, on this machine, or as registration would take it.
    private static func redirects(
        _ reader: MetadataReader, _ url: ClientDocumentURL, _ policy: ClientDocumentPolicy
    ) throws(Rejection.MetadataFault) -> [RedirectURI] {
        let texts = try reader.texts("redirect_uris") ?? []
        do throws(RedirectFault) {
            return try policy.registration.redirects(texts) { url.isSameOrigin(as: $0.uri) }
        } catch {
            throw .redirect(error)
        }
    }

    /// What both sides have: `none` where that is offered, unless the policy wants signatures.
    ///
    /// Documents name one method, a list of methods, or both, and then the list counts as well as the one.
    private static func authMethod(
        _ reader: MetadataReader, _ policy: ClientDocumentPolicy
    ) throws(Rejection.MetadataFault) -> AuthenticationMethod {
        let one = try reader.text("token_endpoint_auth_method", longest: 64)
        let several = try reader.texts("token_endpoint_auth_methods_supported")
        let offered = Set((one.map { [$0] } ?? []) + (several ?? []))
        guard offered.allSatisfy({ !$0.utf8.starts(with: "client_secret".utf8) }) else { throw .secretInDocument }
        let advertised = policy.registration.authMethods
        let canSign = offered.contains("private_key_jwt") && advertised.contains(.privateKeyJWT)
        if canSign, policy.requiresAssertion || !offered.contains("none") { return .privateKeyJWT }
        let isOpen = offered.isEmpty || offered.contains("none")
        guard isOpen, advertised.contains(.none), !policy.requiresAssertion else {
            throw .unsupported(member: "token_endpoint_auth_method")
        }
        return .none
    }

    /// Where the keys are of a client that signs or may sign. One that needs no keys may leave them out.
    private static func keysURI(
        _ reader: MetadataReader, _ url: ClientDocumentURL, _ policy: ClientDocumentPolicy, isNeeded: Bool
    ) throws(Rejection.MetadataFault) -> String? {
        guard policy.registration.authMethods.contains(.privateKeyJWT) else { return nil }
        guard let text = try reader.text("jwks_uri") else {
            if isNeeded { throw .missing(member: "jwks_uri") }
            return nil
        }
        guard policy.registration.admits(uri: text, mustBeTrusted: false), let uri = try? AbsoluteURI(text),
            url.isSameOrigin(as: uri) || policy.registration.admits(uri: text, mustBeTrusted: true)
        else { throw .foreignURI(member: "jwks_uri", host: RegistrationPolicy.host(ofHTTPS: text)) }
        return text
    }

    /// Grants that this server does not have are left out; a document that names only such is of no use here.
    private static func grantTypes(_ reader: MetadataReader) throws(Rejection.MetadataFault) -> Set<GrantType> {
        guard let names = try reader.texts("grant_types") else { return [.authorizationCode, .refreshToken] }
        let types = Set(names.compactMap(GrantType.init))
        guard types.contains(.authorizationCode) else { throw .inconsistent(member: "grant_types") }
        return types
    }

    private static func holdsPrivateKey(_ keySet: JSON?) -> Bool {
        let keys = keySet?["keys"]?.array ?? []
        return keys.contains { key in ["d", "p", "q", "k", "dp", "dq", "qi", "oth"].contains { key[$0] != nil } }
    }
}
