import Foundation
import JSONSyntax
import TestSupport
import Testing

@Suite(
    "discovery through nginx and connectorgen-auth", .enabled(if: Tool.nginx.isAvailable, "nginx is not installed"))
struct DiscoveryTests {
    private static let server = "/.well-known/oauth-authorization-server/mcp"
    private static let openID = "/.well-known/openid-configuration/mcp"
    private static let resource = "/.well-known/oauth-protected-resource/mcp"
    private static let documents = [server, openID, resource]

    private let application: EchoUpstream

    init() throws {
        application = try EchoUpstream(name: "application")
    }

    /// A deployment with all three documents.
    private func deployment() async throws -> NginxDeployment {
        try await NginxDeployment(for: application, issuer: "openid: true")
    }

    private func document(_ path: String, of live: NginxDeployment) async throws -> JSON {
        let answer = try await live.ask("GET", path)
        #expect(answer.status == 200 && answer.header("Location") == nil, "\(path)")
        #expect(answer.header("Content-Type") == "application/json")
        return try JSON.parse(answer.body)
    }

    @Test("A01 A02 A03 A12 A18 A20 A21 from the challenge to the issuer without a redirect or a difference")
    func chain() async throws {
        let live = try await deployment()
        let origin = live.url.dropLast("/mcp".count)
        let refused = try await live.ask("POST", "/mcp", body: "{}")
        let challenge = try #require(refused.header("WWW-Authenticate"))
        let named = challenge.components(separatedBy: "resource_metadata=\"").last?.prefix { $0 != "\"" }
        let address = String(try #require(named))
        #expect(address == origin + Self.resource)

        let resource = try await document(String(address.dropFirst(origin.count)), of: live)
        #expect(resource["resource"]?.string == live.url)
        #expect(resource["authorization_servers"]?.array?.first?.string == live.issuer)
        #expect(resource["bearer_methods_supported"] == ["header"])
        #expect(resource["scopes_supported"]?.array?.contains("offline_access") == false)

        for path in [Self.server, Self.openID] {
            let metadata = try await document(path, of: live)
            #expect(metadata["issuer"]?.string == live.issuer)
            #expect(metadata["authorization_endpoint"]?.string == live.issuer + "/authorize")
            #expect(metadata["token_endpoint"]?.string == live.issuer + "/token")
            #expect(metadata["response_types_supported"] == ["code"])
            #expect(metadata["code_challenge_methods_supported"] == ["S256"])
        }
    }

    @Test("A06 A29 another spelling of a document's address is no document")
    func spellings() async throws {
        let live = try await deployment()
        for path in Self.documents {
            let upper = path.replacing("/mcp", with: "/MCP")
            for other in [path + "EVIL", path + "/", path + "/x", upper, path.uppercased(), path + "%2f"] {
                let answer = try await live.ask("GET", other)
                #expect(answer.status != 200, "\(other)")
                #expect(answer.header("Location") == nil, "\(other)")
                #expect(!answer.text.contains(live.issuer), "\(other)")
            }
        }
        #expect(application.takeRequests().isEmpty)
    }

    @Test("A07 A10 A11 documents are open to every page, kept for five minutes and asked for again by their tag")
    func fields() async throws {
        let live = try await deployment()
        let page = ("Origin", "https://x.test")
        for path in Self.documents + ["/mcp/jwks.json"] {
            let got = try await live.ask("GET", path, headers: [page])
            let tag = try #require(got.header("ETag"), "\(path)")
            let head = try await live.ask("HEAD", path, headers: [page])
            #expect(head.status == 200 && head.body.isEmpty && head.header("ETag") == tag, "\(path)")
            let asked = try await live.ask(
                "OPTIONS", path, headers: [page, ("Access-Control-Request-Method", "GET")])
            #expect(asked.status == 204 || asked.status == 200, "\(path)")
            for answer in [got, head, asked] {
                #expect(answer.values("Access-Control-Allow-Origin") == ["*"], "\(path)")
                #expect(answer.values("Access-Control-Allow-Credentials") == [], "\(path)")
            }
            #expect(got.header("Cache-Control") == "public, max-age=300", "\(path)")
            // nginx gives what was compiled as a whole; behind it the server knows the tag.
            let again = try await live.ask("GET", path, headers: [("If-None-Match", tag)])
            #expect(again.status == 304 && again.body.isEmpty || again.status == 200 && again.body == got.body)
        }
    }

    @Test("A09 S06 what a request says of hosts, ranges and transfers changes no byte of a document")
    func forged() async throws {
        let live = try await deployment()
        for path in Self.documents {
            let plain = try await live.ask("GET", path)
            for field in [
                ("X-Forwarded-Host", "evil.example"), ("Forwarded", "host=evil.example"),
                ("X-Forwarded-Proto", "https"), ("X-Forwarded-Port", "1"), ("X-Original-URI", "/evil"),
                ("If-Modified-Since", "Sat, 01 Jan 2000 00:00:00 GMT"), ("TE", "trailers"), ("Upgrade", "h2c"),
            ] {
                let answer = try await live.ask("GET", path, headers: [field])
                #expect(answer.status == 200 && answer.body == plain.body, "\(field)")
                #expect(answer.header("Upgrade") == nil, "\(field)")
            }
            let part = try await live.ask("GET", path, headers: [("Range", "bytes=0-3")])
            #expect(part.status == 200 && part.body == plain.body || part.status == 206 && part.body.count == 4)
            let port = live.nginx.port
            let evil = try await onThread { try RawHTTP.request("GET", path, host: "evil.example", port: port) }
            #expect(evil.body == plain.body || evil.status != 200)
        }
    }

    @Test("A13 registration is advertised where it is offered, and known clients need none")
    func registration() async throws {
        let open = try await NginxDeployment(for: application)
        let metadata = try await document(Self.server, of: open)
        #expect(metadata["registration_endpoint"]?.string == open.issuer + "/register")

        let closed = try await NginxDeployment(
            for: application, issuer: "registration: [predefined]")
        let other = try await document(Self.server, of: closed)
        #expect(other["registration_endpoint"] == nil)
        let refused = try await closed.ask(
            "POST", "/mcp/register", headers: [("Content-Type", "application/json")],
            body: #"{"redirect_uris":["http://127.0.0.1/cb"]}"#)
        #expect((400..<500).contains(refused.status))
        _ = try await closed.grant()
    }

    @Test("A19 the document at the root of an origin is about the origin, and names the same issuer")
    func root() async throws {
        let live = try await NginxDeployment(for: application)
        let root = try await document("/.well-known/oauth-protected-resource", of: live)
        #expect(root["resource"]?.string == String(live.url.dropLast("/mcp".count)))
        #expect(root["authorization_servers"]?.array?.first?.string == live.issuer)
    }

    @Test("A23 iss is announced, and stands in an answer that the client gets")
    func issuerParameter() async throws {
        let live = try await deployment()
        let metadata = try await document(Self.server, of: live)
        #expect(metadata["authorization_response_iss_parameter_supported"] == true)
        let answer = try await live.ask(
            "GET",
            "/mcp/authorize?response_type=token&client_id=\(NginxDeployment.client)"
                + "&redirect_uri=http%3A%2F%2F127.0.0.1%3A4000%2Fcallback&state=s")
        let location = try #require(answer.header("Location"), "\(answer.startLine)")
        let issuer = live.issuer.replacing(":", with: "%3A").replacing("/", with: "%2F")
        #expect(location.contains("iss=" + live.issuer) || location.contains("iss=" + issuer), "\(location)")
    }

    @Test("A26 a legacy alias answers and stands in no document")
    func legacy() async throws {
        let live = try await NginxDeployment(
            for: application,
            connector: "legacy_aliases: [{ path: /api/connector/oauth, sunset: 9999-12-31 }]")
        let asked = try await live.ask(
            "POST", "/api/connector/oauth/token", headers: [("Content-Type", "application/x-www-form-urlencoded")],
            body: "grant_type=authorization_code")
        #expect(asked.status == 400 || asked.status == 401)
        #expect(try JSON.parse(asked.body)["error"] != nil)
        for path in Self.documents {
            let text = try await live.ask("GET", path).text
            #expect(!text.contains("/api/connector"), "\(path)")
        }
    }

    @Test("A32 the advertised client is the configured one, flat and nested")
    func advertisedClient() async throws {
        let live = try await NginxDeployment(for: application)
        let metadata = try await document(Self.server, of: live)
        #expect(metadata["mcp.client_id"]?.string == NginxDeployment.client)
        #expect(metadata["mcp"]?["client_id"]?.string == NginxDeployment.client)
        #expect(!(try await live.ask("GET", Self.server)).text.contains("secret\":"))
    }

    @Test("S10 answers are dated, and name no software but nginx")
    func hygiene() async throws {
        let live = try await deployment()
        for path in Self.documents + ["/mcp/jwks.json", "/mcp/token", "/mcp/authorize"] {
            let answer = try await live.ask("GET", path)
            #expect(answer.values("Date").count == 1, "\(path)")
            #expect(answer.values("X-Powered-By") == [], "\(path)")
            #expect(answer.values("Server").allSatisfy { $0.hasPrefix("nginx") }, "\(path)")
        }
    }

    @Test("T02 nginx writes no log of requests that carry a state, a code or a password")
    func logs() async throws {
        let live = try await NginxDeployment(for: application)
        let text = try live.folder.read("out/nginx/127.0.0.1.conf")
        for path in ["authorize", "login", "consent"] {
            let block = try #require(text.components(separatedBy: "location = /mcp/\(path) {").last)
            #expect(block.prefix { $0 != "}" }.contains("access_log off;"), "\(path)")
        }
    }
}
