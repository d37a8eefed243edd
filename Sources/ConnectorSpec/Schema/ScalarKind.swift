import OAuthModel
import WebSyntax

/// A scalar type as the JSON Schema and the reference page see it.
package struct ScalarKind: Sendable {
    /// Name of its definition in the schema: `public-url`.
    package let name: String
    package let noun: String
    /// One line about its grammar.
    package let summary: String
    /// An ECMA-262 pattern that accepts every value the type accepts; nil when there is none worth having.
    package let pattern: String?
    package let examples: [String]
    /// The type's own parser.
    let accepts: @Sendable (String) -> Bool

    /// The names, where there are only so many.
    var names: [String]? {
        switch name {
        case "profile-name": ClientCatalogue.builtin.profiles.flatMap { [$0.name] + $0.otherNames }
        case "preset-name": PresetCatalogue.builtin.names
        default: nil
        }
    }

    /// True for values that people write without quotes and YAML takes for numbers or booleans.
    var isOftenUnquoted: Bool { ["software-version", "text", "size", "quota", "count"].contains(name) }

    private init<Value: TextValue>(
        _ type: Value.Type, _ name: String, _ summary: String, pattern: String?, examples: [String]
    ) {
        self.name = name
        noun = type.noun
        self.summary = summary
        self.pattern = pattern
        self.examples = examples
        accepts = { (try? type.init(parsing: $0)) != nil }
    }

    private init(plain name: String, noun: String, _ summary: String, examples: [String]) {
        (self.name, self.noun, self.summary, self.pattern, self.examples) = (name, noun, summary, nil, examples)
        accepts = { !$0.isEmpty }
    }
}

extension ScalarKind {
    private static let originPattern =
        #"^(https://([a-z0-9][a-z0-9.-]*|\[::1\])|http://(localhost|127\.0\.0\.1|\[::1\]))(:[0-9]{1,5})?"#
    private static let urlPattern =
        originPattern + "(/[A-Za-z0-9._~-]+)*"

