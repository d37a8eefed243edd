package import OAuthModel
package import RuntimeConfig
package import WebSyntax

/// Who may register, and where they may be redirected to.
package struct RegistrationPolicy: Sendable {
    /// Hosts that clients may be redirected to.
    package let trustedHosts: HostList
    /// Further hosts of the pages that clients name.
    package let clientURIHosts: HostList
    /// The deployment's redirects, patterns among them.
    package let redirects: [RegisteredRedirect]
    package let authMethods: Set<AuthenticationMethod>
    package let grantableScopes: [String]
    /// True when `client_uri` and its like must stand on trusted hosts; they must be `https` either way.
    package let enforceClientURIHosts: Bool
    /// Names, compared without case, that only predefined clients may have.
    package let reservedNames: [String]

    /// The most bytes of a registration.
    package static let longestBody = 65_536
    package static let mostRedirects = 50

    package init(
        _ config: RuntimeConfig, policy: AuthorizationPolicy, reservedNames: [String] = []
    ) {
        trustedHosts = HostList(config.trustedHosts)
        clientURIHosts = HostList(config.clientURIHosts)
        redirects = config.redirects.map(RegisteredRedirect.init)
        authMethods = policy.authMethods
        var seen: Set<String> = []
        grantableScopes = (config.resources.flatMap(\.scopes) + policy.generalScopes).filter {
            seen.insert($0).inserted
        }
        enforceClientURIHosts = config.enforceClientURIHosts
        self.reservedNames = reservedNames
    }

    /// The redirect URIs that a client of this type may have of those that it names, each once; `isOwn` says which are
    /// its own whatever the policy says.
    ///
    /// Those that the policy refuses are left out while one stays, and the client is told which it has. A text that no
    /// honest client sends refuses all of them.
    package func redirects(
        _ texts: [String], of type: ClientRecord.ApplicationType? = nil, isOwn: (RedirectURI) -> Bool = { _ in false }
    ) throws(RedirectFault) -> [RedirectURI] {
        guard !texts.isEmpty else { throw .missing(registered: 0) }
        var seen: Set<[UInt8]> = []
        let unique = texts.filter { seen.insert(Array($0.utf8)).inserted }
        guard unique.count <= Self.mostRedirects else { throw .tooMany(limit: Self.mostRedirects) }
        var admitted: [RedirectURI] = []
        var refusal: RedirectFault?
        for text in unique {
            do throws(RedirectFault) {
                guard !text.utf8.contains(UInt8(ascii: "*")) else { throw .wildcard }
                let redirect = try RedirectURI(checking: text)
                if !isOwn(redirect) { try check(redirect) }
                // A web application has https alone (OpenID Connect Registration §2).
                guard type != .web || redirect.kind == .https else { throw .otherApplicationType }
                admitted.append(redirect)
            } catch {
                guard error.isOfPolicy else { throw error }
                refusal = refusal ?? error
            }
        }
        if admitted.isEmpty, let refusal { throw refusal }
        return admitted
    }

    /// Judges a redirect URI that a client wants to register.
    ///
    /// `http` to this machine is everybody's. `https` needs a redirect of the deployment or a trusted host without a
    /// port. A private-use scheme needs a redirect of the deployment with that scheme and host.
    package func check(_ redirect: RedirectURI) throws(RedirectFault) {
        if redirects.contains(where: { $0.matches(redirect) }) { return }
        switch redirect.kind {
        case .loopback:
            break
        case .https:
            let port = redirect.uri.authority?.port
            guard port == nil, trusts(redirect.displayHost) else {
                throw .foreignHost(redirect.displayHost + (port.map { ":\($0)" } ?? ""))
            }
        case .privateUse:
            guard redirects.contains(where: { Self.haveSameApplication($0.uri, redirect) }) else {
                throw .unlistedScheme(redirect.displayHost)
            }
        }
    }

    /// True for a redirect URI that a client could register today.
    package func admits(_ redirect: RedirectURI) -> Bool { (try? check(redirect)) != nil }

    /// True for a trusted host in any case.
    package func trusts(_ host: String) -> Bool { trustedHosts.contains(host) }

    /// True for an `https` URL without userinfo, port or dot segments, on a trusted host where that is asked for.
    package func admits(uri text: String, mustBeTrusted: Bool) -> Bool {
        guard let host = Self.host(ofHTTPS: text) else { return false }
        return !mustBeTrusted || trusts(host)
    }

    /// True for such a URL as the page of a client, which may also be on the hosts for pages.
    package func admits(page text: String) -> Bool {
        guard let host = Self.host(ofHTTPS: text) else { return false }
        return !enforceClientURIHosts || trusts(host) || clientURIHosts.contains(host)
    }

    /// The host of an `https` URL without userinfo, port or dot segments.
    static func host(ofHTTPS text: String) -> String? {
        guard let uri = try? AbsoluteURI(text), uri.hasScheme("https"), let authority = uri.authority,
            !authority.hasUserinfo, !authority.host.isEmpty, authority.port == nil, !uri.hasDotSegments
        else { return nil }
        return authority.host
    }

    private static func haveSameApplication(_ listed: String, _ redirect: RedirectURI) -> Bool {
        guard let known = try? RedirectURI(listed), known.kind == .privateUse,
            let host = known.uri.authority?.host, !host.isEmpty
        else { return false }
        return known.uri.scheme.matchesIgnoringCase(redirect.uri.scheme)
            && redirect.uri.authority?.host.hasSameBytes(as: host) == true && redirect.uri.authority?.port == nil
    }
}
