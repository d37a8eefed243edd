import JSONSyntax

extension RuntimeConfig.ClientDocuments {
    var json: JSON {
        object(
            member(ClientDocumentsKey.hosts, strings(hosts)),
            member(ClientDocumentsKey.assertions, .string(assertions.rawValue)),
            member(ClientDocumentsKey.audience, .string(audience.rawValue)))
    }
}

extension RuntimeConfig.Limits {
    var json: JSON {
        object(
            member(LimitsKey.registrations, registrations.json), member(LimitsKey.authorizations, authorizations.json),
            member(LimitsKey.tokenRequests, tokenRequests.json),
            member(LimitsKey.unusedClients, .number(JSONNumber(unusedClients))),
            member(LimitsKey.pendingAuthorizations, .number(JSONNumber(pendingAuthorizations))))
    }
}

extension RuntimeConfig.Rate {
    fileprivate var json: JSON {
        object(
            member(RateKey.requests, .number(JSONNumber(requests))),
            member(RateKey.seconds, .number(JSONNumber(seconds))))
    }
}

extension RuntimeConfig.ServiceToken {
    var json: JSON {
        object(
            member(ServiceTokenKey.label, .string(label)), member(ServiceTokenKey.token, token.json),
            member(ServiceTokenKey.subject, .string(subject)), member(ServiceTokenKey.resource, .string(resource)),
            member(ServiceTokenKey.scopes, strings(scopes)))
    }
}

extension RuntimeConfig.ServiceToken.Token {
    fileprivate var json: JSON {
        switch self {
        case .sha256(let digest): object(member(TokenKey.sha256, .string(digest)))
        case .secret(let secret): secret.json
        }
    }
}

extension RuntimeConfig.DomainProof {
    var json: JSON {
        object(
            member(DomainProofKey.host, .string(host)), member(DomainProofKey.path, .string(path)),
            member(DomainProofKey.text, .string(text)))
    }
}
