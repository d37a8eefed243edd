import JSONSyntax

extension RuntimeConfig {
    /// The file that `connectorgen-auth` reads: pretty JSON, members in a fixed order, a newline at the end.
    ///
    /// The body of a document is kept as the object that it is; printing that compactly gives the bytes
    /// of `body` back, when `body` was printed so.
    package func encoded(banner: String) -> [UInt8] {
        let members: [JSONMember?] = [
            member(RootKey.comment, .string(banner)),
            member(RootKey.schemaVersion, .number(JSONNumber(Self.schemaVersion))),
            member(RootKey.name, .string(name)),
            member(RootKey.mode, .string(mode.rawValue)),
            member(RootKey.issuer, .string(issuer)),
            member(RootKey.listen, .string(listen)),
            member(RootKey.privateListen, .string(privateListen)),
            behindProxy ? member(RootKey.behindProxy, .bool(true)) : nil,
            key.map { member(RootKey.key, $0.json) },
            member(RootKey.resources, .array(resources.map(\.json))),
            member(RootKey.endpoints, .array(endpoints.map(\.json))),
            member(RootKey.documents, .array(documents.map(\.json))),
            member(RootKey.lanes, .array(lanes.map { .string($0.rawValue) })),
            member(RootKey.dcr, .string(dcr.rawValue)),
            member(RootKey.clients, .array(clients.map(\.json))),
            member(RootKey.redirects, .array(redirects.map(\.json))),
            member(RootKey.trustedHosts, strings(trustedHosts)),
            member(RootKey.pageHosts, strings(pageHosts)),
            member(RootKey.clientURIsMustMatch, .bool(clientURIsMustMatch)),
            member(RootKey.clientDocuments, clientDocuments.json),
            member(RootKey.legacyAliases, .array(legacyAliases.map(\.json))),
            login.map { member(RootKey.login, $0.json) },
            users.map { member(RootKey.users, $0.json) },
            onPasswordChange == .endGrants
                ? nil : member(RootKey.onPasswordChange, .string(onPasswordChange.rawValue)),
            store.map { member(RootKey.store, $0.json) },
            member(RootKey.tokens, tokens.json),
            member(RootKey.limits, limits.json),
            member(RootKey.serviceTokens, .array(serviceTokens.map(\.json))),
            member(RootKey.domainProofs, .array(domainProofs.map(\.json))),
        ]
        return JSON.object(members.compactMap(\.self)).encoded(.pretty, finalNewline: true)
    }
}

func member(_ key: some RuntimeKey, _ value: JSON) -> JSONMember { JSONMember(key.rawValue, value) }

func strings(_ values: [String]) -> JSON { .array(values.map { .string($0) }) }

/// An object of the members that are there.
func object(_ members: JSONMember?...) -> JSON { .object(members.compactMap(\.self)) }

extension RuntimeConfig.Resource {
    fileprivate var json: JSON {
        object(
            member(ResourceKey.name, .string(name)), member(ResourceKey.resource, .string(resource)),
            member(ResourceKey.spellings, strings(spellings)),
            member(ResourceKey.metadataURL, .string(metadataURL)), member(ResourceKey.scopes, strings(scopes)),
            clientID.map { member(ResourceKey.clientID, .string($0)) },
            member(ResourceKey.allowedOrigins, strings(allowedOrigins)))
    }
}

extension RuntimeConfig.Endpoint {
    fileprivate var json: JSON {
        object(member(EndpointKey.name, .string(name)), member(EndpointKey.path, .string(path)))
    }
}

extension RuntimeConfig.Document {
    fileprivate var json: JSON {
        object(
            member(DocumentKey.kind, .string(kind)), member(DocumentKey.etag, .string(etag)),
            member(DocumentKey.locations, .array(locations.map(\.json))), member(DocumentKey.body, parsedBody))
    }

    /// A body that is no JSON goes out as a string, which the decoder refuses by name.
    private var parsedBody: JSON {
        do throws(JSONError) { return try JSON.parse(Array(body.utf8)) } catch { return .string(body) }
    }
}

extension RuntimeConfig.Document.Location {
    fileprivate var json: JSON {
        object(member(LocationKey.host, .string(host)), member(LocationKey.path, .string(path)))
    }
}

extension RuntimeConfig.Client {
    fileprivate var json: JSON {
        object(
            member(ClientKey.id, .string(id)), member(ClientKey.label, .string(label)),
            member(ClientKey.status, .string(status)),
            member(ClientKey.authMethods, strings(authMethods.map(\.rawValue))),
            secret.map { member(ClientKey.secret, $0.json) },
            keysURL.map { member(ClientKey.keysURL, .string($0)) },
            member(ClientKey.scopes, strings(scopes)), member(ClientKey.introspects, .bool(introspects)),
            member(ClientKey.redirects, .array(redirects.map(\.json))))
    }
}

extension RuntimeConfig.Redirect {
    fileprivate var json: JSON {
        object(member(RedirectKey.uri, .string(uri)), member(RedirectKey.match, .string(match.rawValue)))
    }
}

extension RuntimeConfig.Alias {
    fileprivate var json: JSON {
        object(
            member(AliasKey.path, .string(path)), member(AliasKey.endpoint, .string(endpoint)),
            member(AliasKey.sunset, .string(sunset)),
            defaultClient.map { member(AliasKey.defaultClient, .string($0)) })
    }
}

extension RuntimeConfig.Login {
    fileprivate var json: JSON {
        object(
            member(LoginKey.provider, .string(provider)), member(LoginKey.issuer, .string(issuer)),
            member(LoginKey.clientID, .string(clientID)),
            clientSecret.map { member(LoginKey.clientSecret, $0.json) }, member(LoginKey.scopes, strings(scopes)),
            member(LoginKey.parameters, .array(parameters.map(\.json))))
    }
}

extension RuntimeConfig.Login.Parameter {
    fileprivate var json: JSON {
        object(member(ParameterKey.name, .string(name)), member(ParameterKey.value, .string(value)))
    }
}

extension RuntimeConfig.Secret {
    var json: JSON {
        switch self {
        case .environment(let name): object(member(SecretKey.env, .string(name)))
        case .file(let path): object(member(SecretKey.file, .string(path)))
        }
    }
}

extension RuntimeConfig.Store {
    fileprivate var json: JSON {
        switch self {
        case .sqlite(let path): object(member(StoreKey.sqlite, .string(path)))
        case .postgres(let secret): object(member(StoreKey.postgres, secret.json))
        }
    }
}

extension RuntimeConfig.Tokens {
    fileprivate var json: JSON {
        object(
            member(TokensKey.format, .string(format)),
            member(TokensKey.accessLifetime, .number(JSONNumber(accessLifetime))),
            member(TokensKey.refreshLifetime, .number(JSONNumber(refreshLifetime))),
            member(TokensKey.grantLifetime, .number(JSONNumber(grantLifetime))))
    }
}
