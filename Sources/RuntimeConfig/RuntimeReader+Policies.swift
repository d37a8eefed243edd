import JSONSyntax

/// The objects of `RuntimeConfig+Policies`.
extension RuntimeReader {
    mutating func clientDocuments(_ place: RuntimePlace) -> RuntimeConfig.ClientDocuments? {
        guard let object = object(place, ClientDocumentsKey.self) else { return nil }
        let hosts = list(object, .hosts) { $0.text($1) }
        let assertions = choice(object, .assertions, RuntimeConfig.Assertions.self)
        let audience = choice(object, .audience, RuntimeConfig.AssertionAudience.self)
        guard let hosts, let assertions, let audience else { return nil }
        return RuntimeConfig.ClientDocuments(hosts: hosts, assertions: assertions, audience: audience)
    }

    mutating func limits(_ place: RuntimePlace) -> RuntimeConfig.Limits? {
        guard let object = object(place, LimitsKey.self) else { return nil }
        let registrations = rate(object, .registrations)
        let authorizations = rate(object, .authorizations)
        let tokenRequests = rate(object, .tokenRequests)
        let unusedClients = count(object, .unusedClients)
        let pendingAuthorizations = count(object, .pendingAuthorizations)
        guard let registrations, let authorizations, let tokenRequests, let unusedClients, let pendingAuthorizations
        else { return nil }
        return RuntimeConfig.Limits(
            registrations: registrations, authorizations: authorizations, tokenRequests: tokenRequests,
            unusedClients: unusedClients, pendingAuthorizations: pendingAuthorizations)
    }

    private mutating func rate(_ limits: RuntimeObject<LimitsKey>, _ key: LimitsKey) -> RuntimeConfig.Rate? {
        guard let place = required(limits, key), let object = object(place, RateKey.self) else { return nil }
        let requests = count(object, .requests)
        let seconds = seconds(object, .seconds)
        guard let requests, let seconds else { return nil }
        return RuntimeConfig.Rate(requests: requests, seconds: seconds)
    }

    mutating func serviceToken(_ place: RuntimePlace) -> RuntimeConfig.ServiceToken? {
        guard let object = object(place, ServiceTokenKey.self) else { return nil }
        let label = text(object, .label)
        let token = required(object, .token).flatMap { self.token($0) }
        let subject = text(object, .subject)
        let resource = text(object, .resource)
        let scopes = list(object, .scopes) { $0.text($1) }
        guard let label, let token, let subject, let resource, let scopes else { return nil }
        return RuntimeConfig.ServiceToken(
            label: label, token: token, subject: subject, resource: resource, scopes: scopes)
    }

    /// `{"sha256": HEX}` or a reference to the secret.
    private mutating func token(_ place: RuntimePlace) -> RuntimeConfig.ServiceToken.Token? {
        guard case .object(let members) = place.node.content,
            members.contains(where: { $0.name == TokenKey.sha256.rawValue })
        else { return secret(place).map { .secret($0) } }
        guard let object = object(place, TokenKey.self) else { return nil }
        guard members.count == 1 else {
            note(
                .runtimeBadValue,
                "`\(place.path.text)` has \(members.count) members, expected one of `sha256`, `env` and `file`",
                at: place)
            return nil
        }
        guard let digest = object[.sha256], let text = text(digest) else { return nil }
        guard text.utf8.count == 64, text.utf8.allSatisfy(Self.isLowerHexDigit) else {
            // What is no digest may be the token.
            note(
                .runtimeBadValue, "`\(digest.path.text)` is no SHA-256, expected 64 lower-case hexadecimal digits",
                at: digest)
            return nil
        }
        return .sha256(text)
    }

    private static func isLowerHexDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }

    mutating func domainProof(_ place: RuntimePlace) -> RuntimeConfig.DomainProof? {
        guard let object = object(place, DomainProofKey.self) else { return nil }
        let host = text(object, .host)
        let path = path(object, .path)
        let proof = text(object, .text)
        guard let host, let path, let proof else { return nil }
        return RuntimeConfig.DomainProof(host: host, path: path, text: proof)
    }
}
