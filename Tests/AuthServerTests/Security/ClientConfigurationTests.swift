import HTTPServer
import JSONSyntax
import OAuthProtocol
import OAuthStores
import RuntimeConfig
import Testing

@testable import AuthServer

@Suite("F the configuration of a registered client")
struct ClientConfigurationTests {
    private struct Registered {
        let id: String
        let token: String
        let secret: String?
    }

    private let bench: InProcessServer

    init() throws {
        bench = try InProcessServer()
    }

    private func register(_ method: String = "client_secret_basic") async throws -> Registered {
        let reply = await bench.register(
            #"{"redirect_uris":["https://chatgpt.com/cb"],"token_endpoint_auth_method":"\#(method)"}"#)
        return Registered(
            id: try #require(reply["client_id"]), token: try #require(reply["registration_access_token"]),
            secret: reply["client_secret"])
    }

    private func metadata(_ client: Registered, _ members: String = "") -> String {
        let more = members.isEmpty ? "" : "," + members
        return #"{"client_id":"\#(client.id)","redirect_uris":["https://chatgpt.com/new"]\#(more)}"#
    }

    @Test("F24 the right token reads, replaces and deletes a client")
    func right() async throws {
        let client = try await register()
        let read = await bench.manage(.get, client.id, token: client.token)
        #expect(read.status == 200)
        #expect(read.headers["Cache-Control"] == "no-store")
        #expect(read["client_id"] == client.id && read["registration_access_token"] == client.token)
        #expect(read["registration_client_uri"] == "https://mcp.example.com/mcp/register/\(client.id)")
        #expect(read["client_secret"] == nil)
        let written = await bench.manage(
            .put, client.id, token: client.token, metadata(client, #""client_name":"New""#))
        #expect(written.status == 200)
        #expect(written.json["redirect_uris"] == ["https://chatgpt.com/new"] && written["client_name"] == "New")
        let again = await bench.manage(.get, client.id, token: client.token)
        #expect(again.body == written.body)
        let stored = try #require(try await bench.services.store.client(client.id))
        #expect(stored.revision == 1)
        #expect(stored.secretHash == (try client.secret.map { try SecretHash(of: $0) }))
        let deleted = await bench.manage(.delete, client.id, token: client.token)
        #expect(deleted.status == 204 && deleted.body.isEmpty)
        #expect(await bench.manage(.get, client.id, token: client.token).outcome == "401 invalid_token")
    }

    @Test("F24 without a token, or with a wrong one, nothing is told and nothing happens")
    func wrong() async throws {
        let client = try await register()
        let other = try bench.services.tokens.tokenIssuer.token(.registrationToken, now: bench.grants.now()).text
        for token in [nil, "", "x", other, client.secret, client.token + "A", String(client.token.dropLast())] {
            for method in [HTTPMethod.get, .put, .delete] {
                let reply = await bench.manage(method, client.id, token: token, metadata(client))
                #expect(reply.outcome == "401 invalid_token")
                #expect(reply.headers["WWW-Authenticate"]?.hasPrefix("Bearer") == true)
            }
        }
        let twice = await bench.ask(
            .clientConfiguration(id: client.id), .get,
            [("Authorization", "Bearer \(client.token)"), ("Authorization", "Bearer \(client.token)")])
        #expect(twice.status == 401)
        #expect(await bench.manage(.get, client.id, token: client.token).status == 200)
    }

    @Test("F24 a token that comes for another client is worth nothing from then on")
    func foreign() async throws {
        let (one, two) = (try await register(), try await register())
        #expect(await bench.manage(.delete, one.id, token: two.token).outcome == "401 invalid_token")
        #expect(await bench.manage(.get, two.id, token: two.token).outcome == "401 invalid_token")
        #expect(await bench.manage(.get, one.id, token: one.token).status == 200)
        #expect(try await bench.services.store.client(two.id) != nil)
    }

    @Test("F24 a token that comes for a client that is gone dies as well")
    func gone() async throws {
        let client = try await register()
        #expect(await bench.manage(.get, "dyn_AAAAAAAAAAAAAAAAAAAAAA", token: client.token).status == 401)
        #expect(await bench.manage(.get, client.id, token: client.token).status == 401)
    }

    @Test("F27 clients of the config can be neither read nor changed nor deleted", arguments: ["cid_mcp", "poster"])
    func predefined(_ id: String) async throws {
        let client = try await register()
        for method in [HTTPMethod.get, .put, .delete] {
            let reply = await bench.manage(method, id, token: client.token, #"{"client_id":"\#(id)"}"#)
            #expect(reply.outcome == "401 invalid_token")
        }
        #expect(try await bench.services.clients.client(id, for: .token, from: "") != nil)
    }

    @Test(
        "F25 a replacement may not set what is the server's, nor be for another client",
        arguments: [
            #""client_secret_expires_at":0"#, #""registration_access_token":"x""#, #""client_id_issued_at":1"#,
            #""registration_client_uri":"https://x""#, #""client_secret":"cgcs_guessed""#,
        ])
    func members(_ member: String) async throws {
        let client = try await register()
        let reply = await bench.manage(.put, client.id, token: client.token, metadata(client, member))
        #expect(reply.outcome == "400 invalid_client_metadata")
        #expect(try await bench.services.store.client(client.id)?.revision == 0)
    }

    @Test("F25 the identifier has to be there and to be the client's, and the policy is applied again")
    func replacement() async throws {
        let client = try await register()
        let bodies = [
            #"{"redirect_uris":["https://chatgpt.com/new"]}"#,
            #"{"client_id":"cid_mcp","redirect_uris":["https://chatgpt.com/new"]}"#,
            #"{"client_id":"\#(client.id)","redirect_uris":["https://evil.example/cb"]}"#,
            #"{"client_id":"\#(client.id)"}"#, "null", "[]", "{",
        ]
        for body in bodies { #expect(await bench.manage(.put, client.id, token: client.token, body).status == 400) }
        #expect(try await bench.services.store.client(client.id)?.revision == 0)
        let form = await bench.ask(
            .clientConfiguration(id: client.id), .put,
            [("Authorization", "Bearer \(client.token)"), ("Content-Type", "text/plain")], metadata(client))
        #expect(form.status == 415)
        let posted = await bench.manage(.post, client.id, token: client.token)
        #expect(posted.status == 405 && posted.headers["Allow"] == "GET, PUT, DELETE")
    }

    @Test("F25 a secret is kept, comes with the first method that needs one, and goes with the last")
    func secrets() async throws {
        let client = try await register()
        let secret = try #require(client.secret)
        let kept = await bench.manage(
            .put, client.id, token: client.token,
            metadata(client, #""client_secret":"\#(secret)","token_endpoint_auth_method":"client_secret_post""#))
        #expect(kept["client_secret"] == secret)
        let dropped = await bench.manage(
            .put, client.id, token: client.token, metadata(client, #""token_endpoint_auth_method":"none""#))
        #expect(dropped.status == 200 && dropped["client_secret"] == nil)
        #expect(try await bench.services.clients.client(client.id, for: .token, from: "")?.isPublic == true)
        let new = await bench.manage(.put, client.id, token: client.token, metadata(client))
        let issued = try #require(new["client_secret"])
        #expect(issued != secret && new.json["client_secret_expires_at"]?.int == 0)
        let answer = await bench.post(
            bench.introspection, [("token", "x")], [Basic.field(client.id, issued)])
        #expect(answer.status == 200)
    }

    @Test("F24 of many updates at once each is answered as it was written, and the last one stands")
    func races() async throws {
        let client = try await register()
        let bench = bench
        let bodies = (0..<6).map { metadata(client, #""client_name":"n\#($0)""#) }
        let replies = await withTaskGroup(of: Reply.self) { group in
            for body in bodies { group.addTask { await bench.manage(.put, client.id, token: client.token, body) } }
            return await group.reduce(into: [Reply]()) { $0.append($1) }
        }
        #expect(replies.allSatisfy { $0.status == 200 })
        let last = await bench.manage(.get, client.id, token: client.token)
        #expect(replies.contains { $0.body == last.body })
        #expect(try await bench.services.store.client(client.id)?.revision == 6)
    }

    @Test("F27 with a client its grants and tokens are dead at once")
    func deletion() async throws {
        let client = try await register("none")
        let tokens = try await bench.grants.tokens(for: client.id)
        let others = try await bench.grants.tokens(for: "cid_mcp")
        #expect(try await bench.isActive(tokens.access))
        #expect(await bench.manage(.delete, client.id, token: client.token).status == 204)
        #expect(try await !bench.isActive(tokens.access))
        let refresh = await bench.post(
            bench.token,
            [("grant_type", "refresh_token"), ("refresh_token", tokens.refresh), ("client_id", client.id)])
        #expect(refresh.outcome == "401 invalid_client")
        #expect(try await bench.isActive(others.access))
    }
}
