import OAuthProtocol
import RuntimeConfig
import Testing

@Suite("Rejections on the wire")
struct WireErrorTests {
    private static let hostile = "\"><script>\\ \r\nX: y \u{202E}"

    private static var rejections: [Rejection] {
        let parameter = Rejection.repeatedParameter(hostile)
        let client = Rejection.ClientFault.self
        return [
            .wrongMethod(allowed: ["GET", "POST"]), .wrongContentType, .malformedForm, .oversizedBody(limit: 1),
            .parameterInQuery(hostile), parameter, .oversizedParameter(hostile, limit: 1), .tooManyParameters(limit: 1),
            .missingParameter(.code), .malformedParameter(.prompt), .rateLimited(retryAfter: 7),
            .unavailable(.clientDocument, retryAfter: 5), .unknownClient(id: hostile), .inactiveClient(id: hostile),
            .redirect(.unregistered), .unsupportedResponseType, .codeChallenge(.missing), .unsupportedResponseMode,
            .requestObject, .requestURI, .resource(.foreign), .scope(.malformed), .loginRequired,
            .interactionRequired, .deniedByUser, .upstreamRefused, .expiredTransaction, .forgedForm, .otherBrowser,
            .missingCookie,
            .client(client.unknown(id: hostile), basic: true), .client(.anonymous, basic: false),
            .severalCredentials, .unsupportedGrantType, .unregisteredGrantType, .grant(.replayed), .registrationClosed,
            .registrationRedirect(.foreignHost(hostile)), .registrationRedirect(.unlistedScheme(hostile)),
            .redirect(.withdrawn(hostile)), .excludedClient(host: hostile),
            .registration(.foreignURI(member: "client_uri", host: hostile)),
            .registration(.unsupported(member: "scope")), .registrationToken,
            .clientDocument(.notJSON),
            .bearer(.invalid, challenge: BearerChallenge(resource: Sample.resource(), error: .invalidToken)),
        ]
    }

    @Test("D33 no answer repeats the request, and each is printable ASCII without quote and backslash")
    func generic() {
        for rejection in Self.rejections {
            let wire = rejection.wire
            #expect((400...503).contains(wire.status))
            #expect(
                wire.description.utf8.allSatisfy {
                    $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
                })
            #expect(!wire.body.contains("<"))
            #expect(wire.body.utf8.count <= 200)
            #expect(wire.answerFields.contains(ResponseField("Cache-Control", "no-store")))
        }
    }

    @Test("D18 a client that is unknown and one whose secret is wrong look alike")
    func alike() {
        let faults: [Rejection.ClientFault] = [
            .unknown(id: "x"), .inactive(id: "x"), .excluded(host: "evil.example"), .wrongSecret, .missingSecret,
            .secretOfPublicClient,
            .otherMethod(registered: "none"), .assertion(.replayed),
        ]
        #expect(Set(faults.map { Rejection.client($0, basic: false).wire }).count == 1)
        #expect(Set(faults.map { Rejection.client($0, basic: true).wire }).count == 1)
    }

    @Test("D02 D05 E04 all faults of a grant look alike")
    func grants() {
        let faults: [Rejection.GrantFault] = [
            .unknown, .expired, .replayed, .revoked, .otherClient, .wrongVerifier, .malformedVerifier, .burned,
        ]
        #expect(Set(faults.map { Rejection.grant($0).wire }).count == 1)
        #expect(Rejection.grant(.expired).wire.status == 400)
        // Only the client that the code was made for is told this one.
        #expect(Rejection.grant(.redirectMismatch).wire.code == .invalidGrant)
    }

    @Test("a log is told the case and its fault, and nothing of the request")
    func reasons() {
        #expect(Rejection.grant(.expired).reason == "grant.expired")
        #expect(Rejection.client(.unknown(id: "planted"), basic: true).reason == "client.unknown")
        #expect(Rejection.client(.assertion(.replayed), basic: false).reason == "client.assertion")
        #expect(Rejection.unknownClient(id: "planted").reason == "unknownClient")
        #expect(Rejection.repeatedParameter("planted").reason == "repeatedParameter")
        #expect(Rejection.redirect(.missing(registered: 2)).reason == "redirect.missing")
        #expect(Rejection.rateLimited(retryAfter: 5).reason == "rateLimited")
        #expect(Rejection.unavailable(.store, retryAfter: 5).reason == "unavailable.store")
        #expect(Rejection.severalCredentials.reason == "severalCredentials")
        #expect(Rejection.missingParameter(.clientID).reason == "missingParameter.clientID")
        #expect(Rejection.redirect(.withdrawn("old.example")).reason == "redirect.withdrawn old.example")
        #expect(Rejection.codeChallenge(.otherMethod).reason == "codeChallenge.otherMethod")
        #expect(Rejection.malformedParameter(.maxAge).reason == "malformedParameter.maxAge")
        #expect(Rejection.registration(.redirect(.tooMany(limit: 3))).reason == "registration.redirect")
        #expect(Rejection.registration(.missing(member: "planted")).reason == "registration.missing")
        #expect(Rejection.clientDocument(.notJSON).reason == "clientDocument.notJSON")
        #expect(
            Rejection.bearer(.missing, challenge: BearerChallenge(scopes: ["openid"])).reason == "bearer.missing")
        #expect(Rejection.resource(.ambiguous).reason == "resource.ambiguous")
        #expect(Rejection.client(.wrongSecret, basic: true).reason == "client.wrongSecret")
        #expect(Rejection.registrationRedirect(.wildcard).reason == "registrationRedirect.wildcard")
        #expect(Rejection.excludedClient(host: "a b\n\u{1B}[31m").reason == "excludedClient a?b??[31m")
    }

    @Test("F20 a limit is 429 with Retry-After")
    func limited() {
        let wire = Rejection.rateLimited(retryAfter: 7).wire
        #expect(wire.status == 429)
        #expect(wire.fields == [ResponseField("Retry-After", "7")])
    }

    @Test("G19 a document that cannot be had is 503, never an unknown client")
    func document() {
        let wire = Rejection.unavailable(.clientDocument, retryAfter: 5).wire
        #expect(wire.code == .temporarilyUnavailable)
        #expect(wire.pageStatus == 503)
    }
}