    static let plain = ScalarKind(plain: "text", noun: "a string", "Any string on one line.", examples: ["production"])
    static let profileName = ScalarKind(
        plain: "profile-name", noun: "the name of a client profile", "A profile of the client catalogue.",
        examples: ["chatgpt", "claude"])
    static let presetName = ScalarKind(
        plain: "preset-name", noun: "the name of a preset", "A preset of the catalogue.",
        examples: ["dexter", "farm"])
    static let name = ScalarKind(
        Name.self, "name", "1 to 63 lower-case letters, digits and hyphens, a letter first.",
        pattern: "^[a-z][a-z0-9-]{0,62}$", examples: ["demo"])
    static let publicURL = ScalarKind(
        PublicURL.self, "public-url",
        "`https://host[:port][/path]`, or http on a loopback host; lower-case host, no trailing slash, no query.",
        pattern: urlPattern + "$", examples: ["https://mcp.example.com/mcp"])
    static let adminURL = ScalarKind(
        AdminURL.self, "admin-url",
        "`http://host:port[/path]` or `https://host[:port][/path]`; lower-case host, no trailing slash, no query.",
        pattern: #"^https?://([a-z0-9][a-z0-9.-]*|\[::1\])(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*$"#,
        examples: ["http://keycloak:8080", "https://auth.example.com/auth"])
    static let realmName = ScalarKind(
        RealmName.self, "realm-name", "1 to 255 letters, digits and `-._~`.", pattern: "^[A-Za-z0-9._~-]{1,255}$",
        examples: ["mcp", "MyRealm"])
    static let issuerURL = ScalarKind(
        IssuerURL.self, "issuer-url",
        "An issuer identifier (RFC 8414 §2), kept byte for byte; a trailing slash belongs to it where the provider has one.",
        pattern: urlPattern + "/?$", examples: ["https://mcp.example.com/mcp", "https://tenant.us.auth0.com/"])
    static let clientID = ScalarKind(
        ClientID.self, "client-id",
        "1 to 128 visible ASCII characters without `\" \\ : @ / ? #`, or the https URL of a metadata document.",
        pattern: ##"^([!$-.0-9;-<=>A-\[\]-~]{1,128}|https://.+/.+)$"##,
        examples: ["cid_example", "https://client.example.com/oauth/client.json"])
    static let upstreamURL = ScalarKind(
        UpstreamURL.self, "upstream",
        "`http://host:port[/path]`, `https://host[:port][/path]` or `unix:/socket[:/path]`.",
        pattern: "^((http://[^/?#]+:[0-9]{1,5}|https://[^/?#]+)(/[A-Za-z0-9._~/-]*)?|unix:/.+)$",
        examples: ["http://127.0.0.1:3930", "http://127.0.0.1:3930/api/mcp"])
    static let listenAddress = ScalarKind(
        ListenAddress.self, "listen-address",
        "An address and a port, `unix:` and a path, or a name that others reach it by and a port: it then listens on every address.",
        pattern: #"^([A-Za-z0-9._-]+:[0-9]{1,5}|\[[0-9a-fA-F:]+\]:[0-9]{1,5}|unix:/.+)$"#,
        examples: ["127.0.0.1:8719", "unix:/run/connectorgen/auth.sock", "auth:8719"])
    static let addressRange = ScalarKind(
        AddressRange.self, "address-range", "Addresses that begin alike (CIDR), or one address; IPv6 without brackets.",
        pattern: "^[0-9a-fA-F.:]+(/[0-9]{1,3})?$", examples: ["10.0.0.0/8", "2001:db8::/32"])
    static let resolverAddress = ScalarKind(
        ResolverAddress.self, "resolver", "The address of a name server, with a port where it is not 53.",
        pattern: #"^([0-9.]+|\[[0-9a-fA-F:]+\])(:[0-9]{1,5})?$"#, examples: ["127.0.0.11"])
    static let callerHeader = ScalarKind(
        CallerHeader.self, "caller-header", "Letters, digits and hyphens.", pattern: "^[A-Za-z0-9-]{1,64}$",
        examples: ["X-Forwarded-For", "CF-Connecting-IP"])
    static let scope = ScalarKind(
        ScopeToken.self, "scope", "One scope token (RFC 6749 §3.3).", pattern: #"^[!#-\[\]-~]{1,128}$"#,
        examples: ["mcp.tools"])
    static let path = ScalarKind(
        RoutePath.self, "path", "A path of unreserved characters; no trailing slash, no dot segments, no encoding.",
        pattern: "^/([A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)*)?$", examples: ["/mcp2"])
    static let host = ScalarKind(
        HostName.self, "host", "A lower-case DNS name, or a loopback literal; no scheme, no port.",
        pattern: #"^([a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[::1\])$"#, examples: ["mcp.example.com"])
    static let hostPattern = ScalarKind(
        HostPattern.self, "host-pattern", "A host name, or `*.` before a domain of two labels or more.",
        pattern: #"^((\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[::1\])$"#, examples: ["chatgpt.com", "*.example.org"])
    static let origin = ScalarKind(
        WebOrigin.self, "origin", "`scheme://host[:port]`, nothing behind it (RFC 6454).",
        pattern: originPattern + "$", examples: ["https://chatgpt.com"])
    static let date = ScalarKind(
        CalendarDate.self, "date", "A day, ISO 8601.", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        examples: ["2027-03-31"])
    static let redirectURI = ScalarKind(
        CanonicalRedirectURI.self, "redirect-uri",
        "https, http on a loopback host, or a private-use scheme; no fragment, no wildcard; compared byte for byte.",
        pattern: "^[a-z][a-z0-9+.-]*:[^*#@%{]+$", examples: ["https://client.example.com/callback"])
    static let timeSpan = ScalarKind(
        TimeSpan.self, "time-span", "A whole number and `s`, `m`, `h` or `d`.", pattern: "^[1-9][0-9]{0,8}[smhd]$",
        examples: ["15m", "30d"])
    static let byteSize = ScalarKind(
        ByteSize.self, "size", "A whole number and `k`, `m` or `g`; without a letter it counts bytes.",
        pattern: "^[1-9][0-9]{0,8}[kmg]?$", examples: ["4m", "64k"])
    static let rateLimit = ScalarKind(
        RateLimit.self, "rate", "Requests per second or minute, and a burst where wanted.",
        pattern: "^[1-9][0-9]*/[sm]( burst [0-9]+)?$", examples: ["10/s burst 20"])
    static let quota = ScalarKind(
        Quota.self, "quota", "Requests, a slash and a time span; 0 for no limit.",
        pattern: "^(0|[1-9][0-9]{0,6}/[1-9][0-9]{0,8}[smhd])$", examples: ["60/10m", "0"])
    static let count = ScalarKind(
        Count.self, "count", "A whole number; 0 for no limit.", pattern: "^(0|[1-9][0-9]{0,8})$",
        examples: ["10000", "0"])
    static let digest = ScalarKind(
        SHA256Digest.self, "sha256", "A SHA-256 in lower-case hexadecimal.", pattern: "^[0-9a-f]{64}$",
        examples: ["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"])
    static let proofText = ScalarKind(
        ProofText.self, "proof-text", "The token that a vendor wants to find on the host.",
        pattern: "^[A-Za-z0-9._~+/=:-]{1,512}$", examples: ["openai-verify-example"])
    static let tokenPrefix = ScalarKind(
        TokenPrefix.self, "token-prefix",
        "How tokens begin, 3 to 64 characters of a bearer token; none that a JWT or a token of connectorgen-auth begins with.",
        pattern: "^[A-Za-z0-9._~+/-]{3,64}$", examples: ["pat_"])
    static let identityHeaderName = ScalarKind(
        IdentityHeaderName.self, "identity-header-name",
        "Letters, digits and hyphens; none that HTTP or nginx gives a meaning to.",
        pattern: "^[A-Za-z][A-Za-z0-9-]{1,31}$", examples: ["X-User-Id"])
    static let softwareVersion = ScalarKind(
        SoftwareVersion.self, "software-version", "Two or three numbers; quote it, so that 1.20 stays 1.20.",
        pattern: #"^[0-9]+\.[0-9]+(\.[0-9]+)?$"#, examples: ["1.22", "26.4"])
    static let fileName = ScalarKind(
        OutputFileName.self, "file-name", "The name of one generated file, without folders.",
        pattern: "^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$", examples: ["mcp.env"])
    static let filePath = ScalarKind(
        FilePath.self, "absolute-path", "An absolute path on the machine that runs the server.", pattern: "^/.*[^/]$",
        examples: ["/var/lib/connectorgen/auth.db"])
    static let includeFolder = ScalarKind(
        IncludeFolder.self, "include-folder",
        "A folder of unreserved characters, absolute or relative to the folder of nginx.conf; no trailing slash, no dot segments.",
        pattern: "^/?[A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)*$", examples: ["/etc/nginx/connectorgen", "connectorgen"])
    static let includeFile = ScalarKind(
        IncludeFile.self, "include-file",
        "A file of unreserved characters, absolute or relative to the folder of nginx.conf; no dot segments.",
        pattern: "^/?[A-Za-z0-9._~-]+(/[A-Za-z0-9._~-]+)*$", examples: ["/etc/nginx/snippets/headers.conf"])
    static let siteHeaderName = ScalarKind(
        SiteHeaderName.self, "site-header-name",
        "The name of a response header that belongs to a whole site, none that describes a single answer (`Cache-Control`, `Access-Control-*`, …).",
        pattern: "^[A-Za-z0-9-]{1,64}$", examples: ["Strict-Transport-Security"])
    static let environmentName = ScalarKind(
        EnvironmentName.self, "environment-name",
        "A variable name, none that changes how a process itself runs (`PATH`, `LD_*`, `NODE_OPTIONS`, …).",
        pattern: "^[A-Za-z_][A-Za-z0-9_]*$", examples: ["SUPABASE_OAUTH_SECRET"])

    /// Every scalar type, in the order of the reference page.
    static let all: [ScalarKind] = [
        plain, profileName, presetName, name, publicURL, adminURL, realmName, issuerURL, clientID, upstreamURL,
        listenAddress, addressRange, resolverAddress, callerHeader, scope, path, host, hostPattern, origin, date,
        redirectURI, timeSpan, byteSize, rateLimit, quota, count, digest, proofText, tokenPrefix, identityHeaderName,
        softwareVersion, fileName, filePath, includeFolder, includeFile, siteHeaderName, environmentName,
    ]
}
