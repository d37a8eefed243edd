extension ClientWalk {
    // MARK: Resource metadata

    mutating func readResourceMetadata() throws(Stop) {
        var trouble: (url: String, status: Int)?
        for place in resourceURLs() {
            let response = try ask(documentRequest(place.url), at: .resourceMetadata)
            guard response.status == 200 else {
                let isServerError = response.status >= 500 || response.status == 429
                if isServerError {
                    trouble = (place.url, response.status)
                    if stops(traits.resourceServerError, response.status) { break }
                }
                remark(trouble == nil ? "the next place is asked" : "an error of the server says nothing")
                continue
            }
            guard let document = ResourceDocument(response.body, addsRootSlash: traits.addsRootSlash) else {
                guard traits.resourceUnreadable == .next else {
                    throw fail(
                        .resourceMetadataUnreadable, at: .resourceMetadata, place.url, found: Self.summary(response),
                        expected: "JSON with `resource` and `authorization_servers`")
                }
                remark("no resource metadata: the next place is asked")
                continue
            }
            guard fits(document.resource, place) else {
                guard !traits.resourceMismatchStops else {
                    throw fail(
                        .resourceMismatch, at: .resourceMetadata, place.url, found: document.resource, expected: typed)
                }
                remark("`resource` is `\(document.resource)`: the document is dropped without a word")
                continue
            }
            resource = document
            return
        }
        if let trouble, traits.resourceServerError != .next {
            throw fail(
                .resourceMetadataFailed, at: .resourceMetadata, trouble.url, found: String(trouble.status),
                expected: "200, or 404 where there is none")
        }
        detour("no resource metadata is found: `\(server.origin)` is taken for the authorization server")
    }

    private struct Place {
        let kind: ClientTraits.ResourcePlace
        let url: String
    }

    private func resourceURLs() -> [Place] {
        let challenged = challenge?["resource_metadata"]
        if let challenged, traits.challengeIsFinal { return [Place(kind: .challenge, url: challenged)] }
        let name = "/.well-known/oauth-protected-resource"
        return traits.resourcePlaces.compactMap { kind in
            let url: String? =
                switch kind {
                case .challenge: challenged
                case .inserted: server.hasPath ? server.origin + name + server.path : nil
                case .appended: server.hasPath ? server.origin + server.trimmedPath + name : nil
                case .root: server.origin + name
                }
            return url.map { Place(kind: kind, url: $0) }
        }
    }

    private func fits(_ resource: String, _ place: Place) -> Bool {
        switch traits.resourceMatch {
        case .exact: return resource == typed
        case .place:
            return resource == (place.kind == .root && server.hasPath ? server.origin : typed)
        case .prefix:
            guard let found = ClientURL(resource), found.origin == server.origin else { return false }
            func closed(_ path: String) -> String { path.hasSuffix("/") ? path : path + "/" }
            return closed(server.path).hasPrefix(closed(found.path))
        }
    }

    // MARK: Authorization server metadata

    mutating func readServerMetadata() throws(Stop) {
        let issuer = resource?.servers.first
        let urls = serverURLs(issuer)
        for url in urls {
            let response = try ask(documentRequest(url), at: .serverMetadata)
            guard response.status == 200 else {
                guard response.status >= 500 else {
                    remark("the next place is asked")
                    continue
                }
                if traits.serverError == .guesses { break }
                guard !stops(traits.serverError, response.status) else {
                    throw fail(
                        .serverMetadataFailed, at: .serverMetadata, url, found: String(response.status), expected: "200"
                    )
                }
                continue
            }
            guard let document = ServerDocument(response.body, at: url, addsRootSlash: traits.addsRootSlash) else {
                guard traits.serverUnreadable == .next else {
                    throw fail(
                        .serverMetadataUnreadable, at: .serverMetadata, url, found: Self.summary(response),
                        expected: "JSON with `issuer`, `authorization_endpoint` and `token_endpoint`")
                }
                remark("no metadata of an authorization server: the next place is asked")
                continue
            }
            let expected = issuer ?? server.origin
            guard agree(document.issuer, expected, isTold: issuer != nil) else {
                throw fail(
                    .issuerMismatch, at: .serverMetadata, url, found: document.issuer,
                    expected: issuer == nil && traits.addsRootSlash ? expected + "/" : expected)
            }
            metadata = document
            return
        }
        guard traits.guess != .none else {
            throw fail(
                .serverMetadataMissing, at: .serverMetadata, urls.first ?? typed, found: "no document",
                expected: "metadata of the authorization server `\(issuer ?? server.origin)`")
        }
        detour("no authorization server metadata is found: endpoints are guessed, `\(server.origin)/authorize`")
    }

    private func serverURLs(_ issuer: String?) -> [String] {
        let oauth = "/.well-known/oauth-authorization-server"
        guard let issuer, let found = ClientURL(issuer) else { return [server.origin + oauth] }
        let openID = "/.well-known/openid-configuration"
        var urls: [String] = []
        for place in traits.serverPlaces {
            let url =
                switch place {
                case .oauthInserted: found.origin + oauth + found.trimmedPath
                case .openIDInserted: found.origin + openID + found.trimmedPath
                case .openIDAppended: found.origin + found.trimmedPath + openID
                case .oauthRoot: found.origin + oauth
                }
            if !urls.contains(url) { urls.append(url) }
        }
        return urls
    }

    /// RFC 8414, section 3.3. `isTold` when the issuer stands in resource metadata.
    private func agree(_ found: String, _ expected: String, isTold: Bool) -> Bool {
        switch traits.issuerMatch {
        case .ignored: true
        case .exact: found == expected || (!isTold && found == expected + "/")
        case .exactButRootSlash: found == expected || Self.differByRootSlash(found, expected)
        case .exactButOneSlash: Self.withoutSlash(found) == Self.withoutSlash(expected)
        }
    }

    private static func differByRootSlash(_ one: String, _ other: String) -> Bool {
        withoutSlash(one) == withoutSlash(other) && ClientURL(one)?.hasPath == false
    }

    private static func withoutSlash(_ text: String) -> Substring { text.hasSuffix("/") ? text.dropLast() : text[...] }

    mutating func judgeServerMetadata() throws(Stop) {
        guard let metadata else { return }
        let methods = metadata.codeChallengeMethods
        let isGood =
            switch traits.codeChallenge {
            case .ignored: true
            case .required: methods?.contains("S256") == true
            case .someRequired: methods?.isEmpty == false
            case .listed: methods.map { $0.contains("S256") } ?? true
            }
        guard isGood else {
            throw fail(
                .codeChallengeMissing, at: .serverMetadata, metadata.url,
                found: methods.map { "`code_challenge_methods_supported` without S256: \($0.joined(separator: ", "))" }
                    ?? "no `code_challenge_methods_supported`", expected: "`[\"S256\"]`")
        }
        guard !traits.needsResponseTypes || metadata.responseTypes?.contains("code") == true else {
            throw fail(
                .responseTypeMissing, at: .serverMetadata, metadata.url,
                found: "`response_types_supported` without `code`",
                expected: "`[\"code\"]`")
        }
    }

    // MARK: Both

    private func stops(_ bad: ClientTraits.Bad, _ status: Int) -> Bool {
        bad == .stops || (bad == .stopsBut502 && status != 502)
    }

    private func documentRequest(_ url: String) -> ClientRequest {
        ClientRequest(
            "GET", url, headers: [.init("Accept", "application/json"), .init("MCP-Protocol-Version", "2025-11-25")])
    }
}
