import OAuthModel
import RuntimeConfig
import TestSupport
import WebSyntax

/// Random configs that are right.
struct ConfigGenerator {
    private var random: SeededGenerator
    private var counter = 0

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    mutating func config() -> RuntimeConfig {
        let mode = pick(ServerMode.allCases)
        let isBundled = mode != .external
        let issuer = "https://" + word() + "/" + word()
        let resources = some(1...4) { $0.resource() }
        let assertions = pick(ClientAssertions.allCases)
        return RuntimeConfig(
            name: text(), mode: mode, issuer: issuer, listen: right(pick(["127.0.0.1:1", "[::1]:65535", "unix:/a/b"])),
            privateListen: .loopback(port: 2), resources: resources,
            endpoints: isBundled ? EndpointName.allCases.map { endpoint($0) } : [],
            documents: some(0...4) { $0.document(issuer: issuer, resources: resources, assertions: assertions) },
            authMethods: AuthenticationMethod.allCases.filter { $0 != .privateKeyJWT || assertions != .refused },
            scopes: some(0...2) { $0.word() }, openID: flag(),
            registrationMethods: RegistrationMethod.allCases.filter { _ in Bool.random(using: &random) },
            dcr: pick(DynamicRegistration.allCases), clients: some(0...3) { $0.client() },
            redirects: some(0...3) { $0.redirect() }, trustedHosts: some(0...3) { $0.text() },
            legacyAliases: some(0...3) { $0.alias() },
            login: mode == .upstream ? login() : nil, users: mode == .local ? secret() : nil,
            onPasswordChange: pick(PasswordChange.allCases),
            store: isBundled ? pick([.sqlite(path: "/" + word()), .postgres(secret())]) : nil,
            tokens: RuntimeConfig.Tokens(
                format: pick(TokenFormat.allCases), accessLifetime: .random(in: 1...9999, using: &random),
                refreshLifetime: .random(in: 1...99_999, using: &random),
                grantLifetime: .random(in: 99_999...Int.max, using: &random)),
            key: flag() ? secret() : nil, clientURIHosts: some(0...3) { $0.text() },
            enforceClientURIHosts: flag(),
            clientDocuments: RuntimeConfig.ClientDocuments(
                hosts: some(0...3) { $0.word() }, assertions: assertions,
                audience: pick(AssertionAudience.allCases)),
            limits: RuntimeConfig.Limits(
                registrations: rate(), authorizations: rate(), tokenRequests: rate(),
                unusedClients: .random(in: 0...Int.max, using: &random),
                pendingAuthorizations: .random(in: 0...9, using: &random)),
            serviceTokens: some(0...3) { $0.serviceToken(resources) },
            domainProofs: some(0...2) { .init(host: $0.word(), path: "/" + $0.word(), text: $0.text()) },
            verification: isBundled || flag() ? nil : verification())
    }

    private mutating func verification() -> RuntimeConfig.Verification {
        let keys: RuntimeConfig.KeySource =
            flag() ? .url("https://" + word()) : .documents(some(0...3) { "https://" + $0.word() })
        return flag()
            ? .signed(
                RuntimeConfig.SignedTokens(
                    keys: keys, algorithms: SignatureAlgorithm.allCases.filter { _ in flag() },
                    types: some(0...2) { $0.text() }, leeway: .random(in: 1...99, using: &random),
                    staleKeys: .random(in: 1...9_999, using: &random)))
            : .introspected(
                RuntimeConfig.Introspection(
                    url: "https://" + word(), clientID: word(), clientSecret: secret(),
                    cache: .random(in: 1...99, using: &random), leeway: .random(in: 1...99, using: &random)))
    }

    private mutating func admission() -> RuntimeConfig.Admission {
        RuntimeConfig.Admission(
            subject: flag() ? text() : nil, claims: some(0...2) { .init(name: $0.text(), value: $0.text()) },
            scopes: some(0...2) { $0.word() })
    }

    private mutating func flag() -> Bool { Bool.random(using: &random) }

    private mutating func rate() -> Rate {
        Rate(
            requests: .random(in: 0...9, using: &random), seconds: .random(in: 1...9, using: &random))
    }

    private mutating func serviceToken(_ resources: [RuntimeConfig.Resource]) -> RuntimeConfig.ServiceToken {
        let resource = pick(resources)
        let digest = String((0..<64).map { _ in pick(Array("0123456789abcdef")) })
        return RuntimeConfig.ServiceToken(
            label: text(), token: flag() ? .sha256(digest) : .secret(secret()), subject: text(),
            resource: resource.resource, scopes: resource.scopes.filter { _ in flag() })
    }

    private mutating func resource() -> RuntimeConfig.Resource {
        RuntimeConfig.Resource(
            name: text(), resource: "https://" + word(), metadataURL: "https://" + word(),
            scopes: some(0...3) { $0.word() },
            clientID: Bool.random(using: &random) ? word() : nil,
            allowedOrigins: some(0...2) { "https://" + $0.word() },
            equivalentIdentifiers: some(0...2) { $0.text() }, audiences: some(0...2) { $0.text() },
            admissions: some(0...2) { $0.admission() }, passedPrefixes: some(0...2) { "pat_" + $0.word() })
    }

    private mutating func endpoint(_ name: EndpointName) -> RuntimeConfig.Endpoint {
        RuntimeConfig.Endpoint(name: name, path: "/" + word())
    }

    private mutating func document(
        issuer: String, resources: [RuntimeConfig.Resource], assertions: ClientAssertions
    ) -> RuntimeConfig.Document {
        let kind = pick(DocumentKind.allCases)
        let identity =
            kind == .protectedResource
            ? #""resource":"\#(pick(resources.map(\.resource)))""# : #""issuer":"\#(issuer)""#
        return RuntimeConfig.Document(
            kind: kind, body: #"{"a":[1,-2.50e3,{}],\#(identity),"z":{"é":"\"\\"}}"#, etag: "\"\(word())\"",
            locations: some(0...3) { .init(host: $0.word(), path: "/" + $0.word()) })
    }

    private mutating func client() -> RuntimeConfig.Client {
        let method = pick(AuthenticationMethod.allCases)
        let hasSecret = method == .clientSecretPost || method == .clientSecretBasic
        return RuntimeConfig.Client(
            id: word(), label: text(), status: pick(ClientStatus.allCases),
            authMethods: hasSecret && flag() ? AuthenticationMethod.withSecret : [method],
            secret: hasSecret ? secret() : nil, redirects: some(0...2) { $0.redirect() },
            keysURL: method == .privateKeyJWT ? "https://" + word() : nil, scopes: some(0...2) { $0.word() },
            allowIntrospection: method != .none && flag())
    }

    private mutating func redirect() -> RuntimeConfig.Redirect {
        RuntimeConfig.Redirect(uri: text(), match: pick(RedirectMatch.allCases))
    }

    private mutating func alias() -> RuntimeConfig.Alias {
        RuntimeConfig.Alias(
            path: "/" + word(), endpoint: pick(EndpointName.allCases), sunset: right("2027-12-31"),
            defaultClient: Bool.random(using: &random) ? word() : nil)
    }

    private mutating func login() -> RuntimeConfig.Login {
        RuntimeConfig.Login(
            provider: pick(LoginProvider.allCases), issuer: "https://" + word(), clientID: word(),
            clientSecret: Bool.random(using: &random) ? secret() : nil, scopes: some(0...3) { $0.word() },
            parameters: some(0...3) { .init(name: $0.text(), value: $0.text()) })
    }

    private mutating func secret() -> SecretReference {
        Bool.random(using: &random) ? .environment(right("V\(word().count)_\(counter)")) : .file("/" + word())
    }

    /// A word that no other is equal to.
    private mutating func word() -> String {
        counter += 1
        return pick(["a", "search", "x-y"]) + String(counter)
    }

    /// Whatever a string can be, short of control characters.
    private mutating func text() -> String {
        pick(["x", "\"", "\\", "a\"b\\c", "日本", "🎉", "{{ name }}", "$HOME", "é", "</script>", "\u{2028}", " "]) + word()
    }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: values.indices, using: &random)]
    }

    private mutating func some<Value>(
        _ count: ClosedRange<Int>, _ make: (inout ConfigGenerator) -> Value
    ) -> [Value] {
        var values: [Value] = []
        for _ in 0..<Int.random(in: count, using: &random) { values.append(make(&self)) }
        return values
    }
}
